package dev.devopspack.specialist.security;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.policy.Finding;
import dev.devopspack.policy.Scan;
import dev.devopspack.specialist.Pointer;
import dev.devopspack.specialist.security.PolicyData.Guardrail;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Policy documents of AWS.
final class AwsPolicies {

    /// AWS takes no longer service control policy. White space counts: what the command line sends
    /// is kept as it is.
    static final int MAX_SCP = 5_120;

    /// AWS takes no longer managed policy.
    private static final int MAX_MANAGED = 6_144;

    /// More calls are no one program's.
    static final int MAX_CALLS = 200;

    private static final Pattern CALL =
            Pattern.compile("([a-z0-9-]{1,40})(?:\\.amazonaws\\.com)?[:.]([A-Z][A-Za-z0-9]{1,80})");

    /// How CloudTrail writes a call of an older version of an API, for example
    /// `GetFunction20150331v2`.
    private static final Pattern API_VERSION = Pattern.compile("(.+?)20[0-9]{6}(?:v[0-9]+)?");

    private static final Pattern ARN =
            Pattern.compile("arn:[a-z0-9-]+:[a-z0-9-]+:[a-z0-9*-]*:[0-9*]*:[!-~]{1,500}");

    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9]");

    /// The rule that knows which actions can be limited to resources.
    private static final String NAMED_RESOURCES = "DP-AWS-IAM-003";

    private final PolicyData data;
    private final Scan scan;

    AwsPolicies(PolicyData data, Scan scan) {
        this.data = data;
        this.scan = scan;
    }

    /// @param findings what our rules say of it; nothing is hidden
    record Document(String text, int statements, List<Finding> findings) {}

    Document serviceControl(List<String> guardrails, List<String> regions) {
        List<Object> statements = new ArrayList<>();
        for (int i = 0; i < guardrails.size(); i++) {
            statements.add(statement(guardrail(guardrails.get(i), i), regions));
        }
        Map<String, Object> document = document(statements);
        ServiceControlShape.check(document);
        checkLength(document, MAX_SCP, "guardrails");
        String text = Texts.json(document);
        return new Document(
                text.length() <= MAX_SCP ? text : Texts.compact(document),
                statements.size(),
                List.of());
    }

    private Guardrail guardrail(String name, int index) {
        return data.guardrail(name)
                .orElseThrow(() ->
                        notOffered(
                                Pointer.item("/input/guardrails", index),
                                name,
                                data.guardrailNames()));
    }

    static InvalidInput notOffered(String pointer, String name, List<String> offered) {
        List<String> near = Nearest.to(name, offered, 1);
        return new InvalidInput(
                pointer,
                "'" + Pointer.shown(name) + "' is not offered",
                (near.isEmpty() ? "" : "Did you mean '" + near.getFirst() + "'? ")
                        + "Offered: "
                        + String.join(", ", offered)
                        + ".");
    }

    private static Map<String, Object> statement(Guardrail guardrail, List<String> regions) {
        Map<String, Object> statement = new LinkedHashMap<>();
        statement.put("Sid", guardrail.sid());
        statement.put("Effect", "Deny");
        if (guardrail.except() != null) {
            statement.put("NotAction", guardrail.except());
        } else {
            statement.put("Action", guardrail.actions());
        }
        statement.put("Resource", guardrail.resource() == null ? "*" : guardrail.resource());
        if (guardrail.test() != null && guardrail.key() != null) {
            statement.put(
                    "Condition",
                    Map.of(guardrail.test(), Map.of(guardrail.key(), values(guardrail, regions))));
        }
        return statement;
    }

    private static List<String> values(Guardrail guardrail, List<String> regions) {
        if (guardrail.from() == null) {
            return guardrail.values() == null ? List.of() : guardrail.values();
        }
        if (regions.isEmpty()) {
            throw new InvalidInput(
                    "/input/regions",
                    guardrail.name() + " needs the regions that are allowed",
                    "Add `regions: [eu-central-1]`.");
        }
        for (int i = 0; i < regions.size(); i++) {
            if (!REGION.matcher(regions.get(i)).matches()) {
                throw new InvalidInput(
                        Pointer.item("/input/regions", i),
                        "'" + Pointer.shown(regions.get(i)) + "' is no region of AWS",
                        "Write it as AWS does, for example eu-central-1.");
            }
        }
        return List.copyOf(new TreeSet<>(regions));
    }

    /// What a program that makes these calls needs, and nothing else.
    Document leastPrivilege(List<String> calls, Map<String, List<String>> resources) {
        checkArns(resources);
        Set<String> actions = actions(calls);
        Set<String> restrictable = restrictable(actions);
        Map<List<String>, Set<String>> byResource = new LinkedHashMap<>();
        for (String action : actions) {
            byResource
                    .computeIfAbsent(
                            resourcesOf(action, restrictable.contains(action), resources),
                            r -> new TreeSet<>())
                    .add(action);
        }
        List<Object> statements = new ArrayList<>();
        byResource.forEach((named, allowed) -> {
            Map<String, Object> statement = new LinkedHashMap<>();
            statement.put("Sid", sid(allowed, statements.size() + 1));
            statement.put("Effect", "Allow");
            statement.put("Action", List.copyOf(allowed));
            statement.put("Resource", named);
            statements.add(statement);
        });
        Map<String, Object> document = document(statements);
        checkLength(document, MAX_MANAGED, "calls");
        String text = Texts.json(document);
        return new Document(text, statements.size(), findings(text));
    }

    private static void checkArns(Map<String, List<String>> resources) {
        resources.forEach((key, arns) -> {
            for (int i = 0; i < arns.size(); i++) {
                if (!ARN.matcher(arns.get(i)).matches()) {
                    throw new InvalidInput(
                            Pointer.item(Pointer.child("/input/resources", key), i),
                            "this is no ARN",
                            "Write for example arn:aws:s3:::data/*; `*` alone is what this policy"
                                    + " avoids.");
                }
            }
        });
    }

    /// In the order of their names.
    private Set<String> actions(List<String> calls) {
        Set<String> actions = new TreeSet<>();
        for (int i = 0; i < calls.size(); i++) {
            String call = calls.get(i).strip();
            Matcher shape = CALL.matcher(call);
            if (!shape.matches()) {
                throw new InvalidInput(
                        Pointer.item("/input/calls", i),
                        "'" + Pointer.shown(call) + "' names no single call",
                        "Write service:Call as in CloudTrail, for example s3:GetObject, one each.");
            }
            Matcher version = API_VERSION.matcher(shape.group(2));
            String name = version.matches() ? version.group(1) : shape.group(2);
            String action = shape.group(1) + ":" + name;
            List<String> known = data.aws().calls().get(action);
            actions.addAll(known == null ? List.of(action) : known);
        }
        return actions;
    }

    /// Those that AWS lets be limited to resources, as the rules know it.
    private Set<String> restrictable(Set<String> actions) {
        List<String> listed = List.copyOf(actions);
        StringBuilder module = new StringBuilder();
        for (int i = 0; i < listed.size(); i++) {
            module.append("data \"aws_iam_policy_document\" \"a")
                    .append(i)
                    .append("\" {\n  statement {\n    actions   = [\"")
                    .append(listed.get(i))
                    .append("\"]\n    resources = [\"*\"]\n  }\n}\n");
        }
        if (listed.isEmpty()) {
            return Set.of();
        }
        Set<String> addresses =
                scan.of(Artifacts.of(Artifact.of("main.tf", module.toString()))).findings().stream()
                        .filter(finding -> finding.rule().equals(NAMED_RESOURCES))
                        .map(finding -> String.valueOf(finding.resource()))
                        .collect(Collectors.toSet());
        Set<String> restrictable = new TreeSet<>();
        for (int i = 0; i < listed.size(); i++) {
            String name = "aws_iam_policy_document.a" + i;
            if (addresses.stream()
                    .anyMatch(address ->
                            address.equals("data." + name)
                                    || address.equals(name)
                                    || address.startsWith("data." + name + "."))) {
                restrictable.add(listed.get(i));
            }
        }
        return restrictable;
    }

    private static List<String> resourcesOf(
            String action, boolean restrictable, Map<String, List<String>> resources) {
        if (!restrictable) {
            return List.of("*");
        }
        String service = action.substring(0, action.indexOf(':'));
        List<String> named = resources.getOrDefault(action, resources.get(service));
        List<String> fitting = named == null ? List.of() : fitting(action, named);
        if (fitting.isEmpty()) {
            throw new InvalidInput(
                    Pointer.child("/input/resources", service),
                    action + " needs its resources named" + what(action),
                    "Add the ARNs under `resources`, by service or by call.",
                    "{\"resources\": {\"" + service + "\": [\"" + exampleArn(action) + "\"]}}");
        }
        return List.copyOf(new TreeSet<>(fitting));
    }

    /// Of S3, calls on a bucket take its ARN and calls on objects those with a `/` behind it.
    private static List<String> fitting(String action, List<String> arns) {
        if (!action.startsWith("s3:")) {
            return arns;
        }
        boolean bucket = ofBucket(action);
        return arns.stream().filter(arn -> arn.contains("/") != bucket).toList();
    }

    private static boolean ofBucket(String action) {
        return action.contains("Bucket")
                || action.endsWith("Configuration") && !action.contains("Object");
    }

    private static String what(String action) {
        return action.startsWith("s3:")
                ? ofBucket(action) ? ": a bucket's ARN" : ": the ARN of objects, BUCKET/*"
                : "";
    }

    private static String exampleArn(String action) {
        String service = action.substring(0, action.indexOf(':'));
        return service.equals("s3")
                ? "arn:aws:s3:::data" + (ofBucket(action) ? "" : "/*")
                : "arn:aws:" + service + ":eu-central-1:111122223333:NAME";
    }

    private static String sid(Set<String> actions, int number) {
        String services =
                actions.stream()
                        .map(action -> action.substring(0, action.indexOf(':')))
                        .distinct()
                        .map(AwsPolicies::capitalized)
                        .limit(3)
                        .collect(Collectors.joining());
        return services + number;
    }

    private static String capitalized(String service) {
        String plain = service.replace("-", "");
        return plain.substring(0, 1).toUpperCase(Locale.ROOT) + plain.substring(1);
    }

    private static Map<String, Object> document(List<Object> statements) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("Version", "2012-10-17");
        document.put("Statement", statements);
        return document;
    }

    private static void checkLength(Map<String, Object> document, int most, String input) {
        int length = Texts.compact(document).length();
        if (length > most) {
            throw new InvalidInput(
                    "/input/" + input,
                    "the policy has " + length + " characters; AWS takes " + most,
                    "Ask for two policies.");
        }
    }

    /// The document as the rules read it: as the policy of a module.
    private List<Finding> findings(String text) {
        String module =
                "resource \"aws_iam_policy\" \"this\" {\n  policy = <<-EOT\n"
                        + text.replace("${", "$${").replace("%{", "%%{")
                        + "EOT\n}\n";
        return scan.of(Artifacts.of(Artifact.of("main.tf", module))).findings().stream()
                .filter(finding -> finding.rule().startsWith("DP-AWS-IAM-"))
                .toList();
    }

    /// Given resources that no call needs, so that a mistake is seen.
    List<String> unused(Set<String> keys, @Nullable List<String> calls) {
        Set<String> actions = actions(calls == null ? List.of() : calls);
        Map<String, Boolean> used = new TreeMap<>();
        keys.forEach(key ->
                used.put(
                        key,
                        actions.contains(key)
                                || actions.stream().anyMatch(it -> it.startsWith(key + ":"))));
        return used.entrySet().stream().filter(e -> !e.getValue()).map(Map.Entry::getKey).toList();
    }
}
