package dev.devopspack.testing;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.devopspack.approval.ApprovalPolicy;
import dev.devopspack.specialist.Specialist;
import java.lang.reflect.Constructor;
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

    private static Specialist make(Class<?> type) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            return (Specialist)
                    (constructor.getParameterCount() == 0
                            ? constructor.newInstance()
                            : constructor.newInstance(ApprovalPolicy.TRIAL));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be made without a container", e);
        }
    }
}
