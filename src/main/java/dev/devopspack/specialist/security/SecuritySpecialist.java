package dev.devopspack.specialist.security;

import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.policy.ComplianceProfiles;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.specialist.Capability;
import dev.devopspack.specialist.Specialist;
import dev.devopspack.task.TaskType;
import jakarta.inject.Singleton;
import java.util.List;

/// `devops_security`: looks at files that others wrote, and asks people for secrets.
@Singleton
public class SecuritySpecialist implements Specialist {

    static final String AGENT = "devops_security";

    private final List<Capability<?>> capabilities;

    SecuritySpecialist(RuleCatalog rules, ComplianceProfiles profiles, ChangeSetStore changeSets) {
        this.capabilities =
                List.of(
                        new SecurityScanning(rules, changeSets),
                        new HardeningRecommendations(rules, changeSets),
                        new ComplianceChecking(rules, profiles, changeSets),
                        new PolicyGeneration(rules),
                        new SecretManagement(rules, changeSets),
                        new SecretRequesting());
    }

    @Override
    public String agent() {
        return AGENT;
    }

    @Override
    public TaskType taskType() {
        return TaskType.SECURITY;
    }

    @Override
    public String description() {
        return "Judges files that others wrote and says where they are wrong and how to mend it,"
                + " keeping none of them; writes policies.";
    }

    @Override
    public List<Capability<?>> capabilities() {
        return capabilities;
    }
}
