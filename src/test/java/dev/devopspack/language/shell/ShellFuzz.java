package dev.devopspack.language.shell;

import dev.devopspack.fuzz.FuzzRun;
import dev.devopspack.fuzz.Mutation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Damages shell scripts at random and gives them to the parser, which may not throw. By hand, over
/// the scripts below a folder (files that end in `.sh`, and Dockerfiles, most lines of which are
/// commands): `java -cp target/test-classes:target/classes:...
/// dev.devopspack.language.shell.ShellFuzz FOLDER MUTANTS`.
final class ShellFuzz {

    private static final List<String> PIECES =
            List.of(
                    "'",
                    "\"",
                    "$'",
                    "\\",
                    "\\\n",
                    "`",
                    "$",
                    "${",
                    "${A:-",
                    "$(",
                    "$((",
                    "((",
                    "))",
                    ")",
                    "}",
                    "{ ",
                    "(",
                    "[[ ",
                    "<<EOF\n",
                    "<<-'E'\n",
                    "<<<",
                    "\nEOF\n",
                    ">",
                    "2>&1",
                    "<(",
                    "&&",
                    "||",
                    "|",
                    ";;",
                    ";",
                    "&",
                    "case x in ",
                    "esac",
                    "if ",
                    "then",
                    "fi",
                    "for x in ",
                    "do",
                    "done",
                    "f() {",
                    "A=(",
                    "#",
                    "\n",
                    "\r\n",
                    "\u0000",
                    "\uD800",
                    "\u202E",
                    "😀");

    private final Mutation mutation;

    ShellFuzz(long seed) {
        mutation = new Mutation(PIECES, seed);
    }

    String mutant(String text) {
        return mutation.of(text);
    }

    static void main(String[] arguments) throws IOException {
        FuzzRun.of(
                "shell",
                FuzzRun.seeds(
                        Path.of(arguments[0]),
                        name -> name.endsWith(".sh") || name.contains("ockerfile")),
                PIECES,
                Integer.parseInt(arguments[1]),
                mutant -> ShellScript.of(mutant).complete());
    }
}
