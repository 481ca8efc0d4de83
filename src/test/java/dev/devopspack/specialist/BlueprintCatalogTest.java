package dev.devopspack.specialist;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.devopspack.language.hcl.Hcl;
import dev.devopspack.language.hcl.HclParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class BlueprintCatalogTest {

    private static final Path ROOT = Path.of("src/main/resources/blueprints");
    private static final BlueprintCatalog CATALOG = BlueprintCatalog.shipped("terraform");

    @Test
    void theIndexNamesEveryBlueprint() throws IOException {
        List<String> folders;
        try (Stream<Path> files = Files.walk(ROOT)) {
            folders =
                    files.filter(file -> file.endsWith("blueprint.yaml"))
                            .map(file -> ROOT.relativize(file.getParent()).toString())
                            .sorted()
                            .toList();
        }

        assertEquals(folders, Files.readAllLines(ROOT.resolve("index.txt")));
    }

    @TestFactory
    Stream<DynamicTest> aBlueprintListsTheFilesOfItsFolder() {
        return each(blueprint -> {
            Path folder = ROOT.resolve(blueprint.folder());
            try (Stream<Path> files = Files.walk(folder)) {
                Set<String> present =
                        files.filter(Files::isRegularFile)
                                .map(file -> folder.relativize(file).toString())
                                .filter(name -> !name.equals("blueprint.yaml"))
                                .collect(Collectors.toCollection(TreeSet::new));
                assertEquals(
                        present,
                        blueprint.files().stream()
                                .map(file -> file.name().value())
                                .collect(Collectors.toCollection(TreeSet::new)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> inputsFillTheVariablesThatTheFilesDeclare() {
        return each(blueprint -> {
            Map<String, Hcl.Body> variables = variables(blueprint);
            Set<String> filled = new TreeSet<>(Set.of(blueprint.environmentVariable()));
            Set<String> always = new TreeSet<>(filled);
            for (BlueprintInput input : blueprint.inputs()) {
                if (input.target() == BlueprintInput.Target.VARIABLE) {
                    filled.add(input.targetName());
                    if (input.required() || hasDefault(input)) {
                        always.add(input.targetName());
                    }
                }
            }
            Set<String> needed = new TreeSet<>();
            variables.forEach((name, body) -> {
                if (body.attribute("default").isEmpty()) {
                    needed.add(name);
                }
            });

            assertAll(
                    () -> assertEquals(variables.keySet(), filled),
                    () -> assertEquals(Set.of(), minus(needed, always), "left without a value"));
        });
    }

    @TestFactory
    Stream<DynamicTest> theExampleOfABlueprintIsAccepted() {
        return each(blueprint -> {
            Map<String, Object> example = new HashMap<>(blueprint.example());
            example.remove("type");

            BlueprintValues values =
                    BlueprintValues.resolve(
                            blueprint,
                            example,
                            dev.devopspack.task.Environment.PRODUCTION,
                            "/input/resources/0");

            assertEquals(List.of(), values.missing());
        });
    }

    @Test
    void aBlueprintThatContradictsItselfDoesNotLoad() {
        Map<String, String> files = new TreeMap<>();
        files.put("blueprint.yaml", YAML);
        files.put("main.tf", "");

        assertEquals("thing", read(files).type());
        assertBroken(files, "format: 1", "format: 2", "its format is not 1");
        assertBroken(files, "- main.tf", "- other.tf", "the file 'other.tf' is missing");
        assertBroken(
                files,
                "fills: variable.name",
                "fills: name",
                "'name' fills neither a variable nor the backend");
        assertBroken(
                files,
                "type: string",
                "type: text",
                "the type of 'name' is none of [string, integer, boolean, list(string),"
                        + " map(string)]");
        assertBroken(
                files,
                "required: true",
                "starts_with: region",
                "the input 'name' refers to 'region', not named before it");
        assertBroken(
                files,
                "notes: []",
                "notes: [{without: zone, text: x}]",
                "a note is about the unknown input 'zone'");
        assertBroken(files, "provider: x", "provider: y", "the folder is not named PROVIDER/TYPE");
    }

    private static final String YAML =
            """
            format: 1
            type: thing
            provider: x
            title: Thing
            description: A thing.
            pins: {}
            environment_variable: environment
            summary: Thing {name}
            notes: []
            inputs:
              - name: name
                fills: variable.name
                type: string
                required: true
                description: Its name.
                example: orders
            files:
              - main.tf
            """;

    private static void assertBroken(
            Map<String, String> files, String from, String to, String why) {
        Map<String, String> changed = new HashMap<>(files);
        changed.compute("blueprint.yaml", (name, text) -> text.replace(from, to));

        assertEquals(
                "blueprint terraform/x/thing: " + why,
                assertThrows(IllegalStateException.class, () -> read(changed)).getMessage());
    }

    private static Blueprint read(Map<String, String> files) {
        return BlueprintReader.read(
                "terraform/x/thing",
                name -> {
                    String text = files.get(name);
                    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
                });
    }

    private static Map<String, Hcl.Body> variables(Blueprint blueprint) {
        Map<String, Hcl.Body> variables = new TreeMap<>();
        blueprint.files().stream()
                .filter(file -> file.name().value().matches("[^/]+\\.tf"))
                .flatMap(file ->
                        HclParser.parse(file.name().value(), file.bytes())
                                .body()
                                .blocks("variable")
                                .stream())
                .forEach(block -> variables.put(block.labels().getFirst(), block.body()));
        return variables;
    }

    private static boolean hasDefault(BlueprintInput input) {
        BlueprintFile.Input written = input.written();
        return written.defaultValue() != null
                || written.defaultBy() != null
                || written.defaultText() != null;
    }

    private static Set<String> minus(Set<String> all, Set<String> some) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    private static Stream<DynamicTest> each(java.util.function.Consumer<Blueprint> test) {
        return CATALOG.blueprints().stream()
                .map(blueprint ->
                        DynamicTest.dynamicTest(blueprint.folder(), () -> test.accept(blueprint)));
    }
}
