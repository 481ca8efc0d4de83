package dev.devopspack.language.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulesAndPatternsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 0 * * *",
                "*/5 * * * *",
                "15,45 4-6 1-15/2 jan-mar MON-FRI",
                "5/20 0 * * 7",
                "0 0 31 12 SUN"
            })
    void goodSchedulesAreTaken(String schedule) {
        assertEquals(Optional.empty(), Cron.problem(schedule));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@daily",
                "0 0 * *",
                "60 0 * * *",
                "0 24 * * *",
                "0 0 0 * *",
                "0 0 * 13 *",
                "0 0 * * 8",
                "5-1 * * * *",
                "* * * * *",
                "*/4 * * * *",
                "0,2 * * * *",
                "a * * * *",
                "1/2/3 * * * *",
                "1-2-3 * * * *",
                "0 0 * * mon-"
            })
    void badSchedulesAreTold(String schedule) {
        assertTrue(Cron.problem(schedule).isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "main",
                "release/**",
                "!wip/*",
                "v[12].[0-9]+.?",
                "feature/a+",
                "*",
                "**",
                "v\\*",
                "[ab]c?"
            })
    void goodPatternsAreTaken(String pattern) {
        assertEquals(Optional.empty(), GlobPattern.refProblem(pattern));
        assertEquals(Optional.empty(), GlobPattern.pathProblem(pattern));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "!", "^main$", "a b", "a~", "a:b", "/a", "a/", "a..b", "a//b", "*+", "?a", "[a",
                "[a]", "[9-1]", "v\\d+"
            })
    void badPatternsOfBranchesAreTold(String pattern) {
        assertTrue(GlobPattern.refProblem(pattern).isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"./a", "a/../b", " a", "a ", "!./a", "a/[b"})
    void badPatternsOfPathsAreTold(String pattern) {
        assertTrue(GlobPattern.pathProblem(pattern).isPresent());
    }
}
