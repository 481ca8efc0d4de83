package dev.devopspack;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What calls what, read from the class files: calls, method references and what stands in lambdas;
/// a call of a method leads to every class that overrides it. So it finds more ways than there are,
/// never fewer, but for reflection, which the program uses on no class of its own.
final class CallGraph {

    private final JavaClasses classes =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.devopspack");

    private final Map<String, List<JavaCodeUnit>> overriding = new HashMap<>();

    Stream<JavaMethod> methods() {
        return classes.stream().flatMap(type -> type.getMethods().stream());
    }

    /// Everything that running `from` may run, each with who led there.
    Map<JavaCodeUnit, Optional<JavaCodeUnit>> reachable(JavaCodeUnit from) {
        Map<JavaCodeUnit, Optional<JavaCodeUnit>> ways = new LinkedHashMap<>();
        Deque<JavaCodeUnit> open = new ArrayDeque<>();
        ways.put(from, Optional.empty());
        open.add(from);
        while (!open.isEmpty()) {
            JavaCodeUnit unit = open.remove();
            Stream<? extends JavaAccess<?>> accesses =
                    Stream.concat(
                            unit.getCallsFromSelf().stream(),
                            Stream.concat(
                                    unit.getMethodReferencesFromSelf().stream(),
                                    unit.getConstructorReferencesFromSelf().stream()));
            accesses.flatMap(access -> targets(access).stream())
                    .filter(target -> !ways.containsKey(target))
                    .forEach(target -> {
                        ways.put(target, Optional.of(unit));
                        open.add(target);
                    });
        }
        return ways;
    }

    /// The way from the beginning to `to`, for a message.
    static String way(Map<JavaCodeUnit, Optional<JavaCodeUnit>> ways, JavaCodeUnit to) {
        StringBuilder out = new StringBuilder(to.getFullName());
        Optional<JavaCodeUnit> before = ways.get(to);
        while (before.isPresent()) {
            out.insert(0, before.get().getFullName() + "\n  -> ");
            before = ways.get(before.get());
        }
        return out.toString();
    }

    private List<JavaCodeUnit> targets(JavaAccess<?> access) {
        String key = access.getTarget().getFullName();
        return overriding.computeIfAbsent(key, _ -> targetsOf(access));
    }

    private List<JavaCodeUnit> targetsOf(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getTarget().getName();
        Optional<JavaCodeUnit> declared =
                access.getTarget().resolveMember().map(member -> (JavaCodeUnit) member);
        Stream<JavaCodeUnit> overrides =
                declared.filter(JavaMethod.class::isInstance).stream()
                        .flatMap(method ->
                                owner.getAllSubclasses().stream()
                                        .flatMap(type -> type.getMethods().stream())
                                        .filter(other -> other.getName().equals(name))
                                        .filter(other ->
                                                other.getParameters().size()
                                                        == method.getParameters().size()));
        return Stream.concat(declared.stream(), overrides).distinct().toList();
    }
}
