package dev.devopspack.specialist.terraform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.language.hcl.Hcl;
import dev.devopspack.language.hcl.HclParser;
import dev.devopspack.language.hcl.ParsedFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ValuesFileTest {

    /// What could end a string, begin a template or hide something.
    private static final List<String> PIECES =
            List.of(
                    "${",
                    "%{",
                    "$${",
                    "$",
                    "%",
                    "{",
                    "}",
                    "\"",
                    "\\",
                    "\n",
                    "\r",
                    "\t",
                    "\u0000",
                    "\u202E",
                    "\u200B",
                    "\u2028",
                    "\uFEFF",
                    "~}",
                    "<<EOT\n",
                    "EOT\n",
                    "# ",
                    "/*",
                    "*/",
                    "//",
                    "x",
                    "ä",
                    "漢",
                    "😀",
                    "\uDB40\uDC01",
                    "file(\"/etc/passwd\")",
                    "\"\nevil = \"",
                    " ",
                    "'");

    @Test
    void valuesAreWrittenAsTerraformFormatsThem() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", "orders");
        values.put("node_count", 3);
        values.put("encrypted", true);
        values.put("zones", List.of("a", "b"));
        values.put("tags", Map.of("Data Class", "internal"));
        values.put("none", Map.of());

        assertEquals(
                """
                # Values.

                name       = "orders"
                node_count = 3
                encrypted  = true
                zones      = ["a", "b"]
                tags = {
                  "Data Class" = "internal"
                }
                none = {}
                """,
                ValuesFile.of("Values.", values));
    }

    @Test
    void noValueBreaksOutOfTheTextAroundIt() {
        Random random = new Random(20_260_101);
        for (int round = 0; round < 20_000; round++) {
            String hostile = text(random);
            String key = text(random);
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("text", hostile);
            values.put("list", List.of(hostile, key));
            values.put("map", Map.of(key, hostile));
            values.put("end", 1);

            ParsedFile file = HclParser.parse("x.auto.tfvars", ValuesFile.of("Values.", values));

            assertTrue(file.valid(), () -> hostile + file.diagnostics());
            assertEquals(
                    List.of("text", "list", "map", "end"),
                    file.body().attributes().stream().map(Hcl.Attribute::name).toList());
            assertEquals(0, file.body().blocks().size());
            assertEquals(hostile, literal(file, "text"));
            Hcl.Tuple list = (Hcl.Tuple) file.body().attribute("list").orElseThrow().value();
            assertEquals(
                    List.of(hostile, key),
                    list.items().stream().map(ValuesFileTest::text).toList());
            Hcl.Obj map = (Hcl.Obj) file.body().attribute("map").orElseThrow().value();
            assertEquals(hostile, text(map.items().getFirst().value()));
            assertEquals(key, map.items().getFirst().name().orElseThrow());
        }
    }

    private static String literal(ParsedFile file, String name) {
        return text(file.body().attribute(name).orElseThrow().value());
    }

    private static String text(Hcl.Expr expression) {
        return ((Hcl.Template) expression).literal().orElseThrow();
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(7); i >= 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
