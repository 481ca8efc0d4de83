package dev.devopspack.policy.dockerfile;

import dev.devopspack.fuzz.FuzzRun;
import dev.devopspack.fuzz.Mutation;
import dev.devopspack.policy.subject.Subject;
import dev.devopspack.policy.subject.SubjectReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Damages Dockerfiles at random and gives them to the parser, the shell's splitter and the reader
/// of subjects, none of which may throw. By hand, over the Dockerfiles below a folder: `java -cp
/// target/test-classes:target/classes:... dev.devopspack.policy.dockerfile.DockerfileFuzz FOLDER
/// MUTANTS`.
final class DockerfileFuzz {

    private static final List<String> PIECES =
            List.of(
                    "FROM ",
                    "RUN ",
                    "ONBUILD ",
                    "COPY --from=0 ",
                    "ENV ",
                    " AS a",
                    "\\\n",
                    "`",
                    "# escape=`\n",
                    "<<EOF",
                    "<<-'E'\n",
                    "\nEOF\n",
                    "\n",
                    "\r\n",
                    "\t",
                    "\\",
                    "'",
                    "\"",
                    "$",
                    "${",
                    "${A:-",
                    "$(",
                    "$((",
                    ")",
                    "}",
                    "[",
                    "]",
                    "[\"",
                    "\",\"",
                    "\\u00",
                    "&&",
                    "||",
                    "|",
                    ";;",
                    "&",
                    "(",
                    "{",
                    "case x in ",
                    "esac",
                    "if ",
                    "fi",
                    "sh -c \"",
                    "sudo ",
                    "pip install ",
                    "apt-get -t",
                    "yum -",
                    "rm -rf /var/{",
                    "EXPOSE 99999999999999999999-",
                    "--mount=type=cache,target",
                    "\u0000",
                    "\uD800",
                    "\u202E",
                    "\uFEFF",
                    "é",
                    "😀");

    private final Mutation mutation;

    DockerfileFuzz(long seed) {
        mutation = new Mutation(PIECES, seed);
    }

    String mutant(String text) {
        return mutation.of(text);
    }

    /// Reads a text as a Dockerfile.
    ///
    /// @return what was wrong with the text
    static List<SubjectReader.Problem> read(String text) {
        SubjectReader.Reading reading = new DockerfileReader().read(Map.of("Dockerfile", text));
        long lines = text.chars().filter(c -> c == '\n').count() + 1;
        for (SubjectReader.Problem problem : reading.problems()) {
            check(problem.line(), problem.column(), lines);
        }
        for (Subject subject : reading.subjects()) {
            check(subject.place().line(), subject.place().column(), lines);
            check(subject.lastLine(), 1, lines);
            for (String path : List.of("program", "user", "sets.A")) {
                subject.placeOf(path).ifPresent(at -> check(at.line(), at.column(), lines));
            }
        }
        return reading.problems();
    }

    private static void check(int line, int column, long lines) {
        if (line < 1 || line > lines || column < 1) {
            throw new IllegalStateException("outside of the file: " + line + ":" + column);
        }
    }

    static void main(String[] arguments) throws IOException {
        FuzzRun.of(
                "Dockerfiles",
                FuzzRun.seeds(
                        Path.of(arguments[0]),
                        name -> name.toLowerCase(Locale.ROOT).contains("dockerfile")),
                PIECES,
                Integer.parseInt(arguments[1]),
                mutant -> read(mutant).isEmpty());
    }
}
