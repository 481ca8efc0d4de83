package dev.devopspack.language.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.language.yaml.Yaml;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.language.yaml.YamlSchema;
import dev.devopspack.testing.CustomDefinition;
import dev.devopspack.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesCheckTest {

    private static final Path FOLDER = Path.of("src/test/resources/kubernetes");

    private static final String POD =
            """
            apiVersion: v1
            kind: Pod
            metadata:
              name: web
            spec:
              containers:
                - name: web
                  image: registry.example.com/web:1
            """;

    private static final String DEFINITION =
            CustomDefinition.of(
                    "A", "type: object\nproperties: {items: {type: array, items: SCHEMA}}");

    private static final String OBJECT =
            "apiVersion: example.com/v1\nkind: A\nmetadata: {name: a}\nitems: [ITEMS]\n";

    static List<KubernetesVersion> versions() {
        return KubernetesVersion.all();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aWellWrittenApplicationHasNoProblem(KubernetesVersion version) throws IOException {
        assertEquals("", problems("shop.yaml", version));
    }

    @ParameterizedTest
    @CsvSource({
        "mistakes, 1.30",
        "mistakes, 1.36",
        "versions, 1.30",
        "versions, 1.33",
        "versions, 1.36",
        "custom, 1.36"
    })
    void whatKubernetesWouldRefuseIsTold(String name, String version) throws IOException {
        String told = problems(name + ".yaml", KubernetesVersion.of(version));

        Golden.assertMatches("kubernetes/" + name + "-" + version + ".txt", told);
    }

    @Test
    void whatAPatchLacksIsNotMissed() {
        Manifest patch =
                manifest("apiVersion: apps/v1\nkind: Deployment\nspec:\n  replicaz: 3\n", true);

        List<ManifestProblem> problems = check(List.of(patch));

        assertEquals(
                List.of("has no field 'replicaz'; did you mean 'replicas'?"),
                problems.stream().map(ManifestProblem::message).toList());
    }

    @Test
    void aNameIsNotLookedForWhereAToolMakesObjects() {
        List<Manifest> set =
                List.of(
                        manifest(POD + "      envFrom: [{configMapRef: {name: webb}}]\n", false),
                        manifest(
                                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\n", false));
        KubernetesCheck check = new KubernetesCheck(KubernetesVersion.NEWEST);

        assertEquals(1, check.of(set, true).size());
        assertEquals(List.of(), check.of(set, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"${REPLICAS}", "{{ replicas }}", "<number>", "$REPLICAS", "(( n ))"})
    void whatAToolFillsInIsNotJudged(String placeholder) {
        Manifest pod =
                manifest(POD + "  terminationGracePeriodSeconds: \"" + placeholder + "\"\n", false);

        assertEquals(List.of(), check(List.of(pod)));
    }

    @Test
    void aSecretsValueIsNeverToldBack() {
        Manifest secret =
                manifest(
                        """
                        apiVersion: v1
                        kind: Secret
                        metadata: {name: a}
                        data: {password: hunter2!}
                        stringData: {pin: 471199}
                        """,
                        false);

        List<ManifestProblem> problems = check(List.of(secret));

        assertEquals(2, problems.size());
        assertTrue(
                problems.stream()
                        .noneMatch(each ->
                                each.toString()
                                        .matches("(?s).*message=[^\\]]*(hunter2|471199).*")));
    }

    @Test
    void aVersionThatADefinitionDoesNotServeIsTold() {
        Manifest definition =
                manifest(
                        DEFINITION.replace("SCHEMA", "{type: string}")
                                + "    - {name: v1alpha1, served: false, storage: false}\n",
                        false);
        Manifest old = manifest(OBJECT.replace("v1", "v1alpha1").replace("ITEMS", ""), false);
        Manifest none = manifest(OBJECT.replace("v1", "v2").replace("ITEMS", ""), false);
        Manifest other = manifest(OBJECT.replace("kind: A", "kind: B").replace("ITEMS", ""), false);

        List<ManifestProblem> problems = check(List.of(definition, old, none, other));

        assertEquals(
                List.of(
                        "cannot be 'example.com/v1alpha1'; the definition of 'A' serves"
                                + " 'example.com/v1'",
                        "cannot be 'example.com/v2'; the definition of 'A' serves"
                                + " 'example.com/v1'"),
                problems.stream().map(ManifestProblem::message).toList());
    }

    @Test
    void aVariableThatNamesNoKeyOfItsConfigMapIsTold() {
        Manifest settings =
                manifest(
                        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndata: {MODE: a}\n",
                        false);
        Manifest filledLater =
                manifest("apiVersion: v1\nkind: Secret\nmetadata: {name: web}\n", false);
        Manifest pod =
                manifest(
                        POD
                                + """
                                      env:
                                        - {name: A, valueFrom: {configMapKeyRef: {name: web, key: MODE}}}
                                        - {name: B, valueFrom: {configMapKeyRef: {name: web, key: MOD}}}
                                        - name: C
                                          valueFrom:
                                            configMapKeyRef: {name: web, key: X, optional: true}
                                        - {name: D, valueFrom: {secretKeyRef: {name: web, key: X}}}
                                """,
                        false);

        List<ManifestProblem> problems = check(List.of(settings, filledLater, pod));

        assertEquals(
                List.of("is no key of the ConfigMap 'web': 'MOD'; did you mean 'MODE'?"),
                problems.stream().map(ManifestProblem::message).toList());
    }

    @Test
    void aDeepObjectIsWalkedToItsEnd() {
        int depth = Yaml.MAX_DEPTH - 10;
        String nested = "{not: ".repeat(depth - 20) + "{type: objec}" + "}".repeat(depth - 20);
        Manifest definition = manifest(CustomDefinition.of("A", nested), false);
        Manifest object =
                manifest("apiVersion: example.com/v1\nkind: A\nmetadata: {name: a}\n", false);

        assertEquals(List.of(), check(List.of(definition, object)));
    }

    @Test
    void whatADefinitionMayCostIsBounded() {
        String forms = "{type: integer}, ".repeat(3_000);
        Manifest definition =
                manifest(DEFINITION.replace("SCHEMA", "{anyOf: [" + forms + "]}"), false);
        Manifest object = manifest(OBJECT.replace("ITEMS", "a, ".repeat(3_000)), false);

        List<ManifestProblem> problems = check(List.of(definition, object));

        assertEquals(66, problems.size(), "each item costs 3,001 of 200,000 steps");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(((a{900}){900}){900}){900}", "(?=a)b", "(", "a{2000}"})
    void aPatternThatCannotBeMatchedInTimeIsNotJudged(String pattern) {
        Manifest definition =
                manifest(
                        DEFINITION.replace("SCHEMA", "{type: string, pattern: '" + pattern + "'}"),
                        false);

        assertEquals(
                List.of(),
                check(List.of(definition, manifest(OBJECT.replace("ITEMS", "b"), false))));
    }

    @Test
    void manyMistakesOfOneFileAreToldUpToALimit() {
        String fields =
                IntStream.range(0, 5_000)
                        .mapToObj(i -> "  unknown" + i + ": 1\n")
                        .collect(Collectors.joining());

        List<ManifestProblem> problems = check(List.of(manifest(POD + fields, false)));

        assertEquals(200, problems.size());
    }

    @Test
    void everyReleaseHasItsKinds() {
        String counts =
                KubernetesVersion.all().stream()
                        .map(version ->
                                version.text() + " " + KubernetesSchema.of(version).kindCount())
                        .collect(Collectors.joining(", "));

        assertEquals("1.30 79, 1.31 79, 1.32 79, 1.33 87, 1.34 89, 1.35 89, 1.36 94", counts);
    }

    private static List<ManifestProblem> check(List<Manifest> manifests) {
        return new KubernetesCheck(KubernetesVersion.NEWEST).of(manifests, true);
    }

    private static Manifest manifest(String text, boolean partial) {
        YamlNode root = Yaml.read("a.yaml", text, YamlSchema.KUBERNETES).documents().getFirst();
        return new Manifest("a.yaml", (YamlNode.Mapping) root, partial);
    }

    private static String problems(String file, KubernetesVersion version) throws IOException {
        List<Manifest> manifests =
                Yaml.read(file, Files.readString(FOLDER.resolve(file)), YamlSchema.KUBERNETES)
                        .documents()
                        .stream()
                        .map(root -> new Manifest(file, (YamlNode.Mapping) root, false))
                        .toList();
        return new KubernetesCheck(version)
                .of(manifests, true).stream()
                        .map(problem ->
                                problem.span().line()
                                        + ":"
                                        + problem.span().column()
                                        + " "
                                        + problem.kind().label()
                                        + " "
                                        + problem.path()
                                        + " "
                                        + problem.message()
                                        + "\n")
                        .collect(Collectors.joining());
    }
}
