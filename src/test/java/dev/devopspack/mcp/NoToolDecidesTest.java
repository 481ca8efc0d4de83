package dev.devopspack.mcp;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.devopspack.approval.Decisions;
import dev.devopspack.approval.Grants;
import io.quarkiverse.mcp.server.Prompt;
import io.quarkiverse.mcp.server.Resource;
import io.quarkiverse.mcp.server.ResourceTemplate;
import io.quarkiverse.mcp.server.Tool;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Proves over the classes' own code that no tool, under any token, reaches a decision.
class NoToolDecidesTest {

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.devopspack");

    @Test
    void nothingThatAToolCallsLeadsToADecision() {
        noClasses()
                .that()
                .resideInAPackage("dev.devopspack.mcp..")
                .should()
                .transitivelyDependOnClassesThat()
                .belongToAnyOf(Decisions.class)
                .check(CLASSES);
    }

    /// The manager shows grants; using one is a pipeline's call over HTTP.
    @Test
    void noToolUsesAGrant() {
        noClasses()
                .that()
                .resideInAPackage("dev.devopspack.mcp..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Grants.class)
                .check(CLASSES);
    }

    @Test
    void everyToolAndResourceSaysWhoMayUseIt() {
        List<JavaMethod> open =
                CLASSES.stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(NoToolDecidesTest::isExposed)
                        .filter(method -> !method.isAnnotatedWith(RolesAllowed.class))
                        .toList();

        assertEquals(List.of(), open);
        assertTrue(
                CLASSES.stream()
                        .flatMap(type -> type.getMethods().stream())
                        .anyMatch(NoToolDecidesTest::isExposed));
    }

    private static boolean isExposed(JavaMethod method) {
        return method.isAnnotatedWith(Tool.class)
                || method.isAnnotatedWith(Resource.class)
                || method.isAnnotatedWith(ResourceTemplate.class)
                || method.isAnnotatedWith(Prompt.class);
    }
}
