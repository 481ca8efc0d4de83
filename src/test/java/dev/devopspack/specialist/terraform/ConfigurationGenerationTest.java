package dev.devopspack.specialist.terraform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.devopspack.change.Artifact;
import dev.devopspack.specialist.BlueprintCatalog;
import dev.devopspack.specialist.Outcome;
import dev.devopspack.specialist.Work;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.StackName;
import dev.devopspack.testing.Golden;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationGenerationTest {

    private static final ConfigurationGeneration CAPABILITY =
            new ConfigurationGeneration(BlueprintCatalog.shipped("terraform"));

    @Test
    void theTaskOfThreeProductionNodesGivesTheseFiles() {
        Outcome.Proposal proposal = proposal(input(cluster("production")));

        StringBuilder digests = new StringBuilder();
        proposal.artifacts()
                .forEach(file ->
                        digests.append(file.digest().hex())
                                .append("  ")
                                .append(file.name())
                                .append('\n'));
        Golden.assertMatches("terraform/eks_production/SHA256SUMS", digests.toString());
        Golden.assertMatches(
                "terraform/eks_production/production.auto.tfvars",
                text(proposal, "production.auto.tfvars"));
        Golden.assertMatches(
                "terraform/eks_production/production.s3.tfbackend",
                text(proposal, "production.s3.tfbackend"));
        Golden.assertMatches(
                "terraform/eks_production/outcome.txt",
                "stack: "
                        + proposal.stack()
                        + "\n\nsummary:\n"
                        + String.join("\n", proposal.summary())
                        + "\n\nclaims:\n"
                        + String.join("\n", proposal.claims())
                        + "\n\nnext:\n"
                        + String.join("\n", proposal.next())
                        + "\n");
    }

    @Test
    void theSameInputGivesTheSameBytes() {
        assertEquals(
                proposal(input(cluster("production"))).artifacts(),
                new ConfigurationGeneration(BlueprintCatalog.shipped("terraform"))
                                        .perform(
                                                CAPABILITY.read(input(cluster("production"))),
                                                new Work(Environment.PRODUCTION, null))
                                instanceof Outcome.Proposal again
                        ? again.artifacts()
                        : null);
    }

    @Test
    void theExampleIsAcceptedAndTheProviderMayBeLeftOut() {
        Map<String, Object> withoutProvider = new LinkedHashMap<>(CAPABILITY.example());
        withoutProvider.remove("provider");

        assertEquals(
                proposal(CAPABILITY.example()).artifacts(), proposal(withoutProvider).artifacts());
    }

    @Test
    void anEnvironmentKnownToBeNoProductionIsCheaperAndAnUnknownOneIsNot() {
        String staging = text(perform(cluster("orders"), "staging"), "staging.auto.tfvars");
        String live = text(perform(cluster("orders"), "live"), "live.auto.tfvars");

        assertEquals(
                List.of("nat_gateway_per_zone = false", "deletion_protection = false"),
                protections(staging));
        assertEquals(
                List.of("nat_gateway_per_zone = true", "deletion_protection = true"),
                protections(live));
    }

    @Test
    void severalResourcesStandInAFolderEach() {
        Outcome.Proposal proposal = proposal(input(cluster("orders"), cluster("billing")));

        assertEquals(
                List.of("billing", "orders"),
                proposal.artifacts().list().stream()
                        .map(file -> file.name().value().split("/")[0])
                        .distinct()
                        .toList());
        assertEquals(
                List.of(
                        "key    = \"production/eks_cluster/billing/terraform.tfstate\"",
                        "region = \"eu-west-1\""),
                text(proposal, "billing/production.s3.tfbackend").lines().skip(2).toList());
        assertEquals(
                "terraform -chdir=orders init -backend-config=production.s3.tfbackend"
                        + " -backend-config=bucket=BUCKET",
                proposal.next().getFirst());
        assertEquals(new StackName("orders/production"), proposal.stack());
    }

    @Test
    void theStackThatTheCallerNamedIsKept() {
        StackName stack = new StackName("shop/clusters");

        Outcome outcome =
                CAPABILITY.perform(
                        CAPABILITY.read(input(cluster("orders"))),
                        new Work(Environment.PRODUCTION, stack));

        assertEquals(stack, assertInstanceOf(Outcome.Proposal.class, outcome).stack());
    }

    @Test
    void anUnknownTypeIsAnsweredWithWhatIsOfferedAndTheNearest() {
        assertEquals(
                "/input/resources/0/type: the type 'eks_clutser' is not offered. Did you mean"
                        + " eks_cluster? Offered: eks_cluster (aws: EKS cluster). For anything"
                        + " else, submit files of your own as a change set.",
                refusal(input(with(cluster("a"), "type", "eks_clutser"))));
        assertEquals(
                "/input/resources/1/type: the type 'rds' is not offered. Offered: eks_cluster"
                        + " (aws: EKS cluster). For anything else, submit files of your own as a"
                        + " change set.",
                refusal(input(cluster("a"), with(cluster("b"), "type", "rds"))));
        assertEquals(
                "/input/provider: the provider 'awz' is not offered. Did you mean 'aws'? Offered:"
                        + " aws. For another, submit files of your own as a change set.",
                refusal(withProvider("awz")));
    }

    @Test
    void aValueThatCannotBeUsedIsNamedWithItsPlace() {
        assertEquals(
                "/input/resources/0/node_cuont: there is no input 'node_cuont'. Did you mean"
                        + " 'node_count'?",
                cut(refusal(input(with(cluster("a"), "node_cuont", 3L)))));
        assertEquals(
                "/input/resources/0/node_count: this is a text.",
                cut(refusal(input(with(cluster("a"), "node_count", "3")))));
        assertEquals(
                "/input/resources/0/node_count: 0 is out of bounds. Use a whole number from 1 to"
                        + " 450.",
                refusal(input(with(cluster("a"), "node_count", 0L))));
        assertEquals(
                "/input/resources/0/name: 'A!' is not 1 to 30 lower-case letters, digits or '-',"
                        + " starting with a letter and not ending with '-'.",
                cut(refusal(input(cluster("A!")))));
        assertEquals(
                "/input/resources/0/kubernetes_version: 'v1.35' is not offered. Did you mean"
                        + " '1.35'?",
                cut(refusal(input(with(cluster("a"), "kubernetes_version", "v1.35")))));
        assertEquals(
                "/input/resources/0/zones/1: 'eu-central-1b' does not belong to 'eu-west-1'."
                        + " Change it or region.",
                refusal(
                        input(
                                with(
                                        cluster("a"),
                                        "zones",
                                        List.of("eu-west-1a", "eu-central-1b")))));
        assertEquals(
                "/input/resources/0/node_min: 'node_min' is 4 where node_count is 3. Use at most"
                        + " 3.",
                refusal(input(with(cluster("a"), "node_min", 4L))));
        assertEquals(
                "/input/resources/0/api_access_cidrs/0: '0.0.0.0/0' is not a usable network. Use a"
                        + " private IPv4 network with a prefix of /12 to /32, for example"
                        + " [10.8.0.0/16].",
                refusal(input(with(cluster("a"), "api_access_cidrs", List.of("0.0.0.0/0")))));
        assertEquals(
                "/input/resources/0/vpc_cidr: '10.0.0.1/16' is not a usable network.",
                cut(refusal(input(with(cluster("a"), "vpc_cidr", "10.0.0.1/16")))));
        assertEquals(
                "/input/resources/1/name: two resources are named 'a'. Give each a name of its"
                        + " own.",
                refusal(input(cluster("a"), cluster("a"))));
    }

    @Test
    void productionKeepsItsProtectionWhateverIsAsked() {
        assertEquals(
                "/input/resources/0/deletion_protection: 'deletion_protection' is false. Here it is"
                        + " always true: leave it out.",
                refusal(input(with(cluster("a"), "deletion_protection", false))));
    }

    @Test
    void hostileTextsAreRefusedOrWrittenAsTheTextTheyAre() {
        for (String hostile : HOSTILE) {
            for (String input : List.of("name", "region", "owner", "cost_center", "state_bucket")) {
                assertThrows(
                        InvalidInput.class,
                        () -> proposal(input(with(cluster("a"), input, hostile))),
                        input + " " + hostile);
            }
            assertThrows(
                    InvalidInput.class,
                    () -> proposal(input(with(cluster("a"), "tags", Map.of(hostile, "x")))));
            assertThrows(
                    InvalidInput.class,
                    () -> proposal(input(with(cluster("a"), "tags", Map.of("x", hostile)))));
        }
    }

    @Test
    void namesLeadNowhereElse() {
        for (String path : List.of("../../etc", "/etc/passwd", "a/../b", "a//b", "")) {
            for (String input : List.of("name", "region", "state_bucket", "state_key")) {
                assertThrows(
                        InvalidInput.class,
                        () -> proposal(input(with(cluster("a"), input, path))),
                        input + " " + path);
            }
        }
    }

    private static final List<String> HOSTILE =
            List.of(
                    "${file(\"/etc/passwd\")}",
                    "%{ for x in y }",
                    "a\"\nevil = \"b",
                    "a\nb",
                    "a\u202Eb",
                    "a\u200Bb",
                    "a\u0000b",
                    "a\\",
                    "<<EOT\nx\nEOT",
                    "\uD800",
                    "a".repeat(3_000),
                    "a;rm -rf /",
                    "$(id)",
                    "`id`");

    @Test
    void whatIsMissingIsAskedForWithItsSchemaAndAnExample() {
        Outcome.InputRequired nothing = required(Map.of());
        Outcome.InputRequired name =
                required(input(Map.of("type", "eks_cluster", "region", "us-west-1")));

        assertEquals(
                List.of("/input/resources", "/input/environment"),
                nothing.missing().stream().map(Outcome.MissingInput::pointer).toList());
        assertEquals(
                List.of(
                        "/input/resources/0/name",
                        "/input/resources/0/node_count",
                        "/input/resources/0/zones"),
                name.missing().stream().map(Outcome.MissingInput::pointer).toList());
        assertEquals(
                Map.of("task", Map.of("type", "devops.terraform", "input", CAPABILITY.example())),
                name.example());
    }

    @Test
    void theEnvironmentIsNamedOnce() {
        Map<String, Object> input = new LinkedHashMap<>(input(cluster("a")));
        input.put("environment", "staging");

        assertEquals(
                "/input/environment: the input says 'staging' and the task 'production'. Name one"
                        + " environment.",
                refusal(input));
    }

    private static String refusal(Map<String, Object> input) {
        return assertThrows(InvalidInput.class, () -> proposal(input)).getMessage();
    }

    /// The fact and the suggestion, without the list of what there is.
    private static String cut(String message) {
        int end = message.indexOf('?');
        return end >= 0
                ? message.substring(0, end + 1)
                : message.substring(0, message.indexOf(". ") + 1);
    }

    private static Outcome.InputRequired required(Map<String, Object> input) {
        Environment environment = input.isEmpty() ? null : Environment.PRODUCTION;
        return assertInstanceOf(
                Outcome.InputRequired.class,
                CAPABILITY.perform(CAPABILITY.read(input), new Work(environment, null)));
    }

    private static Outcome.Proposal proposal(Map<String, Object> input) {
        return assertInstanceOf(
                Outcome.Proposal.class,
                CAPABILITY.perform(CAPABILITY.read(input), new Work(Environment.PRODUCTION, null)));
    }

    private static Outcome.Proposal perform(Map<String, Object> resource, String environment) {
        return assertInstanceOf(
                Outcome.Proposal.class,
                CAPABILITY.perform(
                        CAPABILITY.read(input(resource)),
                        new Work(new Environment(environment), null)));
    }

    @SafeVarargs
    private static Map<String, Object> input(Map<String, Object>... resources) {
        return Map.of("provider", "aws", "resources", List.of(resources));
    }

    private static Map<String, Object> withProvider(String provider) {
        return Map.of("provider", provider, "resources", List.of(cluster("a")));
    }

    private static Map<String, Object> cluster(String name) {
        Map<String, Object> cluster = new LinkedHashMap<>();
        cluster.put("type", "eks_cluster");
        cluster.put("name", name);
        cluster.put("node_count", 3L);
        return cluster;
    }

    private static Map<String, Object> with(
            Map<String, Object> resource, String name, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(resource);
        changed.put(name, value);
        return changed;
    }

    private static List<String> protections(String tfvars) {
        return tfvars.lines()
                .filter(line -> line.startsWith("nat_") || line.startsWith("deletion_"))
                .map(line -> line.replaceAll(" +", " "))
                .toList();
    }

    private static String text(Outcome.Proposal proposal, String name) {
        return proposal.artifacts().find(name).map(Artifact::text).orElseThrow();
    }
}
