package dev.devopspack.policy;

import dev.cel.runtime.CelUnknownSet;
import dev.devopspack.policy.subject.Subject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The statements of AWS policies, whichever resource carries them.
///
/// `self` has `attachment` (`identity`, `trust`, `resource` or `document`), `resourceType`, `sid`,
/// `effect`, `actions`, `notActions`, `resources`, `notResources`, `principals`, `notPrincipals`
/// and `conditions`. A statement that an identity policy takes from a document is judged at the
/// document alone.
final class PolicyStatements {

    static final String KIND = "aws/PolicyStatement";

    private static final List<String> NAMES =
            List.of(
                    "sid",
                    "effect",
                    "actions",
                    "notActions",
                    "resources",
                    "notResources",
                    "principals",
                    "notPrincipals",
                    "conditions");

    private record Carrier(String attribute, String attachment) {}

    private static final Map<String, Carrier> CARRIERS = carriers();

    private static Map<String, Carrier> carriers() {
        Map<String, Carrier> carriers = new HashMap<>();
        for (String type :
                List.of(
                        "aws_iam_policy",
                        "aws_iam_role_policy",
                        "aws_iam_user_policy",
                        "aws_iam_group_policy",
                        "aws_iot_policy")) {
            carriers.put(type, new Carrier("policy", "identity"));
        }
        carriers.put(
                "aws_ssoadmin_permission_set_inline_policy",
                new Carrier("inline_policy", "identity"));
        carriers.put("aws_iam_role", new Carrier("assume_role_policy", "trust"));
        for (String type :
                List.of(
                        "aws_api_gateway_rest_api",
                        "aws_api_gateway_rest_api_policy",
                        "aws_backup_vault_policy",
                        "aws_ecr_registry_policy",
                        "aws_ecr_repository_policy",
                        "aws_ecrpublic_repository_policy",
                        "aws_efs_file_system_policy",
                        "aws_glacier_vault_lock",
                        "aws_glue_resource_policy",
                        "aws_kms_key",
                        "aws_kms_key_policy",
                        "aws_s3_access_point",
                        "aws_s3_bucket",
                        "aws_s3_bucket_policy",
                        "aws_secretsmanager_secret",
                        "aws_secretsmanager_secret_policy",
                        "aws_ses_identity_policy",
                        "aws_sns_topic",
                        "aws_sns_topic_policy",
                        "aws_sqs_queue",
                        "aws_sqs_queue_policy",
                        "aws_vpc_endpoint",
                        "aws_vpc_endpoint_policy")) {
            carriers.put(type, new Carrier("policy", "resource"));
        }
        for (String type : List.of("aws_cloudwatch_log_destination_policy", "aws_glacier_vault")) {
            carriers.put(type, new Carrier("access_policy", "resource"));
        }
        for (String type :
                List.of(
                        "aws_elasticsearch_domain",
                        "aws_elasticsearch_domain_policy",
                        "aws_opensearch_domain",
                        "aws_opensearch_domain_policy")) {
            carriers.put(type, new Carrier("access_policies", "resource"));
        }
        carriers.put(
                "aws_cloudwatch_log_resource_policy", new Carrier("policy_document", "resource"));
        return Map.copyOf(carriers);
    }

    private PolicyStatements() {}

    static Stream<Subject> of(TerraformSubject resource, String type) {
        if (type.equals("data.aws_iam_policy_document")) {
            return subjects(resource, type, "document", PolicyDocuments.ofDocument(resource, 0));
        }
        Carrier carrier = CARRIERS.get(type);
        if (carrier == null) {
            return Stream.empty();
        }
        Stream<Subject> own =
                subjects(
                        resource,
                        type,
                        carrier.attachment(),
                        PolicyDocuments.of(resource, carrier.attribute()));
        if (!type.equals("aws_iam_role")) {
            return own;
        }
        return Stream.concat(
                own,
                subjects(
                        resource,
                        type,
                        "identity",
                        PolicyDocuments.of(resource, "inline_policy.policy")));
    }

    private static Stream<Subject> subjects(
            TerraformSubject resource, String type, String attachment, Object statements) {
        List<?> list = statements instanceof List<?> known ? known : List.of(statements);
        return IntStream.range(0, list.size())
                .mapToObj(list::get)
                .filter(statement -> isJudgedHere(resource, attachment, statement))
                .map(statement -> subject(resource, type, attachment, statement));
    }

    private static boolean isJudgedHere(
            TerraformSubject resource, String attachment, Object statement) {
        if (!(statement instanceof PolicyDocuments.Statement known)) {
            return true;
        }
        return switch (attachment) {
            case "document" -> !known.borrowed();
            case "identity" -> isWrittenIn(resource, known);
            default -> true;
        };
    }

    private static boolean isWrittenIn(
            TerraformSubject resource, PolicyDocuments.Statement statement) {
        Subject.Place place = statement.place();
        return place.file().equals(resource.file())
                && resource.place().line() <= place.line()
                && place.line() <= resource.lastLine();
    }

    private static String carried(String type) {
        Carrier carrier = CARRIERS.get(type);
        return carrier == null ? "" : carrier.attribute();
    }

    private static Subject subject(
            TerraformSubject resource, String type, String attachment, Object statement) {
        Map<String, Object> values = new LinkedHashMap<>();
        Subject.Place place = resource.place();
        if (statement instanceof PolicyDocuments.Statement known) {
            values.putAll(known.attributes());
            place =
                    attachment.equals("document") || isWrittenIn(resource, known)
                            ? known.place()
                            : resource.placeOf(carried(type)).orElse(place);
        } else if (statement instanceof CelUnknownSet unknown) {
            NAMES.forEach(name -> values.put(name, unknown));
        }
        values.put("attachment", attachment);
        values.put("resourceType", type);
        return DerivedSubject.part(KIND, resource, place, values);
    }
}
