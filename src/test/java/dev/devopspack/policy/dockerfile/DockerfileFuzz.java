package dev.devopspack.policy.dockerfile;

import dev.devopspack.policy.subject.Subject;
import dev.devopspack.policy.subject.SubjectReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

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

    private final Random random;

    DockerfileFuzz(long seed) {
        random = new Random(seed);
    }

    String mutant(String text) {
        StringBuilder mutant = new StringBuilder(text);
        int changes = 1 + random.nextInt(6);
        for (int i = 0; i < changes; i++) {
            change(mutant);
        }
        return mutant.toString();
    }

    private void change(StringBuilder text) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + 1 + random.nextInt(20));
        switch (random.nextInt(6)) {
            case 0 -> text.delete(at, end);
            case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
            case 2 -> text.insert(at, text.substring(at, end));
            case 3 -> text.setLength(at);
            case 4 -> text.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
            default -> {
                int other = random.nextInt(text.length() + 1);
                int otherEnd = Math.min(text.length(), other + 40);
                text.insert(at, text.substring(other, otherEnd));
            }
        }
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
        List<String> seeds = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of(arguments[0]))) {
            for (Path file : files.filter(DockerfileFuzz::isDockerfile).sorted().toList()) {
                seeds.add(Files.readString(file));
            }
        }
        int mutants = Integer.parseInt(arguments[1]);
        DockerfileFuzz fuzz = new DockerfileFuzz(1);
        long start = System.nanoTime();
        long slowest = 0;
        int valid = 0;
        for (int i = 0; i < mutants; i++) {
            String mutant = fuzz.mutant(seeds.get(i % seeds.size()));
            long one = System.nanoTime();
            try {
                valid += read(mutant).isEmpty() ? 1 : 0;
            } catch (RuntimeException | StackOverflowError failed) {
                Path kept = Files.createTempFile("mutant", ".dockerfile");
                Files.writeString(kept, mutant);
                throw new IllegalStateException("see " + kept, failed);
            }
            slowest = Math.max(slowest, System.nanoTime() - one);
        }
        System.out.printf(
                Locale.ROOT,
                "%d mutants of %d files, %d valid, slowest %d ms, %.3f ms each%n",
                mutants,
                seeds.size(),
                valid,
                slowest / 1_000_000,
                (System.nanoTime() - start) / 1e6 / mutants);
    }

    private static boolean isDockerfile(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.contains("dockerfile") && Files.isRegularFile(file);
    }
}
