package dev.devopspack;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Holds the map of the program: read it first, change it in a commit of its own.
class ArchitectureTest {

    private static final String ROOT = "dev.devopspack";

    /// From the outside in. A package uses the rows below it: never a row above, never a peer.
    private static final List<List<String>> ROWS =
            List.of(
                    List.of("mcp", "web", "command", "adapter"),
                    List.of("manager"),
                    List.of("intake", "specialist", "gate"),
                    List.of("approval", "policy", "review"),
                    List.of("language"),
                    List.of("identity", "audit"),
                    List.of("change"),
                    List.of("task"));

    /// Which package alone may know a piece of the outside.
    private static final Map<String, List<String>> OWNERS =
            Map.of(
                    "adapter",
                            List.of(
                                    "io.agroal..",
                                    "org.flywaydb..",
                                    "java.sql..",
                                    "javax.sql..",
                                    "io.grpc..",
                                    "dev.langchain4j.."),
                    "mcp", List.of("io.quarkiverse.mcp.."),
                    "web", List.of("jakarta.ws.rs..", "io.quarkus.qute.."),
                    "command", List.of("picocli.."));

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.devopspack");

    @TestFactory
    Stream<DynamicTest> dependenciesRunDownwards() {
        return IntStream.range(0, ROWS.size()).boxed().flatMap(this::rowLooksDown);
    }

    private Stream<DynamicTest> rowLooksDown(int row) {
        return ROWS.get(row).stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> looksDown(name, row)));
    }

    private void looksDown(String name, int row) {
        String[] forbidden =
                ROWS.stream()
                        .limit(row + 1L)
                        .flatMap(List::stream)
                        .filter(other -> !other.equals(name))
                        .map(other -> ROOT + "." + other + "..")
                        .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(ROOT + "." + name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @TestFactory
    Stream<DynamicTest> theOutsideIsKnownInOnePlace() {
        return OWNERS.entrySet().stream()
                .map(owned ->
                        DynamicTest.dynamicTest(
                                owned.getKey(),
                                () -> knownOnlyBy(owned.getKey(), owned.getValue())));
    }

    private void knownOnlyBy(String owner, List<String> packages) {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "..")
                .and()
                .resideOutsideOfPackages(ROOT + "." + owner + "..", "tfplugin5..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages.toArray(String[]::new))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void onlyTheAdapterStartsProcesses() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".adapter..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ProcessBuilder.class, Runtime.class, Process.class)
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void specialistsDoNotKnowEachOther() {
        SlicesRuleDefinition.slices()
                .matching(ROOT + ".specialist.(*)..")
                .should()
                .notDependOnEachOther()
                .allowEmptyShould(true)
                .check(CLASSES);
    }
}
