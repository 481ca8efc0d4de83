package dev.devopspack.language.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.language.schema.AttributeType.ListOf;
import dev.devopspack.language.schema.AttributeType.MapOf;
import dev.devopspack.language.schema.AttributeType.Primitive;
import dev.devopspack.language.schema.AttributeType.SetOf;
import dev.devopspack.language.schema.NestedSchema.Nesting;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SchemaPackTest {
    private static final Presence REQUIRED = new Presence(true, false, false);
    private static final Presence OPTIONAL = new Presence(false, true, false);
    private static final Presence OPTIONAL_OR_COMPUTED = new Presence(false, true, true);

    @Test
    void testVectorOfTheFormatReadsAsItsDescriptionSays() throws IOException {
        SchemaPack pack = read(testVector());

        assertEquals("demo 1.2.3", pack.toString());
        assertEquals(
                Optional.of(
                        new BlockSchema(
                                Map.of(
                                        "name", new AttributeSchema(Primitive.STRING, REQUIRED),
                                        "tags",
                                                new AttributeSchema(
                                                        new MapOf(Primitive.STRING),
                                                        OPTIONAL_OR_COMPUTED),
                                        "zones",
                                                new AttributeSchema(
                                                        new SetOf(Primitive.STRING), OPTIONAL)),
                                Map.of(
                                        "rule",
                                        new NestedSchema(
                                                Nesting.LIST,
                                                REQUIRED,
                                                true,
                                                false,
                                                new BlockSchema(
                                                        Map.of(
                                                                "port",
                                                                new AttributeSchema(
                                                                        Primitive.NUMBER,
                                                                        REQUIRED)),
                                                        Map.of()))))),
                pack.resource("demo_thing"));
    }

    @Test
    void nestedCollectionTypesReadInsideOut() {
        assertEquals(
                new AttributeSchema(
                        new MapOf(new ListOf(new SetOf(Primitive.BOOL))),
                        new Presence(true, false, true)),
                BlockReader.attribute("M(L(S(b)))rc"));
    }

    @Test
    void anotherFormatIsRefused() {
        SchemaPackException refusal =
                assertThrows(
                        SchemaPackException.class,
                        () -> read("{\"format\":2,\"provider\":\"demo\"}"));

        assertTrue(refusal.getMessage().contains("\"format\": 1"), refusal.getMessage());
    }

    @TestFactory
    Stream<DynamicTest> damagedPackIsRefusedAndNothingElseEscapes() throws IOException {
        String good = testVector();
        return Stream.of(
                        good.substring(0, good.length() / 2),
                        "",
                        "[]",
                        "null",
                        good.replace("{\"demo_thing\":", "[").replace("}}}}", "]"))
                .map(text ->
                        DynamicTest.dynamicTest(
                                text.isEmpty() ? "empty" : text,
                                () -> assertThrows(SchemaPackException.class, () -> read(text))));
    }

    @TestFactory
    Stream<DynamicTest> everyTypeOfEveryPackCanBeRead() {
        return SchemaPacks.providers().stream()
                .map(provider ->
                        DynamicTest.dynamicTest(
                                provider,
                                () -> {
                                    SchemaPack pack = SchemaPacks.pack(provider);

                                    pack.resourceTypes()
                                            .forEach(type ->
                                                    assertTrue(
                                                            pack.resource(type).isPresent(), type));
                                    pack.dataSourceTypes()
                                            .forEach(type ->
                                                    assertTrue(
                                                            pack.dataSource(type).isPresent(),
                                                            type));
                                    pack.ephemeralTypes()
                                            .forEach(type ->
                                                    assertTrue(
                                                            pack.ephemeral(type).isPresent(),
                                                            type));
                                }));
    }

    @Test
    void packsHoldTheTypesOfTheirVersions() {
        assertEquals(
                List.of(
                        "aws 6.66.0: 1725 + 683",
                        "azurerm 4.73.0: 1132 + 396",
                        "google 6.50.0: 1096 + 373",
                        "helm 3.1.1: 1 + 1",
                        "kubernetes 2.38.0: 82 + 26"),
                SchemaPacks.providers().stream()
                        .map(SchemaPacks::pack)
                        .map(pack ->
                                pack
                                        + ": "
                                        + pack.resourceTypes().size()
                                        + " + "
                                        + pack.dataSourceTypes().size())
                        .toList());
    }

    @Test
    void eksClusterIsAsItsProviderDescribesIt() {
        BlockSchema cluster = SchemaPacks.pack("aws").resource("aws_eks_cluster").orElseThrow();

        assertEquals(
                new AttributeSchema(Primitive.STRING, REQUIRED),
                cluster.attributes().get("role_arn"));
        NestedSchema network = cluster.nested().get("vpc_config");
        assertEquals(REQUIRED, network.presence());
        assertTrue(network.atMostOne());
        assertEquals(
                new AttributeSchema(new SetOf(Primitive.STRING), REQUIRED),
                network.body().attributes().get("subnet_ids"));
    }

    @Test
    void nestedObjectsOfHelmAreWrittenAsAttributes() {
        NestedSchema set =
                SchemaPacks.pack("helm").resource("helm_release").orElseThrow().nested().get("set");

        assertTrue(set.writtenAsAttribute());
        assertEquals(false, set.writtenAsBlock());
    }

    @Test
    void packIsReadOnceAndFoundByEveryFormOfItsAddress() {
        SchemaPack pack = SchemaPacks.pack("aws");

        assertSame(pack, SchemaPacks.forSource("aws").orElseThrow());
        assertSame(pack, SchemaPacks.forSource("hashicorp/aws").orElseThrow());
        assertSame(
                pack, SchemaPacks.forSource("registry.terraform.io/hashicorp/aws").orElseThrow());
        assertSame(pack, SchemaPacks.forType("aws_s3_bucket").orElseThrow());
    }

    @Test
    void providerOfAnotherNamespaceHasNoPack() {
        List<String> strangers =
                List.of(
                        "evil/aws",
                        "registry.example.org/hashicorp/aws",
                        "random",
                        "hashicorp/hashicorp/aws",
                        "");

        assertEquals(
                List.of(),
                strangers.stream()
                        .filter(source -> SchemaPacks.forSource(source).isPresent())
                        .collect(Collectors.toList()));
    }

    private static String testVector() throws IOException {
        String page = Files.readString(Path.of("docs/formats/schema-pack.md"));
        int start = page.indexOf("{\"format\":1,\"provider\":\"demo\"");
        return page.substring(start, page.indexOf('\n', start));
    }

    private static SchemaPack read(String json) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(json.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return SchemaPack.read(new ByteArrayInputStream(packed.toByteArray()));
    }
}
