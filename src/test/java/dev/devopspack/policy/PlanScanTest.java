package dev.devopspack.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.policy.ScanResult.Tally;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The same rules over what `terraform show -json` prints.
class PlanScanTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final RuleCatalog ENCRYPTED =
            RuleCatalog.of(RuleCatalog.builtIn().find("DP-AWS-EC2-005").orElseThrow());

    private static final String SOURCE =
            """
            variable "encrypted" {
              type = bool
            }

            resource "aws_ebs_volume" "data" {
              size      = 10
              encrypted = var.encrypted
            }
            """;

    /// Whoever wants a change let through could put a plan beside it that says what the gate hopes.
    @Test
    void aPlanAmongTheFilesOfAChangeDecidesNothing() throws Exception {
        String source =
                "variable \"encrypted\" {}\nresource \"aws_ebs_volume\" \"data\" {\n  encrypted = var.encrypted\n}\n";
        String plan = JSON.writeValueAsString(plan(volume("aws_ebs_volume.data", "", true)));
        Artifacts files =
                Artifacts.of(Artifact.of("main.tf", source), Artifact.of("plan.json", plan));

        assertEquals(0, new Scan(ENCRYPTED).of(files).unknowns().size());
        assertEquals(1, new Scan(ENCRYPTED).ofChange(files, null).unknowns().size());
    }

    @Test
    void aNumberThatIsTooLargeIsUnknown() throws Exception {
        String plan = pretty(plan(volume("aws_ebs_volume.data", "", true)));

        ScanResult result =
                scan(
                        Artifact.of(
                                "plan.json",
                                plan.replace("\"encrypted\": true", "\"encrypted\": 1e999")));

        assertEquals(1, result.unknowns().size(), result::toString);
    }

    /// Each output names the next one many times: the ways through them are more than can be
    /// walked.
    @Test
    void outputsThatReferToOutputsManyTimesAreReadOnce() throws Exception {
        ObjectNode plan = plan(volume("aws_ebs_volume.data", "", true));
        ObjectNode module = plan.putObject("configuration").putObject("root_module");
        module.putArray("resources")
                .addObject()
                .put("address", "aws_ebs_volume.data")
                .putObject("expressions")
                .putObject("encrypted")
                .putArray("references")
                .add("module.a.o");
        for (int i = 0; i < 18; i++) {
            module = module.putObject("module_calls").putObject("a").putObject("module");
            ArrayNode references =
                    module.putObject("outputs")
                            .putObject("o")
                            .putObject("expression")
                            .putArray("references");
            for (int j = 0; j < 50; j++) {
                references.add("module.a.o");
            }
        }
        String text = pretty(plan);

        ScanResult result =
                assertTimeoutPreemptively(
                        Duration.ofSeconds(30), () -> scan(Artifact.of("plan.json", text)));

        assertEquals(List.of(tally(1, 0, 0)), result.tallies());
    }

    @Test
    void planIsJudgedWhereItSpeaksOfTheResource() throws Exception {
        String plan = pretty(plan(volume("aws_ebs_volume.data", "", false)));

        ScanResult result = scan(Artifact.of("plan.json", plan));

        assertEquals(1, result.findings().size(), result::toString);
        Finding finding = result.findings().getFirst();
        assertEquals("aws_ebs_volume.data", finding.resource());
        assertEquals("plan.json", finding.file());
        assertTrue(
                plan.lines().toList().get(finding.line() - 1).contains("aws_ebs_volume.data"),
                finding::text);
        assertEquals(1, result.resources());
    }

    @Test
    void whatTheFilesLeaveOpenThePlanDecides() throws Exception {
        Artifact source = Artifact.of("main.tf", SOURCE);
        assertEquals(1, scan(source).unknowns().size());

        ScanResult held = with(source, plan(volume("aws_ebs_volume.data", "", true)));
        ScanResult failed = with(source, plan(volume("aws_ebs_volume.data", "", false)));

        assertEquals(List.of(), held.unknowns());
        assertEquals(List.of(), held.findings());
        assertEquals(List.of(tally(1, 0, 0)), held.tallies());
        assertEquals(List.of(), failed.unknowns());
        assertEquals(List.of(tally(0, 1, 0)), failed.tallies());
        Finding finding = failed.findings().getFirst();
        assertEquals("main.tf", finding.file());
        assertEquals(7, finding.line());
        assertEquals("the volume is not encrypted (says the plan)", finding.message());
        assertEquals(1, failed.resources());
    }

    @Test
    void whatTheFilesDecideThePlanDoesNotExcuse() throws Exception {
        Artifact source = Artifact.of("main.tf", SOURCE.replace("var.encrypted", "false"));

        ScanResult result = with(source, plan(volume("aws_ebs_volume.data", "", true)));

        assertEquals(1, result.findings().size());
    }

    @Test
    void oneInstanceThatFailsMakesAllOfThemFail() throws Exception {
        Artifact source =
                Artifact.of(
                        "main.tf",
                        "variable \"sizes\" {}\n"
                                + SOURCE.replace("size ", "for_each = var.sizes\n  size "));

        ScanResult result =
                with(
                        source,
                        plan(
                                volume("aws_ebs_volume.data[\"a\"]", "a", true),
                                volume("aws_ebs_volume.data[\"b\"]", "b", false)));

        assertEquals(1, result.findings().size());
        assertEquals(List.of(), result.unknowns());
    }

    @Test
    void resourcesOfModulesFromElsewhereAreJudgedByThePlanAlone() throws Exception {
        Artifact source = Artifact.of("main.tf", SOURCE.replace("var.encrypted", "true"));

        ScanResult result =
                with(
                        source,
                        plan(
                                volume("aws_ebs_volume.data", "", true),
                                volume("module.disks.aws_ebs_volume.more", "", false)));

        assertEquals(
                List.of("module.disks.aws_ebs_volume.more"),
                result.findings().stream().map(Finding::resource).toList());
        assertEquals("the given plan", result.findings().getFirst().file());
    }

    @Test
    void planOfAnotherModuleDecidesNothingHere() throws Exception {
        Artifact source = Artifact.of("main.tf", SOURCE);

        ScanResult result = with(source, plan(volume("aws_ebs_volume.other", "", true)));

        assertEquals(1, result.unknowns().size());
    }

    @Test
    void valueThatIsKnownAfterApplyIsUnknownOnlyWhereItIsConfigured() throws Exception {
        ObjectNode configured = volume("aws_ebs_volume.data", "", null);
        configured.withObject("/change/after_unknown").put("encrypted", true);
        ObjectNode plan = plan(configured);

        assertEquals(
                1, scan(Artifact.of("p.json", JSON.writeValueAsString(plan))).findings().size());

        plan.withArray("/configuration/root_module/resources")
                .addObject()
                .put("address", "aws_ebs_volume.data")
                .withObject("/expressions/encrypted")
                .withArray("references")
                .add("module.keys.on");

        ScanResult result = scan(Artifact.of("p.json", JSON.writeValueAsString(plan)));
        assertEquals(List.of(), result.findings());
        assertEquals(1, result.unknowns().size());
    }

    @Test
    void relationsGoThroughVariablesAndOutputsOfModules() throws Exception {
        RuleCatalog flowLogs =
                RuleCatalog.of(RuleCatalog.builtIn().find("DP-AWS-VPC-001").orElseThrow());
        ObjectNode plan =
                (ObjectNode)
                        JSON.readTree(
                                """
                                {"format_version": "1.2", "planned_values": {}, "resource_changes": [
                                  {"address": "module.net.aws_vpc.this", "mode": "managed",
                                   "type": "aws_vpc", "name": "this",
                                   "change": {"actions": ["create"], "after": {"cidr_block": "10.0.0.0/16"},
                                              "after_unknown": {"id": true}}},
                                  {"address": "module.log.aws_flow_log.this", "mode": "managed",
                                   "type": "aws_flow_log", "name": "this",
                                   "change": {"actions": ["create"], "after": {"traffic_type": "ALL"},
                                              "after_unknown": {"vpc_id": true}}}],
                                 "configuration": {"root_module": {"module_calls": {
                                   "net": {"module": {
                                     "resources": [{"address": "aws_vpc.this", "expressions": {"cidr_block": {}}}],
                                     "outputs": {"vpc": {"expression": {"references": ["aws_vpc.this.id", "aws_vpc.this"]}}}}},
                                   "log": {
                                     "expressions": {"vpc": {"references": ["module.net.vpc", "module.net"]}},
                                     "module": {"resources": [{"address": "aws_flow_log.this",
                                       "expressions": {"vpc_id": {"references": ["var.vpc"]}}}]}}}}}}
                                """);

        ScanResult result =
                new Scan(flowLogs)
                        .of(Artifacts.of(Artifact.of("plan.json", JSON.writeValueAsString(plan))));

        assertEquals(List.of(), result.findings());
        assertEquals(1, result.tallies().getFirst().passed());
    }

    @Test
    void planOfARealClusterIsJudgedAsItsFilesAre() throws Exception {
        String plan = Files.readString(Path.of("src/test/resources/plans/cluster.json"));

        ScanResult result =
                new Scan(RuleCatalog.builtIn()).of(Artifacts.of(Artifact.of("plan.json", plan)));

        assertEquals(List.of(), result.errors());
        assertEquals(
                List.of(), result.open().stream().filter(each -> each.resource() != null).toList());
        assertTrue(result.evaluations() > 80, "evaluations: " + result.evaluations());
    }

    /// A plan is somebody's file: whatever stands where, the scan answers.
    @Test
    void anythingMayStandAnywhere() throws Exception {
        ObjectNode whole = plan(volume("module.a[\"x\"].aws_ebs_volume.data[0]", "", false));
        ObjectNode resource = whole.withArray("/configuration/root_module/resources").addObject();
        resource.put("address", "aws_ebs_volume.data");
        resource.withObject("/expressions/encrypted").putArray("references").add("module.a.b");
        whole.withObject("/configuration/root_module/module_calls/a/module/outputs/b/expression")
                .putArray("references")
                .add("var.b");
        whole.withObject("/prior_state/values/root_module")
                .putArray("resources")
                .add(volume("data.aws_ami.a", "", true).put("mode", "data"));
        String plan = JSON.writeValueAsString(whole);
        List<JsonNode> strange =
                List.of(
                        JsonNodeFactory.instance.nullNode(),
                        JsonNodeFactory.instance.textNode("\u202Emodule..[\"["),
                        JsonNodeFactory.instance.numberNode(1e300),
                        JsonNodeFactory.instance
                                .arrayNode()
                                .add(JsonNodeFactory.instance.arrayNode()),
                        JsonNodeFactory.instance.objectNode().put("references", "x"));
        int tried = 0;
        for (JsonNode instead : strange) {
            int places = places(JSON.readTree(plan)).size();
            for (int i = 0; i < places; i++) {
                JsonNode changed = JSON.readTree(plan);
                places(changed).get(i).accept(instead);
                ScanResult result =
                        new Scan(RuleCatalog.builtIn())
                                .of(
                                        Artifacts.of(
                                                Artifact.of(
                                                        "plan.json",
                                                        JSON.writeValueAsString(changed))));
                assertEquals(List.of(), result.errors());
                tried++;
            }
        }

        assertTrue(tried > 100, "tried " + tried);
    }

    private interface Place {
        void accept(JsonNode instead);
    }

    private static List<Place> places(JsonNode node) {
        List<Place> places = new ArrayList<>();
        if (node instanceof ObjectNode object) {
            object.fieldNames()
                    .forEachRemaining(name -> {
                        places.add(instead -> object.set(name, instead));
                        places.addAll(places(object.get(name)));
                    });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int at = i;
                places.add(instead -> array.set(at, instead));
                places.addAll(places(array.get(i)));
            }
        }
        return places;
    }

    private static Tally tally(int passed, int failed, int unknown) {
        return new Tally("DP-AWS-EC2-005", Severity.HIGH, passed, failed, unknown);
    }

    private static ScanResult scan(Artifact file) {
        return new Scan(ENCRYPTED).of(Artifacts.of(file));
    }

    private static ScanResult with(Artifact source, ObjectNode plan) throws Exception {
        return new Scan(ENCRYPTED).ofChange(Artifacts.of(source), JSON.writeValueAsString(plan));
    }

    private static String pretty(ObjectNode plan) throws Exception {
        return JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsString(plan)
                .replace("\" : ", "\": ");
    }

    private static ObjectNode plan(ObjectNode... changes) {
        ObjectNode plan = JSON.createObjectNode();
        plan.put("format_version", "1.2");
        plan.putObject("planned_values").putObject("root_module");
        ArrayNode all = plan.putArray("resource_changes");
        for (ObjectNode change : changes) {
            all.add(change);
        }
        plan.putObject("configuration").putObject("root_module").putArray("resources");
        return plan;
    }

    private static ObjectNode volume(String address, String key, Boolean encrypted) {
        ObjectNode volume = JSON.createObjectNode();
        String plain = address.replaceAll("\\[[^\\]]*\\]$", "");
        volume.put("address", address);
        volume.put("mode", "managed");
        volume.put("type", "aws_ebs_volume");
        volume.put("name", plain.substring(plain.lastIndexOf('.') + 1));
        if (!key.isEmpty()) {
            volume.put("index", key);
        }
        ObjectNode change = volume.putObject("change");
        change.putArray("actions").add("create");
        ObjectNode after = change.putObject("after");
        after.put("size", 10);
        if (encrypted != null) {
            after.put("encrypted", encrypted);
        }
        change.putObject("after_unknown").put("id", true);
        return volume;
    }
}
