package dev.devopspack.testing;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.devopspack.approval.ApprovalPolicy;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.policy.ComplianceProfiles;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.specialist.Specialist;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// The agents that the program has, found as it finds them: whatever implements one.
public final class RegisteredSpecialists {

    private RegisteredSpecialists() {}

    /// In the order of their names.
    public static List<Specialist> all() {
        return new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("dev.devopspack.specialist")
                        .stream()
                        .filter(found -> found.isAssignableTo(Specialist.class))
                        .filter(found -> !found.isInterface())
                        .map(found -> make(found.reflect()))
                        .sorted(Comparator.comparing(Specialist::agent))
                        .toList();
    }

    private static Object given(Class<?> type) {
        if (type == ApprovalPolicy.class) {
            return ApprovalPolicy.TRIAL;
        }
        if (type == RuleCatalog.class) {
            return RuleCatalog.builtIn();
        }
        if (type == ComplianceProfiles.class) {
            return new ComplianceProfiles(RuleCatalog.builtIn());
        }
        if (type == ChangeSetStore.class) {
            return new InMemoryChangeSets();
        }
        throw new IllegalStateException("no test value for " + type);
    }

    private static Specialist make(Class<?> type) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            return (Specialist)
                    constructor.newInstance(
                            Arrays.stream(constructor.getParameterTypes())
                                    .map(RegisteredSpecialists::given)
                                    .toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be made without a container", e);
        }
    }
}
