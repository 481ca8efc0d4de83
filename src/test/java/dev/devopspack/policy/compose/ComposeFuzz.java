package dev.devopspack.policy.compose;

import dev.devopspack.fuzz.FuzzRun;
import dev.devopspack.fuzz.Mutation;
import dev.devopspack.policy.subject.Subject;
import dev.devopspack.policy.subject.SubjectReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Damages Compose files at random and gives them to their reader, which may not throw. By hand,
/// over the YAML files below a folder: `java -cp target/test-classes:target/classes:...
/// dev.devopspack.policy.compose.ComposeFuzz FOLDER MUTANTS`.
final class ComposeFuzz {

    private static final List<String> PIECES =
            List.of(
                    "services:",
                    "volumes:",
                    "networks:",
                    "secrets:",
                    "ports:",
                    "environment:",
                    "- \"80:80\"",
                    "- \"[::1]:0-99999999999:80/udp\"",
                    "- /:/x:ro,z",
                    "- type: bind",
                    "image: ",
                    "build: {context: .}",
                    "extends: {service: a}",
                    "<<: *a\n",
                    "&a ",
                    "*a",
                    "${A:-b}",
                    "${",
                    "$$",
                    "!reset ",
                    "!override []",
                    "{",
                    "}",
                    "[",
                    "]",
                    ": ",
                    "- ",
                    "\n",
                    "\n  ",
                    "|\n",
                    "'",
                    "\"",
                    "#",
                    "null",
                    "true",
                    "1e999",
                    "\u0000",
                    "\uD800",
                    "\u202E",
                    "\uFEFF",
                    "\r\n",
                    "\t",
                    "😀");

    private final Mutation mutation;

    ComposeFuzz(long seed) {
        mutation = new Mutation(PIECES, seed);
    }

    String mutant(String text) {
        return mutation.of(text);
    }

    /// @return what was read: the services and the problems
    static SubjectReader.Reading read(String text) {
        SubjectReader.Reading reading = new ComposeReader().read(Map.of("compose.yaml", text));
        for (SubjectReader.Problem problem : reading.problems()) {
            check(problem.line(), problem.column());
        }
        for (Subject subject : reading.subjects()) {
            check(subject.place().line(), subject.place().column());
            for (String path : List.of("image", "ports[0]", "environment.A", "mounts[0].source")) {
                subject.placeOf(path).ifPresent(at -> check(at.line(), at.column()));
            }
        }
        return reading;
    }

    private static void check(int line, int column) {
        if (line < 1 || column < 1) {
            throw new IllegalStateException("outside of the file: " + line + ":" + column);
        }
    }

    static void main(String[] arguments) throws IOException {
        FuzzRun.of(
                "Compose",
                FuzzRun.seeds(Path.of(arguments[0]), name -> name.matches(".*\\.ya?ml")).stream()
                        .filter(text -> !read(text).subjects().isEmpty())
                        .toList(),
                PIECES,
                Integer.parseInt(arguments[1]),
                mutant -> !read(mutant).subjects().isEmpty());
    }
}
