package dev.devopspack.intake;

import dev.devopspack.language.data.DataException;
import dev.devopspack.language.data.DataNode;
import dev.devopspack.language.data.DataReader;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.Nearest;
import dev.devopspack.task.StackName;
import dev.devopspack.task.Task;
import dev.devopspack.task.TaskType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads a task: `task: {type, input, …}` in YAML or JSON, with or without the outer `task`; or
/// several: `tasks: [{type, input, …}, …]`.
///
/// A task that has a `request` and no `type` is {@link TaskType#MANAGER}'s.
public final class TaskReader {

    /// What every refusal of a whole document shows.
    public static final String EXAMPLE =
            """
            task:
              type: devops.terraform
              input:
                provider: aws
                resources:
                  - type: eks_cluster
                    name: production
                    node_count: 3
                environment: production
            """;

    private static final List<String> FIELDS =
            List.of("type", "capability", "input", "request", "environment", "stack");

    /// A request in plain language is a sentence or a page, no file.
    private static final int MAX_REQUEST_CHARACTERS = 20_000;

    private TaskReader() {}

    /// @throws InvalidInput where the text is no task, with the line and a filled example; also
    ///   where it holds several
    public static TaskDocument read(String text) {
        Tasks tasks = readAll(text);
        if (tasks.several()) {
            throw new InvalidInput(
                    "/tasks",
                    "there are several tasks where one is expected",
                    "Send one as `task:`.",
                    EXAMPLE);
        }
        return tasks.list().getFirst();
    }

    /// @throws InvalidInput where the text is neither a task nor a list of tasks, with the line and
    ///   a filled example
    public static Tasks readAll(String text) {
        DataNode root;
        try {
            root = DataReader.read(text);
        } catch (DataException e) {
            throw new InvalidInput(e.place().toString(), e.problem(), e.mend(), EXAMPLE);
        }
        DataNode.Mapping outer = mapping(root, "");
        DataNode.Entry several = outer.entries().get("tasks");
        if (several == null) {
            return new Tasks(List.of(oneOf(outer, "")), false);
        }
        nothingBeside(outer, "", "tasks");
        return new Tasks(listed(several.value()), true);
    }

    private static List<TaskDocument> listed(DataNode node) {
        if (!(node instanceof DataNode.Sequence list)) {
            throw refused(
                    "/tasks",
                    node.place(),
                    "'tasks' is " + node.kind() + ", not a list",
                    "Write each task behind a dash.");
        }
        int count = list.items().size();
        if (count == 0 || count > Tasks.MOST) {
            throw refused(
                    "/tasks",
                    list.place(),
                    "there are " + count + " tasks",
                    "Send 1 to " + Tasks.MOST + " in one request.");
        }
        List<TaskDocument> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String at = "/tasks/" + i;
            tasks.add(oneOf(mapping(list.items().get(i), at), at));
        }
        return tasks;
    }

    /// A task's fields, with or without the outer `task`.
    private static TaskDocument oneOf(DataNode.Mapping outer, String at) {
        DataNode.Entry inner = outer.entries().get("task");
        if (inner == null) {
            return task(outer, at);
        }
        nothingBeside(outer, at, "task");
        return task(mapping(inner.value(), at + "/task"), at + "/task");
    }

    private static void nothingBeside(DataNode.Mapping outer, String at, String only) {
        for (String key : outer.entries().keySet()) {
            if (!key.equals(only)) {
                throw refused(
                        at + "/" + Pointer.escaped(key),
                        place(outer, key),
                        "only '" + only + "' is expected beside it",
                        "Remove it or move it into the task.");
            }
        }
    }

    private static TaskDocument task(DataNode.Mapping fields, String at) {
        for (Map.Entry<String, DataNode.Entry> field : fields.entries().entrySet()) {
            if (!FIELDS.contains(field.getKey())) {
                throw refused(
                        at + "/" + Pointer.escaped(field.getKey()),
                        field.getValue().key(),
                        "a task has no field of this name",
                        didYouMean(field.getKey()));
            }
        }
        String request = text(fields, at, "request");
        TaskType type = value(fields, at, "type", TaskType::new);
        if (type == null && request == null) {
            throw refused(
                    at,
                    fields.place(),
                    "the task has no 'type'",
                    "Add `type: devops.terraform`, or say in `request` what you need.");
        }
        DataNode.Entry inputEntry = fields.entries().get("input");
        DataNode.Mapping input =
                inputEntry == null
                        ? new DataNode.Mapping(Map.of(), fields.place())
                        : mapping(inputEntry.value(), at + "/input");
        if (request != null && request.length() > MAX_REQUEST_CHARACTERS) {
            throw refused(
                    at + "/request",
                    place(fields, "request"),
                    "the request has more than " + MAX_REQUEST_CHARACTERS + " characters",
                    "Say it shorter.");
        }
        return new TaskDocument(
                new Task(
                        type == null ? TaskType.MANAGER : type,
                        capability(fields, at),
                        plain(input),
                        request,
                        environment(fields, input, at),
                        value(fields, at, "stack", StackName::new)),
                input,
                at);
    }

    /// The capability that the task names, or that the name of its type says.
    private static @Nullable String capability(DataNode.Mapping fields, String at) {
        String named = text(fields, at, "capability");
        String type = text(fields, at, "type");
        String said = type == null ? null : TaskType.capabilityOf(type).orElse(null);
        if (named != null && said != null && !named.equals(said)) {
            throw refused(
                    at + "/capability",
                    place(fields, "capability"),
                    "the type '" + type + "' is the capability '" + said + "'",
                    "Leave the capability out, or name the agent's own type.");
        }
        return named == null ? said : named;
    }

    /// The environment may stand in the task or in its input, as long as both say the same.
    private static @Nullable Environment environment(
            DataNode.Mapping fields, DataNode.Mapping input, String at) {
        Environment outer = value(fields, at, "environment", Environment::new);
        Environment inner = value(input, at + "/input", "environment", Environment::new);
        if (outer != null && inner != null && !outer.equals(inner)) {
            throw refused(
                    at + "/input/environment",
                    place(input, "environment"),
                    "the input says '" + inner + "' and the task says '" + outer + "'",
                    "Say one environment.");
        }
        return outer == null ? inner : outer;
    }

    private static String didYouMean(String name) {
        List<String> near = Nearest.to(name, FIELDS, 1);
        return near.isEmpty()
                ? "Use " + String.join(", ", FIELDS) + "."
                : "Did you mean '" + near.getFirst() + "'?";
    }

    private static <T> @Nullable T value(
            DataNode.Mapping fields, String at, String name, Function<String, T> make) {
        String text = text(fields, at, name);
        if (text == null) {
            return null;
        }
        try {
            return make.apply(text);
        } catch (InvalidInput e) {
            throw refused(at + "/" + name, place(fields, name), e.problem(), e.mend());
        }
    }

    private static @Nullable String text(DataNode.Mapping fields, String at, String name) {
        DataNode.Entry entry = fields.entries().get(name);
        if (entry == null || entry.value() instanceof DataNode.Null) {
            return null;
        }
        if (entry.value() instanceof DataNode.Text text) {
            return text.value();
        }
        throw refused(
                at + "/" + name,
                entry.value().place(),
                "'" + name + "' is a " + entry.value().kind() + ", not text",
                "Write it as text.");
    }

    private static DataNode.Mapping mapping(DataNode node, String at) {
        if (node instanceof DataNode.Mapping mapping) {
            return mapping;
        }
        throw refused(
                at.isEmpty() ? "/" : at,
                node.place(),
                "this is a " + node.kind() + ", not an object",
                "Write fields, each as `name: value`.");
    }

    @SuppressWarnings("unchecked") // an object's plain form is a map with string keys
    private static Map<String, Object> plain(DataNode.Mapping input) {
        return (Map<String, Object>) input.plain();
    }

    private static DataNode.Place place(DataNode.Mapping mapping, String key) {
        DataNode.Entry entry = mapping.entries().get(key);
        return entry == null ? mapping.place() : entry.value().place();
    }

    private static InvalidInput refused(
            String pointer, DataNode.Place place, String problem, String mend) {
        return new InvalidInput(pointer + " (" + place + ")", problem, mend, EXAMPLE);
    }
}
