package dev.devopspack.language.yaml;

import dev.devopspack.fuzz.FuzzRun;
import dev.devopspack.fuzz.Mutation;
import dev.devopspack.language.Diagnostic;
import dev.devopspack.language.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

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

    private final Mutation mutation;

    YamlFuzz(long seed) {
        mutation = new Mutation(PIECES, seed);
    }

    String mutant(String text) {
        return mutation.of(text);
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
        FuzzRun.of(
                "YAML",
                FuzzRun.seeds(Path.of(arguments[0]), name -> name.matches(".*\\.(ya?ml|json)")),
                PIECES,
                Integer.parseInt(arguments[1]),
                mutant -> read(mutant).diagnostics().stream().noneMatch(YamlFuzz::isError));
    }

    private static boolean isError(Diagnostic diagnostic) {
        return diagnostic.severity() == Diagnostic.Severity.ERROR;
    }
}
