package dev.devopspack.language.yaml;

import dev.devopspack.language.Diagnostic;
import dev.devopspack.language.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/// Damages YAML and JSON at random and gives it to the reader, which may not throw. By hand, over
/// the files below a folder: `java -cp target/test-classes:target/classes:...
/// dev.devopspack.language.yaml.YamlFuzz FOLDER MUTANTS`.
final class YamlFuzz {

    private static final List<String> PIECES =
            List.of(
                    "{",
                    "}",
                    "[",
                    "]",
                    ",",
                    ":",
                    ": ",
                    "- ",
                    "? ",
                    "\n",
                    "\n---\n",
                    "\n...\n",
                    "&a ",
                    "*a",
                    "<<: *a\n",
                    "!!str ",
                    "!<x> ",
                    "!Ref ",
                    "|\n",
                    ">-\n",
                    "|2\n",
                    "'",
                    "\"",
                    "\\",
                    "\\x4",
                    "\\ud83d",
                    "#",
                    " # ",
                    "%YAML 1.1\n",
                    "%TAG ! x\n",
                    "@",
                    "`",
                    "\t",
                    "    ",
                    "\u0000",
                    "\uD800",
                    "\u202E",
                    "\uFEFF",
                    "\r\n",
                    "\r",
                    "\u0085",
                    "\u2028",
                    "é",
                    "😀",
                    "0x",
                    "1e999",
                    ".inf",
                    "~",
                    "on",
                    "null");

    private final Random random;

    YamlFuzz(long seed) {
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

    /// Reads a text by every schema and walks what was read.
    static YamlFile read(String text) {
        YamlFile file = Yaml.read("a.yaml", text, YamlSchema.GITHUB);
        Yaml.read("a.yaml", text, YamlSchema.COMPOSE);
        file = Yaml.read("a.yaml", text, YamlSchema.KUBERNETES);
        file.diagnostics().forEach(d -> check(d.span(), text));
        file.comments().forEach(comment -> check(comment.span(), text));
        file.documents().forEach(document -> walk(document, text));
        return file;
    }

    private static void walk(YamlNode node, String text) {
        check(node.span(), text);
        node.items().forEach(item -> walk(item, text));
        node.entries()
                .values()
                .forEach(entry -> {
                    check(entry.span(), text);
                    walk(entry.value(), text);
                });
    }

    private static void check(Span span, String text) {
        boolean inside =
                span.start() >= 0
                        && span.start() <= span.end()
                        && span.end() <= text.length()
                        && span.line() >= 1
                        && span.line() <= span.endLine()
                        && span.column() >= 1;
        if (!inside) {
            throw new IllegalStateException("outside of the file: " + span);
        }
    }

    static void main(String[] arguments) throws IOException {
        List<String> seeds = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of(arguments[0]))) {
            for (Path file :
                    files.filter(f -> f.toString().matches(".*\\.(ya?ml|json)"))
                            .sorted()
                            .toList()) {
                seeds.add(Files.readString(file));
            }
        }
        for (int i = 0; i < 3; i++) {
            long start = System.nanoTime();
            long valid =
                    seeds.stream()
                            .filter(seed ->
                                    Yaml.read("a.yaml", seed, YamlSchema.KUBERNETES).valid())
                            .count();
            report("files read, " + valid + " valid", seeds.size(), start);
        }
        int mutants = Integer.parseInt(arguments[1]);
        YamlFuzz fuzz = new YamlFuzz(1);
        long start = System.nanoTime();
        long slowest = 0;
        int valid = 0;
        for (int i = 0; i < mutants; i++) {
            String mutant = fuzz.mutant(seeds.get(i % seeds.size()));
            long one = System.nanoTime();
            try {
                valid += read(mutant).diagnostics().stream().noneMatch(YamlFuzz::isError) ? 1 : 0;
            } catch (RuntimeException | StackOverflowError failed) {
                Path kept = Files.createTempFile("mutant", ".yaml");
                Files.writeString(kept, mutant);
                throw new IllegalStateException("see " + kept, failed);
            }
            slowest = Math.max(slowest, System.nanoTime() - one);
        }
        report(
                "mutants, " + valid + " valid, slowest " + slowest / 1_000_000 + " ms",
                mutants,
                start);
    }

    private static boolean isError(Diagnostic diagnostic) {
        return diagnostic.severity() == Diagnostic.Severity.ERROR;
    }

    private static void report(String what, int count, long start) {
        double millis = (System.nanoTime() - start) / 1e6;
        System.out.printf(Locale.ROOT, "%d %s, %.3f ms each%n", count, what, millis / count);
    }
}
