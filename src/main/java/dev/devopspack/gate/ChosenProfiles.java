package dev.devopspack.gate;

import dev.devopspack.approval.ApprovalPolicy;
import dev.devopspack.policy.ComplianceProfile;
import dev.devopspack.policy.ComplianceProfiles;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which profiles judge beside the baseline, by environment.
public final class ChosenProfiles {

    /// Where the operator set it.
    private static final String SETTING = "devopspack.compliance.profiles";

    /// Stands for every environment, and for what targets none.
    private static final String ALL = "*";

    public static final ChosenProfiles NONE = new ChosenProfiles(Map.of());

    private final Map<String, Set<ComplianceProfile>> byEnvironment;

    private ChosenProfiles(Map<String, Set<ComplianceProfile>> byEnvironment) {
        this.byEnvironment = byEnvironment;
    }

    /// @param written each `ENVIRONMENT:PROFILE`, for example `production:cis-aws` or `*:soc2`
    /// @throws InvalidInput where one is not of that form or names no profile
    public static ChosenProfiles of(List<String> written, ComplianceProfiles profiles) {
        Map<String, Set<ComplianceProfile>> byEnvironment = new LinkedHashMap<>();
        for (String one : written) {
            String[] parts = one.strip().split(":", -1);
            if (parts.length != 2) {
                throw new InvalidInput(
                        SETTING,
                        "'" + one.strip() + "' is not ENVIRONMENT:PROFILE",
                        "Write for example production:cis-aws,*:soc2.");
            }
            String environment = parts[0].equals(ALL) ? ALL : new Environment(parts[0]).value();
            ComplianceProfile profile = profiles.find(parts[1], SETTING);
            if (!profile.isBaseline()) {
                byEnvironment
                        .computeIfAbsent(environment, name -> new LinkedHashSet<>())
                        .add(profile);
            }
        }
        return new ChosenProfiles(byEnvironment);
    }

    /// Those of this environment and those of all. An environment that counts as production and has
    /// none of its own has those of `production`.
    ///
    /// @param environment none where the outcome targets none
    public List<ComplianceProfile> of(@Nullable Environment environment, ApprovalPolicy policy) {
        Set<ComplianceProfile> chosen =
                new LinkedHashSet<>(byEnvironment.getOrDefault(ALL, Set.of()));
        if (environment != null) {
            boolean own = byEnvironment.containsKey(environment.value());
            String name =
                    !own && policy.production(environment)
                            ? Environment.PRODUCTION.value()
                            : environment.value();
            chosen.addAll(byEnvironment.getOrDefault(name, Set.of()));
        }
        return new ArrayList<>(chosen);
    }
}
