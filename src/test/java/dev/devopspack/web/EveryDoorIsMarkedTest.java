package dev.devopspack.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.devopspack.approval.BatchDecisions;
import dev.devopspack.approval.Decisions;
import dev.devopspack.web.guard.Access;
import io.quarkus.security.Authenticated;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Who may pass stands on every endpoint and every tool, so that none opens by being forgotten.
class EveryDoorIsMarkedTest {

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.devopspack");

    private static final Set<String> MCP_DOORS =
            Stream.of(
                            "Tool",
                            "Resource",
                            "ResourceTemplate",
                            "Prompt",
                            "CompletePrompt",
                            "CompleteResourceTemplate")
                    .map(name -> "io.quarkiverse.mcp.server." + name)
                    .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> DECIDING =
            Set.of(Decisions.class.getName(), BatchDecisions.class.getName());

    @Test
    void everyEndpointSaysWhoMayPass() {
        List<JavaMethod> endpoints = methods().filter(EveryDoorIsMarkedTest::isEndpoint).toList();

        assertFalse(endpoints.isEmpty());
        assertEquals(
                List.of(),
                endpoints.stream().filter(m -> !marked(m)).map(JavaMethod::getFullName).toList());
    }

    @Test
    void everyToolOfAssistantsSaysWhoMayPass() {
        assertEquals(
                List.of(),
                methods()
                        .filter(EveryDoorIsMarkedTest::isMcpDoor)
                        .filter(method -> !marked(method) && !marked(method.getOwner().reflect()))
                        .map(JavaMethod::getFullName)
                        .toList());
    }

    @Test
    void onlySignedInApproversAndWhoStandsInForOneReachADecision() {
        List<JavaMethod> deciding =
                methods()
                        .filter(method -> !DECIDING.contains(method.getOwner().getName()))
                        .filter(method ->
                                method.getMethodCallsFromSelf().stream()
                                        .anyMatch(EveryDoorIsMarkedTest::decides))
                        .toList();

        assertEquals(
                Set.of("decide", "options"),
                deciding.stream().map(JavaMethod::getName).collect(Collectors.toSet()));
        deciding.forEach(method ->
                assertEquals(
                        List.of(Access.PERSON_APPROVER, Access.PERSON_DELEGATE),
                        List.of(method.getAnnotationOfType(RolesAllowed.class).value()),
                        method.getFullName()));
    }

    /// The framework chooses a class by its path first: whatever begins with the longer path of one
    /// class is never looked for in another.
    @Test
    void noClassStandsBeforeAnothersEndpoints() {
        List<String> classes =
                methods()
                        .filter(EveryDoorIsMarkedTest::isEndpoint)
                        .map(method -> path(method.getOwner().reflect().getAnnotation(Path.class)))
                        .distinct()
                        .toList();
        List<String> hidden =
                methods()
                        .filter(EveryDoorIsMarkedTest::isEndpoint)
                        .filter(method -> {
                            String own =
                                    path(method.getOwner().reflect().getAnnotation(Path.class));
                            String whole =
                                    method.isAnnotatedWith(Path.class)
                                            ? own + path(method.getAnnotationOfType(Path.class))
                                            : own;
                            return classes.stream()
                                    .filter(other -> other.length() > own.length())
                                    .anyMatch(other -> (whole + "/").startsWith(other + "/"));
                        })
                        .map(JavaMethod::getFullName)
                        .toList();

        assertEquals(List.of(), hidden);
    }

    /// Without its names of parameters, with a slash before it and none behind.
    private static String path(Path path) {
        String plain = path.value().replaceAll("\\{[^}]*}", "{}");
        String stripped = plain.replaceAll("^/+|/+$", "");
        return stripped.isEmpty() ? "" : "/" + stripped;
    }

    private static boolean decides(JavaMethodCall call) {
        return DECIDING.contains(call.getTargetOwner().getName())
                && Set.of("decide", "options").contains(call.getTarget().getName());
    }

    private static Stream<JavaMethod> methods() {
        return CLASSES.stream().flatMap(type -> type.getMethods().stream());
    }

    private static boolean isEndpoint(JavaMethod method) {
        return method.getAnnotations().stream()
                .map(JavaAnnotation::getRawType)
                .anyMatch(type -> type.isAnnotatedWith(HttpMethod.class));
    }

    private static boolean isMcpDoor(JavaMethod method) {
        return method.getAnnotations().stream()
                .anyMatch(a -> MCP_DOORS.contains(a.getRawType().getFullName()));
    }

    private static boolean marked(JavaMethod method) {
        return method.isAnnotatedWith(RolesAllowed.class)
                || method.isAnnotatedWith(Authenticated.class)
                || method.isAnnotatedWith(PermitAll.class);
    }

    private static boolean marked(Class<?> type) {
        return type.isAnnotationPresent(RolesAllowed.class)
                || type.isAnnotationPresent(Authenticated.class);
    }
}
