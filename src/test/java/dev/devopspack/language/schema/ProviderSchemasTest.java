package dev.devopspack.language.schema;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.devopspack.language.schema.ProviderSchemas.Made;
import dev.devopspack.task.InvalidInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderSchemasTest {

    private static final String SCHEMAS =
            """
            {"format_version": "1.0", "provider_schemas": {
              "registry.terraform.io/hashicorp/helm": {
                "provider": {"version": 0, "block": {"attributes": {
                  "debug": {"type": "bool", "optional": true}}}},
                "resource_schemas": {
                  "helm_release": {"version": 2, "block": {
                    "attributes": {
                      "name": {"type": "string", "required": true},
                      "id": {"type": "string", "optional": true, "computed": true},
                      "values": {"type": ["list", "string"], "optional": true},
                      "labels": {"type": ["map", ["list", "number"]], "optional": true},
                      "any": {"type": "dynamic", "optional": true},
                      "one": {"type": ["object", {"a": "string"}], "computed": true},
                      "rules": {"type": ["set", ["object", {"port": "number"}]], "optional": true},
                      "metadata": {"type": ["list", ["object", {
                        "x": "string", "y": ["set", ["object", {"z": "bool"}]]}]], "computed": true},
                      "set": {"nested_type": {"nesting_mode": "list", "attributes": {
                        "value": {"type": "string", "required": true, "sensitive": true}}},
                        "optional": true}},
                    "block_types": {
                      "timeouts": {"nesting_mode": "single", "block": {"attributes": {
                        "create": {"type": "string", "optional": true}}}},
                      "postrender": {"nesting_mode": "list", "min_items": 1, "max_items": 1,
                        "block": {"block_types": {"in": {"nesting_mode": "set", "block": {}}}}}}}}},
                "data_source_schemas": {"helm_template": {"version": 0, "block": {}}}},
              "registry.terraform.io/acme/helm": {},
              "terraform.io/builtin/terraform": {}}}
            """;

    private static final String VERSIONS =
            """
            {"terraform_version": "1.11.4",
             "provider_selections": {"registry.terraform.io/hashicorp/helm": "9.1.2"}}
            """;

    @Test
    void whatTerraformKnowsOfAProviderBecomesItsPack() throws IOException {
        Made made = ProviderSchemas.of(SCHEMAS, VERSIONS);

        assertEquals(List.of("helm"), List.copyOf(made.packs().keySet()));
        assertEquals(
                List.of("registry.terraform.io/acme/helm", "terraform.io/builtin/terraform"),
                made.leftOut());
        assertEquals(
                """
                {"format":1,"provider":"helm","source":"registry.terraform.io/hashicorp/helm",\
                "version":"9.1.2","constraint":"~> 9.0","config":{"a":{"debug":"bo"}},\
                "resources":{"helm_release":{"a":{"name":"sr","id":"soc","values":"L(s)o",\
                "labels":"M(L(n))o","any":"yo","one":"yc"},"b":{"rules":{"k":"set","f":"oc",\
                "a":{"port":"no"}},"metadata":{"k":"list","f":"c","a":{"x":"sc"},\
                "b":{"y":{"k":"set","f":"c","a":{"z":"bc"}}}},"set":{"k":"list",\
                "f":"o","n":1,"a":{"value":"sr"}},"timeouts":{"k":"single","a":{"create":"so"}},\
                "postrender":{"k":"list","f":"r","max":1,"b":{"in":{"k":"set"}}}}}},\
                "data":{"helm_template":{}},"ephemeral":{}}\
                """,
                text(made));
    }

    @Test
    void thePackIsReadLikeOneThatShips() {
        SchemaPack pack =
                SchemaPack.read(
                        new ByteArrayInputStream(
                                ProviderSchemas.of(SCHEMAS, VERSIONS).packs().get("helm")));

        BlockSchema release = pack.resource("helm_release").orElseThrow();
        assertEquals("helm 9.1.2", pack.toString());
        assertEquals(
                new AttributeSchema(
                        AttributeType.Primitive.STRING, new Presence(true, false, false)),
                release.attributes().get("name"));
        assertEquals(true, release.nested().get("set").attributeOnly());
        assertEquals(true, release.nested().get("postrender").presence().required());
    }

    @Test
    void theSamePackHasTheSameBytes() {
        assertArrayEquals(
                ProviderSchemas.of(SCHEMAS, VERSIONS).packs().get("helm"),
                ProviderSchemas.of(SCHEMAS, VERSIONS).packs().get("helm"));
    }

    @Test
    void whatIsNeitherIsRefused() {
        assertEquals(
                "there is no 'provider_schemas' in it",
                assertThrows(InvalidInput.class, () -> ProviderSchemas.of("[]", VERSIONS))
                        .problem());
        assertEquals(
                "the file is no JSON",
                assertThrows(InvalidInput.class, () -> ProviderSchemas.of("{", VERSIONS))
                        .problem());
        assertEquals(
                "it has no version of registry.terraform.io/hashicorp/helm",
                assertThrows(InvalidInput.class, () -> ProviderSchemas.of(SCHEMAS, "{}"))
                        .problem());
    }

    @Test
    void packsOfAFolderTakeThePlaceOfThoseThatShip(@TempDir Path folder) throws IOException {
        try (InputStream shipped =
                SchemaPacks.class.getResourceAsStream("/schema-packs/helm.json.gz")) {
            Files.write(folder.resolve("helm.json.gz"), shipped.readAllBytes());
        }

        List<SchemaPack> taken = SchemaPacks.take(folder);

        assertEquals(List.of(SchemaPacks.pack("helm")), taken);
    }

    @Test
    void packOfAnotherProviderIsNotTaken(@TempDir Path folder) throws IOException {
        Files.write(
                folder.resolve("aws.json.gz"),
                ProviderSchemas.of(SCHEMAS, VERSIONS).packs().get("helm"));

        InvalidInput refusal = assertThrows(InvalidInput.class, () -> SchemaPacks.take(folder));

        assertEquals(
                "this is no schema pack of aws: it is a pack of registry.terraform.io/hashicorp/helm",
                refusal.problem());
        assertEquals("aws", SchemaPacks.pack("aws").provider());
    }

    @Test
    void whereOnePackIsDamagedNoneIsTaken(@TempDir Path folder) throws IOException {
        Files.write(
                folder.resolve("helm.json.gz"),
                ProviderSchemas.of(SCHEMAS, VERSIONS).packs().get("helm"));
        Files.writeString(folder.resolve("kubernetes.json.gz"), "{}");
        SchemaPack before = SchemaPacks.pack("helm");

        assertThrows(InvalidInput.class, () -> SchemaPacks.take(folder));

        assertEquals(before, SchemaPacks.pack("helm"));
    }

    @Test
    void damagedPackIsNotTaken(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("aws.json.gz"), "{}");

        assertThrows(InvalidInput.class, () -> SchemaPacks.take(folder));
    }

    private static String text(Made made) throws IOException {
        return new String(
                new GZIPInputStream(new ByteArrayInputStream(made.packs().get("helm")))
                        .readAllBytes(),
                StandardCharsets.UTF_8);
    }
}
