package dev.devopspack.intake;

import dev.devopspack.fuzz.FuzzRun;
import dev.devopspack.fuzz.Mutation;
import dev.devopspack.task.InvalidInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Damages tasks at random and gives them to their reader, which may refuse them but not fail. By
/// hand, over the tasks below a folder: `java -cp target/test-classes:target/classes:...
/// dev.devopspack.intake.TaskFuzz FOLDER MUTANTS`.
final class TaskFuzz {

    private static final List<String> PIECES =
            List.of(
                    "task:",
                    "tasks:",
                    "type: ",
                    "devops.terraform",
                    "input:",
                    "request: ",
                    "- ",
                    "? ",
                    ": ",
                    "\n",
                    "\n---\n",
                    "\n  ",
                    "&a ",
                    "*a",
                    "<<: *a\n",
                    "!!binary ",
                    "|\n",
                    ">-\n",
                    "{",
                    "}",
                    "[",
                    "]",
                    "[[[[[[[[",
                    "'",
                    "\"",
                    "\\u00",
                    "#",
                    "null",
                    "true",
                    "1e999",
                    "0x",
                    "\u0000",
                    "\uD800",
                    "\u202E",
                    "\uFEFF",
                    "\r\n",
                    "\t",
                    "é",
                    "😀");

    private final Mutation mutation;

    TaskFuzz(long seed) {
        mutation = new Mutation(PIECES, seed);
    }

    String mutant(String text) {
        return mutation.of(text);
    }

    /// @return why the text was refused; empty where it holds tasks
    static Optional<InvalidInput> read(String text) {
        try {
            TaskReader.readAll(text);
            return Optional.empty();
        } catch (InvalidInput refused) {
            return Optional.of(refused);
        }
    }

    static void main(String[] arguments) throws IOException {
        FuzzRun.of(
                "tasks",
                FuzzRun.seeds(Path.of(arguments[0]), name -> name.matches(".*\\.(ya?ml|json)"))
                        .stream()
                        .filter(text -> read(text).isEmpty())
                        .toList(),
                PIECES,
                Integer.parseInt(arguments[1]),
                mutant -> read(mutant).isEmpty());
    }
}
