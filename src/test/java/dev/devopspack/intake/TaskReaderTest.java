package dev.devopspack.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.TaskType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskReaderTest {

    @Test
    void yamlAndJsonAreTheSameTask() {
        TaskDocument yaml = TaskReader.read(TaskReader.EXAMPLE);
        TaskDocument json =
                TaskReader.read(
                        """
                        {"task": {"type": "devops.infrastructure", "input": {"provider": "aws", "resources":
                          [{"type": "eks_cluster", "name": "production", "node_count": 3}],
                          "environment": "production"}}}
                        """);

        assertEquals(yaml.task(), json.task());
        assertEquals(TaskType.TERRAFORM, yaml.task().type());
        assertEquals(Environment.PRODUCTION, yaml.task().environment());
        assertEquals(
                List.of(Map.of("type", "eks_cluster", "name", "production", "node_count", 3L)),
                yaml.task().input().get("resources"));
    }

    @Test
    void misspeltFieldIsNamedWithItsLineAndTheRightOne() {
        InvalidInput refused =
                assertThrows(
                        InvalidInput.class,
                        () -> TaskReader.read("task:\n  type: devops.terraform\n  inptu: {}\n"));

        assertEquals("/task/inptu (line 3, column 3)", refused.where());
        assertEquals("Did you mean 'input'?", refused.mend());
        assertEquals(TaskReader.EXAMPLE, refused.example());
    }

    @Test
    void refusalsFromFurtherInGetTheLineOfTheirPointer() {
        TaskDocument document = TaskReader.read(TaskReader.EXAMPLE);

        assertEquals(
                "/task/input/resources/0/node_count (line 8, column 21)",
                document.located(
                                new InvalidInput("/input/resources/0/node_count", "no", "Mend."),
                                "x")
                        .where());
        assertEquals(
                "/task/input/resources/0/name/x (line 7, column 15)",
                document.located(new InvalidInput("/input/resources/0/name/x", "no", "Mend."), "x")
                        .where());
    }

    @Test
    void twoEnvironmentsAreRefused() {
        InvalidInput refused =
                assertThrows(
                        InvalidInput.class,
                        () ->
                                TaskReader.read(
                                        "type: devops.terraform\nenvironment: staging\n"
                                                + "input: {environment: production}\n"));

        assertTrue(refused.problem().contains("'production'"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "[]",
                "{",
                "{}",
                "task",
                "task: {type: 3}",
                "task: {type: devops.terraform, type: devops.terraform}",
                "{\"task\":{},\"task\":{}}",
                "task: {type: DEVOPS.X}",
                "task: {type: devops.terraform}\nother: 1",
                "type: devops.terraform\ninput: 7",
                "type: devops.terraform\nstack: ../x",
                "a: &a [*a]",
                "type: !!java.net.URL [x]",
                "\u0000",
                "type: devops.terraform\ninput: {n: 1e999999999}",
                "{\"type\":\"devops.terraform\"} x",
            })
    void whatIsNoTaskIsRefusedWithAnExample(String text) {
        InvalidInput refused = assertThrows(InvalidInput.class, () -> TaskReader.read(text));

        assertEquals(TaskReader.EXAMPLE, refused.example());
    }

    @Test
    void aliasBombsAndDeepNestingAreRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a%d: &a%d [".formatted(i, i));
            bomb.append("*a%d, ".formatted(i - 1).repeat(9)).append("*a%d]\n".formatted(i - 1));
        }
        String deepYaml = "a: " + "[".repeat(5_000) + "]".repeat(5_000);
        String deepJson = "[".repeat(5_000) + "]".repeat(5_000);
        String large = "a: " + "x".repeat(300_000);

        for (String hostile : List.of(bomb.toString(), deepYaml, deepJson, large)) {
            assertThrows(InvalidInput.class, () -> TaskReader.read(hostile));
        }
    }

    @Test
    void severalTasksAreReadInTheirOrderWithTheirPlaces() {
        Tasks tasks =
                TaskReader.readAll(
                        """
                        tasks:
                          - type: devops.terraform
                            input: {provider: aws}
                            environment: staging
                          - task:
                              type: devops.cicd
                              input: {}
                          - request: a runbook for full disks
                        """);

        assertTrue(tasks.several());
        assertEquals(
                List.of("/tasks/0", "/tasks/1/task", "/tasks/2"),
                tasks.list().stream().map(TaskDocument::at).toList());
        assertEquals(
                List.of(TaskType.TERRAFORM, new TaskType("devops.cicd"), TaskType.MANAGER),
                tasks.list().stream().map(task -> task.task().type()).toList());
        assertEquals(
                "/tasks/0/input/provider (line 3, column 23)",
                tasks.list()
                        .getFirst()
                        .located(new InvalidInput("/input/provider", "no", "Mend."), "x")
                        .where());
    }

    @Test
    void aMistakeInAListOfTasksIsNamedWithItsPlace() {
        assertEquals("/tasks (line 1, column 8)", refusedAt("tasks: []"));
        assertEquals("/tasks (line 1, column 8)", refusedAt("tasks: {}"));
        assertEquals("/type (line 1, column 19)", refusedAt("{tasks: [], type: x}"));
        assertEquals(
                "/tasks/1 (line 3, column 3)",
                refusedAt("tasks:\n- {type: devops.terraform}\n- {}"));
        assertEquals(
                "/tasks/1/task/inptu (line 3, column 10)",
                refusedAt("tasks:\n- {type: devops.terraform}\n- task: {inptu: {}}"));
        assertEquals("/tasks (line 1, column 8)", refusedAt("tasks: [" + "{},".repeat(11) + "]"));
    }

    private static String refusedAt(String text) {
        return assertThrows(InvalidInput.class, () -> TaskReader.readAll(text)).where();
    }
}
