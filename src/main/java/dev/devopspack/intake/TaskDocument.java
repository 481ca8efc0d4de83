package dev.devopspack.intake;

import dev.devopspack.language.data.DataNode;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.Task;
import org.jspecify.annotations.Nullable;

/// A task that was read, with the positions of its input for messages.
///
/// @param input the input as it stands in the document
/// @param at the JSON pointer of the task in the document: empty or `/task`
public record TaskDocument(Task task, DataNode.Mapping input, String at) {

    /// Adds the line to a refusal that has a pointer into the task, such as
    /// `/input/resources/0/name`, and an example where it has none.
    public InvalidInput located(InvalidInput refused, String example) {
        String where = refused.where();
        String place = where.startsWith("/input") ? " (" + placeOf(where) + ")" : "";
        return new InvalidInput(
                at + where + place,
                refused.problem(),
                refused.mend(),
                refused.example() == null ? example : refused.example());
    }

    /// Where the value stands; where it is missing, the value that should hold it.
    private DataNode.Place placeOf(String pointer) {
        DataNode node = input;
        String[] parts = pointer.split("/", -1);
        for (int i = 2; i < parts.length; i++) {
            DataNode child = child(node, parts[i].replace("~1", "/").replace("~0", "~"));
            if (child == null) {
                return node.place();
            }
            node = child;
        }
        return node.place();
    }

    private static @Nullable DataNode child(DataNode node, String name) {
        return switch (node) {
            case DataNode.Mapping mapping -> {
                DataNode.Entry entry = mapping.entries().get(name);
                yield entry == null ? null : entry.value();
            }
            case DataNode.Sequence list -> {
                int index = name.matches("[0-9]{1,6}") ? Integer.parseInt(name) : -1;
                yield index >= 0 && index < list.items().size() ? list.items().get(index) : null;
            }
            case DataNode.Text _, DataNode.Number _, DataNode.Bool _, DataNode.Null _ -> null;
        };
    }
}
