package dev.devopspack.adapter.terraform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.language.schema.SchemaPacks;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.msgpack.value.Value;
import org.msgpack.value.ValueFactory;
import tfplugin5.AppliedChange;
import tfplugin5.ChangeToApply;
import tfplugin5.Metadata;
import tfplugin5.Nothing;
import tfplugin5.PlannedChange;
import tfplugin5.ProposedChange;
import tfplugin5.ProviderGrpc;
import tfplugin5.ProviderSchema;
import tfplugin5.Schema;
import tfplugin5.TypedConfig;

class OfflineProviderTest {
    private static final int MAX_SCHEMA_BYTES = 64 * 1024 * 1024;

    private final OfflineProviders providers = new OfflineProviders();
    private ManagedChannel channel;
    private ProviderGrpc.ProviderBlockingStub aws;

    @BeforeEach
    void connect() throws IOException {
        channel =
                NettyChannelBuilder.forAddress(
                                "127.0.0.1", port(providers.reattach(List.of("aws"))))
                        .usePlaintext()
                        .maxInboundMessageSize(MAX_SCHEMA_BYTES)
                        .build();
        aws = ProviderGrpc.newBlockingStub(channel);
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        providers.close();
    }

    @Test
    void attachedProviderIsNamedByItsFullAddressAndKeptAlive() throws IOException {
        JsonNode provider =
                new ObjectMapper()
                        .readTree(providers.reattach(List.of("aws")))
                        .path("registry.terraform.io/hashicorp/aws");

        assertEquals(
                "grpc 5 true tcp",
                String.join(
                        " ",
                        provider.path("Protocol").asText(),
                        provider.path("ProtocolVersion").asText(),
                        provider.path("Test").asText(),
                        provider.at("/Addr/Network").asText()));
        assertEquals(ProcessHandle.current().pid(), provider.path("Pid").asLong());
    }

    @Test
    void oneServerServesAPackUntilTheProgramStops() throws IOException {
        int port = port(providers.reattach(List.of("aws")));

        assertEquals(port, port(providers.reattach(List.of("helm", "aws"))));
        providers.close();
        assertThrows(
                ConnectException.class,
                () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
    }

    @Test
    void newObjectHasWhatWasWrittenAndUnknownComputedValues() {
        Map<String, Value> proposed = nulls("aws_vpc");
        proposed.put("cidr_block", ValueFactory.newString("10.0.0.0/16"));

        PlannedChange planned =
                aws.planResourceChange(
                        ProposedChange.newBuilder()
                                .setTypeName("aws_vpc")
                                .setPriorState(WireValues.write(ValueFactory.newNil()))
                                .setProposedNewState(WireValues.write(WireValues.object(proposed)))
                                .build());

        Map<String, Value> state =
                WireValues.attributes(WireValues.read(planned.getPlannedState()));
        assertEquals(ValueFactory.newString("10.0.0.0/16"), state.get("cidr_block"));
        assertEquals(WireValues.UNKNOWN, state.get("id"));
        assertEquals(ValueFactory.newNil(), state.get("tags"));
    }

    @Test
    void destroyedObjectStaysNothing() {
        PlannedChange planned =
                aws.planResourceChange(
                        ProposedChange.newBuilder()
                                .setTypeName("aws_vpc")
                                .setPriorState(
                                        WireValues.write(WireValues.object(nulls("aws_vpc"))))
                                .setProposedNewState(WireValues.write(ValueFactory.newNil()))
                                .build());

        assertEquals(ValueFactory.newNil(), WireValues.read(planned.getPlannedState()));
    }

    @Test
    void dataSourceAnswersTheSameStandInsEachTime() {
        TypedConfig request =
                TypedConfig.newBuilder()
                        .setTypeName("aws_availability_zones")
                        .setConfig(
                                WireValues.write(
                                        Completion.empty(
                                                SchemaPacks.pack("aws")
                                                        .dataSource("aws_availability_zones")
                                                        .orElseThrow())))
                        .build();

        Value first = WireValues.read(aws.readDataSource(request).getState());

        assertEquals(first, WireValues.read(aws.readDataSource(request).getState()));
        assertEquals(
                ValueFactory.newArray(
                        ValueFactory.newString("stand-in-names-0"),
                        ValueFactory.newString("stand-in-names-1"),
                        ValueFactory.newString("stand-in-names-2")),
                WireValues.attributes(first).get("names"));
    }

    @Test
    void nothingCanBeApplied() {
        AppliedChange answer =
                aws.applyResourceChange(ChangeToApply.newBuilder().setTypeName("aws_vpc").build());

        assertEquals(
                List.of("This provider cannot apply"),
                answer.getDiagnosticsList().stream().map(d -> d.getSummary()).toList());
    }

    @Test
    void unknownTypeIsADiagnosticNotABrokenConnection() {
        PlannedChange answer =
                aws.planResourceChange(
                        ProposedChange.newBuilder().setTypeName("aws_nothing").build());

        assertEquals(
                "'aws_nothing' is not known to aws 6.66.0.", answer.getDiagnostics(0).getDetail());
    }

    @Test
    void metadataNamesEveryTypeOfThePack() {
        Metadata metadata = aws.getMetadata(Nothing.getDefaultInstance());

        assertEquals(
                List.copyOf(SchemaPacks.pack("aws").resourceTypes()),
                metadata.getResourcesList().stream().map(Metadata.TypeName::getTypeName).toList());
    }

    @Test
    void clusterIsSentWithItsRequiredBlock() {
        Schema.Block cluster =
                aws.getSchema(Nothing.getDefaultInstance())
                        .getResourceSchemasOrThrow("aws_eks_cluster")
                        .getBlock();

        Schema.NestedBlock network =
                cluster.getBlockTypesList().stream()
                        .filter(block -> block.getTypeName().equals("vpc_config"))
                        .findFirst()
                        .orElseThrow();
        assertEquals(
                "LIST 1 1",
                network.getNesting() + " " + network.getMinItems() + " " + network.getMaxItems());
    }

    @TestFactory
    Stream<DynamicTest> everyPackBecomesASchemaThatTerraformAccepts() {
        return SchemaPacks.providers().stream()
                .map(provider ->
                        DynamicTest.dynamicTest(
                                provider,
                                () ->
                                        assertWellFormed(
                                                SchemaMessages.of(SchemaPacks.pack(provider)))));
    }

    /// Terraform refuses a schema in which nobody fills an attribute, or a set holds values of any
    /// type.
    private static void assertWellFormed(ProviderSchema schema) {
        Map<String, Schema> all = new TreeMap<>(schema.getResourceSchemasMap());
        schema.getDataSourceSchemasMap().forEach((name, type) -> all.put("data." + name, type));
        all.put("provider", schema.getProvider());
        all.forEach((name, type) -> assertWellFormed(name, type.getBlock()));
    }

    private static void assertWellFormed(String name, Schema.Block block) {
        for (Schema.Attribute attribute : block.getAttributesList()) {
            String where = name + "." + attribute.getName();
            assertTrue(
                    attribute.getRequired() || attribute.getOptional() || attribute.getComputed(),
                    where);
            assertTrue(
                    !attribute.getRequired()
                            || !(attribute.getOptional() || attribute.getComputed()),
                    where);
        }
        for (Schema.NestedBlock nested : block.getBlockTypesList()) {
            String where = name + "." + nested.getTypeName();
            boolean holdsAny = nested.getBlock().toString().contains("\\\"dynamic\\\"");
            assertTrue(
                    nested.getNesting() != Schema.NestedBlock.NestingMode.SET || !holdsAny, where);
            assertWellFormed(where, nested.getBlock());
        }
    }

    private static Map<String, Value> nulls(String type) {
        return WireValues.attributes(
                Completion.empty(SchemaPacks.pack("aws").resource(type).orElseThrow()));
    }

    private static int port(String reattach) throws IOException {
        String address =
                new ObjectMapper()
                        .readTree(reattach)
                        .path("registry.terraform.io/hashicorp/aws")
                        .at("/Addr/String")
                        .asText();
        assertTrue(address.startsWith("127.0.0.1:"), address);
        return Integer.parseInt(address.substring("127.0.0.1:".length()));
    }
}
