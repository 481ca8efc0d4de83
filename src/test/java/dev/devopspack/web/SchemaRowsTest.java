package dev.devopspack.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.devopspack.specialist.terraform.TerraformSpecialist;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemaRowsTest {

    @Test
    void everyFieldIsARowWithWhatLimitsIt() {
        Map<String, Object> schema =
                Map.of(
                        "type",
                        "object",
                        "required",
                        List.of("items"),
                        "properties",
                        Map.of(
                                "items",
                                Map.of(
                                        "type",
                                        "array",
                                        "maxItems",
                                        3,
                                        "items",
                                        Map.of(
                                                "type",
                                                "object",
                                                "properties",
                                                Map.of(
                                                        "size",
                                                        Map.of(
                                                                "type", "integer",
                                                                "minimum", 1,
                                                                "maximum", 9,
                                                                "default", 2))))));

        assertEquals(
                List.of(
                        new SchemaRows.Row(
                                "items", 0, "list of object", true, "", "at most 3 items", ""),
                        new SchemaRows.Row(
                                "size", 1, "whole number", false, "", "1 to 9; else 2", "")),
                SchemaRows.of(schema));
    }

    @Test
    void theBlueprintsInputsAreShown() {
        List<String> names =
                SchemaRows.of(new TerraformSpecialist().capabilities().getFirst().inputSchema())
                        .stream()
                        .map(SchemaRows.Row::name)
                        .toList();

        assertEquals(
                List.of("provider", "resources", "environment"),
                names.stream()
                        .filter(List.of("provider", "resources", "environment")::contains)
                        .toList());
        assertEquals(1, names.stream().filter("node_count"::equals).count());
    }
}
