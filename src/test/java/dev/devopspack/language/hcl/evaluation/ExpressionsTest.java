package dev.devopspack.language.hcl.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.language.hcl.HclParser;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.ListValue;
import dev.devopspack.language.hcl.value.Value.Str;
import dev.devopspack.testing.Tools;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpressionsTest {

    private static final String ERROR = "error";

    /// @param json text of the value, or [#ERROR]
    private record Row(String expression, String json) {}

    @Test
    void everyExpressionHasTheValueItHasInTerraform() throws IOException {
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> actual = new TreeMap<>();

        for (Row row : rows()) {
            expected.put(row.expression, row.json);
            actual.put(row.expression, evaluated(row.expression));
        }

        assertTrue(expected.size() > 750);
        assertEquals(expected, actual);
    }

    @Test
    void terraformStillHasTheseValues(@TempDir Path folder) throws Exception {
        Path terraform = Tools.require("terraform");
        List<Row> rows = rows().stream().filter(row -> !row.json.equals(ERROR)).toList();
        Path input = folder.resolve("input");
        Path output = folder.resolve("output");
        List<String> wrapped = rows.stream().map(row -> wrapped(row.expression)).toList();
        Files.writeString(input, "jsonencode([" + String.join(", ", wrapped) + "])\n");
        ProcessBuilder console =
                new ProcessBuilder(terraform.toString(), "console", "-no-color")
                        .directory(folder.toFile())
                        .redirectInput(input.toFile())
                        .redirectOutput(output.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
        console.environment().put("CHECKPOINT_DISABLE", "1");

        Process process = console.start();
        assertTrue(process.waitFor(2, TimeUnit.MINUTES));

        Map<String, String> expected = new TreeMap<>();
        Map<String, String> actual = new TreeMap<>();
        List<String> answers = answers(Files.readString(output));
        for (int i = 0; i < rows.size(); i++) {
            expected.put(rows.get(i).expression, rows.get(i).json);
            actual.put(rows.get(i).expression, answers.get(i));
        }
        assertEquals(expected, actual);
    }

    /// The expected values are those of Terraform 1.11.
    @Test
    void heredocsHoldTheTextTheyHoldInTerraform() throws IOException {
        String main =
                resource("heredocs.tf")
                        + "locals {\n  all = jsonencode([for i in range(1, 10) : local.texts[\"h${i}\"]])\n"
                        + "  texts = { h1 = local.h1, h2 = local.h2, h3 = local.h3, h4 = local.h4,\n"
                        + "    h5 = local.h5, h6 = local.h6, h7 = local.h7, h8 = local.h8, h9 = local.h9 }\n}\n";

        EvaluatedModule module = ModuleEvaluator.evaluate(ModuleFiles.of(Map.of("main.tf", main)));

        assertEquals(
                Value.of(resource("heredocs.json").strip()),
                module.locals().stream()
                        .filter(local -> local.name().equals("all"))
                        .findFirst()
                        .orElseThrow()
                        .value());
    }

    /// The expected values are those of Terraform 1.11: variables whose types have defaults, a
    /// template read from a file, and what is computed from both.
    @Test
    void aModuleHasTheValuesItHasInTerraform() throws IOException {
        String main = resource("values.tf");
        List<String> names = new ArrayList<>();
        Matcher declared = Pattern.compile("(?m)^  ([a-z0-9]+) += ").matcher(main);
        declared.region(main.indexOf("locals {"), main.length());
        while (declared.find()) {
            names.add(declared.group(1));
        }

        EvaluatedModule module =
                ModuleEvaluator.evaluate(
                        new ModuleFiles(
                                Map.of(
                                        "main.tf",
                                        HclParser.parse(
                                                "main.tf",
                                                main
                                                        + "locals {\n  all = jsonencode([local."
                                                        + String.join(", local.", names)
                                                        + "])\n}\n")),
                                Map.of("values.tftpl", resource("values.tftpl"))));

        assertEquals(54, names.size());
        assertEquals(
                Value.of(resource("values.json").strip()),
                module.locals().stream()
                        .filter(local -> local.name().equals("all"))
                        .findFirst()
                        .orElseThrow()
                        .value());
    }

    /// The console puts a text into quotes and leaves what opens a sequence in it as it is.
    private static List<String> answers(String quoted) {
        String literal = quoted.strip().replace("${", "$${").replace("%{", "%%{");
        Value answers = value("jsondecode(" + literal + ")", "answers").orElseThrow();
        return ((ListValue) answers)
                .items().stream().map(answer -> ((Str) answer).value()).toList();
    }

    private static String wrapped(String expression) {
        return "try(jsonencode(" + expression + "), \"" + ERROR + "\")";
    }

    private static String evaluated(String expression) {
        return value(wrapped(expression), "value")
                .map(value -> value instanceof Str(String text) ? text : value.toString())
                .orElse(ERROR);
    }

    /// Empty if the expression has none.
    private static Optional<Value> value(String expression, String name) {
        EvaluatedModule module =
                ModuleEvaluator.evaluate(
                        ModuleFiles.of(
                                Map.of(
                                        "main.tf",
                                        "locals {\n  " + name + " = " + expression + "\n}\n")));
        return module.diagnostics().isEmpty()
                ? Optional.of(module.locals().getFirst().value())
                : Optional.empty();
    }

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        String expression = "";
        for (String line : resource("expressions.txt").split("\n", -1)) {
            if (line.startsWith("  => ")) {
                rows.add(new Row(expression, line.substring(5)));
            } else {
                expression = line;
            }
        }
        return rows;
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream =
                ExpressionsTest.class.getResourceAsStream("/language/hcl/" + name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
