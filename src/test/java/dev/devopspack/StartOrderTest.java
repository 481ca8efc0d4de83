package dev.devopspack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaParameter;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.interceptor.Interceptor;
import java.util.List;
import org.junit.jupiter.api.Test;

/// In which order the parts of the program start.
class StartOrderTest {

    /// What the specification gives an observer that names no priority.
    private static final int UNNAMED = Interceptor.Priority.APPLICATION + 500;

    private static final String WORKERS = "dev.devopspack.adapter.schedule";

    private record Start(String type, int priority) {}

    @Test
    void workBeginsWhenAllElseHasStarted() {
        JavaClasses classes =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.devopspack");
        List<Start> starts =
                classes.stream()
                        .flatMap(type -> type.getMethods().stream())
                        .flatMap(method -> method.getParameters().stream())
                        .filter(each -> each.getRawType().isEquivalentTo(StartupEvent.class))
                        .map(StartOrderTest::start)
                        .toList();

        List<Start> workers =
                starts.stream().filter(each -> each.type().startsWith(WORKERS)).toList();
        int lastOther =
                starts.stream()
                        .filter(each -> !each.type().startsWith(WORKERS))
                        .mapToInt(Start::priority)
                        .max()
                        .orElseThrow();

        assertEquals(2, workers.size(), workers.toString());
        assertTrue(
                workers.stream().allMatch(each -> each.priority() > lastOther),
                "work would begin before the start is over: " + workers + " after " + lastOther);
    }

    private static Start start(JavaParameter parameter) {
        return new Start(
                ((JavaMethod) parameter.getOwner()).getOwner().getName(),
                parameter
                        .tryGetAnnotationOfType(Priority.class)
                        .map(Priority::value)
                        .orElse(UNNAMED));
    }
}
