package dev.devopspack.language.hcl;

import dev.devopspack.language.Diagnostic;
import dev.devopspack.language.hcl.evaluation.ModuleEvaluator;
import dev.devopspack.language.hcl.evaluation.ModuleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/// Damages HCL text at random and gives it to the parser, the formatter and the evaluator, none of
/// which may throw. By hand, over the `.tf` files below a folder: `java -cp
/// target/test-classes:target/classes:... dev.devopspack.language.hcl.HclFuzz FOLDER MUTANTS`.
final class HclFuzz {

    private static final List<String> PIECES =
            List.of(
                    "{",
                    "}",
                    "[",
                    "]",
                    "(",
                    ")",
                    "\"",
                    "${",
                    "%{",
                    "~}",
                    "<<EOT\n",
                    "EOT\n",
                    "\n",
                    "\\",
                    "...",
                    "[*]",
                    ".*",
                    "=>",
                    "::",
                    "?",
                    ":",
                    "=",
                    "==",
                    "-",
                    "!",
                    "for",
                    "in",
                    "if",
                    "%{ if x }",
                    "%{ for a in b }",
                    "%{ endif }",
                    "null",
                    "true",
                    "1e999",
                    "0",
                    "each.key",
                    "count",
                    "for_each = ",
                    "dynamic \"x\" {",
                    "local.a",
                    "var.b",
                    "/*",
                    "*/",
                    "#",
                    "\u0000",
                    "\uD800",
                    "\u202E",
                    "\uFEFF",
                    "\r\n",
                    "\t",
                    "é",
                    "😀",
                    "jsonencode(",
                    "try(",
                    "...)");

    private final Random random;

    HclFuzz(long seed) {
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

    /// Gives a text to everything that reads HCL.
    ///
    /// @return what was wrong with the text
    static List<Diagnostic> read(String text) {
        ParsedFile file = HclParser.parse("main.tf", text);
        boolean canonical = HclFormat.canonical(text).isPresent();
        if (canonical != file.valid()) {
            throw new IllegalStateException("formatter and parser disagree");
        }
        for (Diagnostic diagnostic : file.diagnostics()) {
            boolean inside =
                    diagnostic.span().start() >= 0
                            && diagnostic.span().start() <= diagnostic.span().end()
                            && diagnostic.span().end() <= text.length();
            if (!inside) {
                throw new IllegalStateException("outside of the file: " + diagnostic);
            }
        }
        ModuleEvaluator.evaluate(new ModuleFiles(Map.of("main.tf", file), Map.of()));
        return file.diagnostics();
    }

    static void main(String[] arguments) throws IOException {
        List<String> seeds = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of(arguments[0]))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".tf")).sorted().toList()) {
                seeds.add(Files.readString(file));
            }
        }
        for (int i = 0; i < 3; i++) {
            long start = System.nanoTime();
            seeds.forEach(seed -> HclParser.parse("main.tf", seed));
            report("files parsed", seeds.size(), start);
        }
        long evaluation = System.nanoTime();
        seeds.forEach(HclFuzz::read);
        report("files parsed, formatted and evaluated", seeds.size(), evaluation);
        int mutants = Integer.parseInt(arguments[1]);
        HclFuzz fuzz = new HclFuzz(1);
        long start = System.nanoTime();
        long slowest = 0;
        int valid = 0;
        for (int i = 0; i < mutants; i++) {
            String mutant = fuzz.mutant(seeds.get(i % seeds.size()));
            long one = System.nanoTime();
            try {
                valid += read(mutant).isEmpty() ? 1 : 0;
            } catch (RuntimeException | StackOverflowError failed) {
                Path kept = Files.createTempFile("mutant", ".tf");
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

    private static void report(String what, int count, long start) {
        double millis = (System.nanoTime() - start) / 1e6;
        System.out.printf(Locale.ROOT, "%d %s, %.3f ms each%n", count, what, millis / count);
    }
}
