package dev.devopspack.language.hcl;

import dev.devopspack.fuzz.FuzzRun;
import dev.devopspack.fuzz.Mutation;
import dev.devopspack.language.Diagnostic;
import dev.devopspack.language.hcl.evaluation.ModuleEvaluator;
import dev.devopspack.language.hcl.evaluation.ModuleFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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

    private final Mutation mutation;

    HclFuzz(long seed) {
        mutation = new Mutation(PIECES, seed);
    }

    String mutant(String text) {
        return mutation.of(text);
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
        return evaluated(file, text);
    }

    /// Every complaint must lie inside of the text, and whatever was read must be evaluated.
    ///
    /// @return what was wrong with the text
    static List<Diagnostic> evaluated(ParsedFile file, String text) {
        for (Diagnostic diagnostic : file.diagnostics()) {
            boolean inside =
                    diagnostic.span().start() >= 0
                            && diagnostic.span().start() <= diagnostic.span().end()
                            && diagnostic.span().end() <= text.length();
            if (!inside) {
                throw new IllegalStateException("outside of the file: " + diagnostic);
            }
        }
        ModuleEvaluator.evaluate(new ModuleFiles(Map.of(file.name(), file), Map.of()));
        return file.diagnostics();
    }

    static void main(String[] arguments) throws IOException {
        FuzzRun.of(
                "HCL",
                FuzzRun.seeds(Path.of(arguments[0]), name -> name.endsWith(".tf")),
                PIECES,
                Integer.parseInt(arguments[1]),
                mutant -> read(mutant).isEmpty());
    }
}
