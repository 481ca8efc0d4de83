package dev.devopspack.policy;

import dev.devopspack.language.hcl.evaluation.EvaluatedAttribute;
import dev.devopspack.language.hcl.evaluation.EvaluatedBlock;
import dev.devopspack.language.hcl.evaluation.EvaluatedBody;
import dev.devopspack.language.hcl.evaluation.EvaluatedModule;
import dev.devopspack.policy.subject.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Calls of public registry modules whose arguments go to a resource under the same name.
///
/// The files of such a module are not at hand, so its call is read as the resources it makes, but
/// only as far as the arguments tell: whatever else a rule asks about is not known.
final class RegistryModules {

    /// A version constraint begins with its lowest version: `~> 3.7`, `>= 2.0, < 4.0`.
    private static final Pattern VERSION = Pattern.compile("[=~> ]*(\\d{1,4})(?:\\.(\\d{1,4}))?");

    /// @param type what the module makes
    /// @param when the argument without which the module makes none; empty where it always does
    /// @param renamed the resource's name of an argument by the module's, where they differ
    /// @param sameDefault arguments that the module leaves to the resource where they are not given
    /// @param below the `major * 1000 + minor` from which on `sameDefault` is not so any more
    private record Made(
            String type,
            String when,
            Map<String, String> renamed,
            Set<String> sameDefault,
            int below) {}

    private static final int ALWAYS = Integer.MAX_VALUE;

    private static final Set<String> BLOCKS =
            Set.of(
                    "block_public_acls",
                    "block_public_policy",
                    "ignore_public_acls",
                    "restrict_public_buckets");

    private static final Map<String, List<Made>> MODULES =
            Map.ofEntries(
                    Map.entry(
                            "terraform-aws-modules/s3-bucket/aws",
                            List.of(
                                    made(
                                            "aws_s3_bucket",
                                            "acl",
                                            "grant",
                                            "policy",
                                            "versioning",
                                            "versioning_configuration",
                                            "logging",
                                            "website",
                                            "cors_rule",
                                            "lifecycle_rule",
                                            "replication_configuration"),
                                    new Made(
                                            "aws_s3_bucket_public_access_block",
                                            "",
                                            Map.of(),
                                            BLOCKS,
                                            3_011))),
                    Map.entry(
                            "terraform-aws-modules/rds/aws",
                            List.of(
                                    made(
                                            "aws_db_instance",
                                            "auto_minor_version_upgrade",
                                            "ca_cert_identifier",
                                            "publicly_accessible",
                                            "deletion_protection",
                                            "multi_az",
                                            "iam_database_authentication_enabled",
                                            "performance_insights_enabled"))),
                    Map.entry(
                            "terraform-aws-modules/ec2-instance/aws",
                            List.of(
                                    made(
                                            "aws_instance",
                                            "associate_public_ip_address",
                                            "monitoring",
                                            "user_data",
                                            "user_data_base64",
                                            "ebs_optimized",
                                            "launch_template",
                                            "network_interface",
                                            "security_groups",
                                            "subnet_id",
                                            "vpc_security_group_ids"))),
                    Map.entry(
                            "terraform-aws-modules/vpc/aws",
                            List.of(
                                    new Made(
                                            "aws_subnet",
                                            "map_public_ip_on_launch",
                                            Map.of(),
                                            Set.of(),
                                            ALWAYS),
                                    new Made(
                                            "aws_default_network_acl",
                                            "default_network_acl_ingress",
                                            Map.of(
                                                    "default_network_acl_ingress",
                                                    "ingress",
                                                    "default_network_acl_egress",
                                                    "egress"),
                                            Set.of(),
                                            ALWAYS),
                                    new Made(
                                            "aws_default_security_group",
                                            "default_security_group_ingress",
                                            Map.of(
                                                    "default_security_group_ingress",
                                                    "ingress",
                                                    "default_security_group_egress",
                                                    "egress"),
                                            Set.of(),
                                            ALWAYS))),
                    Map.entry(
                            "terraform-aws-modules/alb/aws",
                            List.of(
                                    new Made(
                                            "aws_lb",
                                            "",
                                            Map.of(),
                                            Set.of(
                                                    "load_balancer_type",
                                                    "drop_invalid_header_fields",
                                                    "enable_deletion_protection",
                                                    "access_logs",
                                                    "internal"),
                                            9_000))),
                    Map.entry(
                            "terraform-aws-modules/elb/aws",
                            List.of(made("aws_elb", "access_logs", "internal"))),
                    Map.entry(
                            "terraform-aws-modules/autoscaling/aws",
                            List.of(
                                    made("aws_autoscaling_group", "tags", "tag"),
                                    new Made(
                                            "aws_launch_configuration",
                                            "root_block_device",
                                            Map.of(),
                                            Set.of("ebs_block_device", "launch_template"),
                                            ALWAYS))),
                    Map.entry(
                            "terraform-aws-modules/security-group/aws",
                            List.of(
                                    new Made(
                                            "aws_security_group",
                                            "ingress_with_cidr_blocks",
                                            Map.of("ingress_with_cidr_blocks", "ingress"),
                                            Set.of(),
                                            ALWAYS),
                                    new Made(
                                            "aws_vpc_security_group_ingress_rule",
                                            "ingress_cidr_blocks",
                                            Map.of("ingress_cidr_blocks", "cidr_blocks"),
                                            Set.of(),
                                            ALWAYS))),
                    Map.entry(
                            "terraform-aws-modules/sqs/aws",
                            List.of(made("aws_sqs_queue", "policy"))));

    private RegistryModules() {}

    private static Made made(String type, String... sameDefault) {
        return new Made(type, "", Map.of(), Set.of(sameDefault), ALWAYS);
    }

    static Stream<TerraformSubject> of(
            EvaluatedModule.Call call, Subject.Surroundings surroundings) {
        if (call.local()) {
            return Stream.empty();
        }
        String source = call.source().replaceFirst("^registry\\.terraform\\.io/", "");
        EvaluatedBody body = call.block().body();
        return MODULES.getOrDefault(source, List.of()).stream()
                .filter(made -> made.when().isEmpty() || isWritten(body, made.when()))
                .map(made ->
                        TerraformSubject.made(
                                call,
                                made.type(),
                                renamed(body, made.renamed()),
                                isBelow(call, made.below()) ? made.sameDefault() : Set.of(),
                                surroundings));
    }

    private static boolean isWritten(EvaluatedBody body, String name) {
        return body.attribute(name).isPresent() || !body.blocks(name).isEmpty();
    }

    private static boolean isBelow(EvaluatedModule.Call call, int below) {
        if (below == ALWAYS) {
            return true;
        }
        Matcher version = VERSION.matcher(call.version().orElse(""));
        if (!version.lookingAt()) {
            return false;
        }
        String minor = version.group(2);
        int number =
                Integer.parseInt(version.group(1)) * 1_000
                        + (minor == null ? 0 : Integer.parseInt(minor));
        return number < below;
    }

    private static EvaluatedBody renamed(EvaluatedBody body, Map<String, String> names) {
        if (names.isEmpty()) {
            return body;
        }
        Map<String, EvaluatedAttribute> attributes = new LinkedHashMap<>();
        body.attributes().values().stream()
                .map(attribute -> renamed(attribute, names))
                .forEach(attribute -> attributes.put(attribute.name(), attribute));
        List<EvaluatedBlock> blocks = new ArrayList<>();
        for (EvaluatedBlock block : body.blocks()) {
            blocks.add(
                    new EvaluatedBlock(
                            names.getOrDefault(block.type(), block.type()),
                            block.labels(),
                            block.body(),
                            block.certain(),
                            block.header(),
                            block.span()));
        }
        return new EvaluatedBody(attributes, blocks, body.span());
    }

    private static EvaluatedAttribute renamed(
            EvaluatedAttribute attribute, Map<String, String> names) {
        return new EvaluatedAttribute(
                names.getOrDefault(attribute.name(), attribute.name()),
                attribute.value(),
                attribute.expression(),
                attribute.references(),
                attribute.nameSpan(),
                attribute.span());
    }
}
