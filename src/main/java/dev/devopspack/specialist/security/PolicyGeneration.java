package dev.devopspack.specialist.security;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.Scan;
import dev.devopspack.specialist.Capability;
import dev.devopspack.specialist.InputSchema;
import dev.devopspack.specialist.Outcome;
import dev.devopspack.specialist.Pointer;
import dev.devopspack.specialist.Work;
import dev.devopspack.specialist.security.PolicyData.Constraint;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.StackName;
import dev.devopspack.task.TaskType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `policy_generation`: policies in six languages, each checked as far as that can be done here.
/// What was not checked is said.
final class PolicyGeneration implements Capability<PolicyInput> {

    private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");

    /// An image's beginning or a label's key: nothing that could leave the text around it.
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:-]{0,252}");

    /// A policy that asks for more is read by nobody.
    private static final int MAX_VALUES = 50;

    private static final String KUBE_SYSTEM = "kube-system";

    private final PolicyData data = PolicyData.shipped();
    private final AwsPolicies aws;

    PolicyGeneration(RuleCatalog rules) {
        this.aws = new AwsPolicies(data, new Scan(rules));
    }

    @Override
    public String name() {
        return "policy_generation";
    }

    @Override
    public String description() {
        return "Policies as files, each checked: our rules, ValidatingAdmissionPolicy, Kyverno, Rego,"
                + " service control policies, least-privilege IAM from API calls.";
    }

    @Override
    public Class<PolicyInput> inputType() {
        return PolicyInput.class;
    }

    /// A policy file acts on nothing before somebody deploys it.
    @Override
    public boolean targetsEnvironment() {
        return false;
    }

    @Override
    public Map<String, Object> inputSchema() {
        Map<String, Object> properties = InputSchema.properties(PolicyInput.class);
        properties.put("constraints", choices(properties, "constraints", data.constraintNames()));
        properties.put("guardrails", choices(properties, "guardrails", data.guardrailNames()));
        return InputSchema.object(properties, List.of("format", "name"));
    }

    private static Map<String, Object> choices(
            Map<String, Object> properties, String name, List<String> offered) {
        Map<String, Object> schema = new LinkedHashMap<>();
        if (properties.get(name) instanceof Map<?, ?> derived) {
            derived.forEach((key, value) -> schema.put(key.toString(), value));
        }
        Map<String, Object> items = new LinkedHashMap<>();
        items.put("type", "string");
        items.put("enum", offered);
        schema.put("items", items);
        return schema;
    }

    @Override
    public Map<String, Object> example() {
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("format", "validating_admission_policy");
        example.put("name", "hardened-pods");
        example.put("constraints", List.of("no_privileged", "run_as_non_root", "image_versions"));
        return example;
    }

    /// Files with what was checked and what was not.
    private record Made(
            List<Artifact> files, List<String> summary, List<String> claims, List<String> next) {}

    @Override
    public Outcome perform(PolicyInput input, Work work) {
        PolicyFormat format = input.format();
        String name = input.name();
        if (format == null || name == null) {
            return required(format, name);
        }
        if (!NAME.matcher(name).matches()) {
            throw new InvalidInput(
                    "/input/name",
                    "'" + Pointer.shown(name) + "' is no name",
                    "Use 1 to 63 lower-case letters, digits or '-', starting with a letter.");
        }
        Made made =
                switch (format) {
                    case RULE -> rule(input);
                    case VALIDATING_ADMISSION_POLICY -> admission(name, input);
                    case KYVERNO -> kyverno(name, input);
                    case REGO -> rego(name, input);
                    case SCP -> scp(name, input);
                    case IAM -> iam(name, input);
                };
        return new Outcome.Proposal(
                new Artifacts(made.files()),
                made.summary(),
                made.claims(),
                made.next(),
                work.stack() != null ? work.stack() : new StackName("policies/" + name),
                List.of(),
                data.digest());
    }

    private Outcome required(@Nullable PolicyFormat format, @Nullable String name) {
        List<Outcome.MissingInput> missing = new ArrayList<>();
        Map<String, Object> schema = inputSchema();
        if (format == null) {
            missing.add(missing("format", "Which language the policy is for.", schema, "kyverno"));
        }
        if (name == null) {
            missing.add(missing("name", "What the policy is called.", schema, "hardened-pods"));
        }
        Map<String, Object> task = new LinkedHashMap<>();
        task.put("type", TaskType.SECURITY.value());
        task.put("capability", name());
        task.put("input", example());
        return new Outcome.InputRequired(missing, schema, Map.of("task", task));
    }

    private static Outcome.MissingInput missing(
            String input, String description, Map<String, Object> schema, Object example) {
        Map<String, Object> own = new LinkedHashMap<>();
        if (schema.get("properties") instanceof Map<?, ?> properties
                && properties.get(input) instanceof Map<?, ?> found) {
            found.forEach((key, value) -> own.put(key.toString(), value));
        }
        return new Outcome.MissingInput("/input/" + input, description, own, example);
    }

    private static Made rule(PolicyInput input) {
        if (input.rule() == null) {
            throw missingPart("rule", "what it judges and what must hold");
        }
        WrittenRule rule = WrittenRule.of(input.rule());
        return new Made(
                List.of(Artifact.of("rules/" + rule.fileName(), rule.text())),
                List.of(
                        "Rule " + input.rule().id() + ": " + input.rule().title() + ".",
                        "Checked: it was read and compiled; it holds for its passing example and fails"
                                + " for the other."),
                List.of(),
                List.of(
                        "Put it into the folder that devopspack.rules.directory names, or try it:"
                                + " devops-pack scan DIR --rules rules"));
    }

    private Made admission(String name, PolicyInput input) {
        KubernetesPolicies policies = kubernetes(name, input);
        return new Made(
                List.of(Artifact.of("admission/" + name + ".yaml", policies.admissionPolicy())),
                List.of(
                        summary(policies, "ValidatingAdmissionPolicy"),
                        "Checked: each expression was compiled and tried on a pod that keeps it and on"
                                + " one that does not."),
                List.of("No API server has seen it."),
                List.of(
                        "kubectl apply --server-side --dry-run=server -f admission/"
                                + name
                                + ".yaml",
                        "Begin with `action: warn` or `audit` where workloads run already."));
    }

    private Made kyverno(String name, PolicyInput input) {
        KubernetesPolicies policies = kubernetes(name, input);
        return new Made(
                List.of(Artifact.of("kyverno/" + name + ".yaml", policies.kyverno())),
                List.of(
                        summary(policies, "Kyverno"),
                        "Checked: each expression was compiled and tried on a pod that keeps it and on"
                                + " one that does not; the fields around them by structure only."),
                List.of("Kyverno itself has not read it."),
                List.of("kyverno apply kyverno/" + name + ".yaml --resource YOUR.yaml"));
    }

    private Made rego(String name, PolicyInput input) {
        KubernetesPolicies policies = kubernetes(name, input);
        return new Made(
                List.of(Artifact.of("rego/" + name + ".rego", policies.rego())),
                List.of(
                        summary(policies, "Rego"),
                        "Checked: the shape (package, brackets, strings), and the same constraints in CEL"
                                + " on examples. Every constraint is compiled and evaluated by Open"
                                + " Policy Agent 0.47 in this program's tests."),
                List.of("No Rego compiler has read this file."),
                List.of(
                        "opa check --strict rego/" + name + ".rego",
                        "conftest test --namespace "
                                + policies.regoPackage()
                                + " -p rego YOUR.yaml"));
    }

    private static String summary(KubernetesPolicies policies, String language) {
        return language
                + " "
                + policies.name()
                + " "
                + policies.verb()
                + " workloads that break one of "
                + policies.constraints().size()
                + " constraints"
                + (policies.except().isEmpty()
                        ? "."
                        : ", outside of " + String.join(", ", policies.except()) + ".");
    }

    private KubernetesPolicies kubernetes(String name, PolicyInput input) {
        List<String> names = input.constraints() == null ? List.of() : input.constraints();
        if (names.isEmpty()) {
            throw missingPart(
                    "constraints", "some of " + String.join(", ", data.constraintNames()));
        }
        List<KubernetesPolicies.Bound> bound = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String wanted = names.get(i);
            String pointer = Pointer.item("/input/constraints", i);
            Constraint constraint =
                    data.constraint(wanted)
                            .orElseThrow(() ->
                                    AwsPolicies.notOffered(
                                            pointer, wanted, data.constraintNames()));
            if (names.indexOf(wanted) == i) {
                bound.add(new KubernetesPolicies.Bound(constraint, values(constraint, input)));
            }
        }
        List<String> except =
                input.exceptNamespaces() == null ? List.of(KUBE_SYSTEM) : input.exceptNamespaces();
        for (int i = 0; i < except.size(); i++) {
            if (!NAME.matcher(except.get(i)).matches()) {
                throw new InvalidInput(
                        Pointer.item("/input/except_namespaces", i),
                        "this is no name of a namespace",
                        "Name one, for example kube-system.");
            }
        }
        KubernetesPolicies policies =
                new KubernetesPolicies(
                        name,
                        bound,
                        input.action() == null ? PolicyInput.Action.DENY : input.action(),
                        except,
                        new AdmissionExpressions());
        policies.tryAll();
        return policies;
    }

    private static List<String> values(Constraint constraint, PolicyInput input) {
        String from = constraint.values();
        if (from == null) {
            return List.of();
        }
        boolean registries = from.equals("registries");
        List<String> given = registries ? input.registries() : input.labels();
        if (given == null || given.isEmpty() || given.size() > MAX_VALUES) {
            throw new InvalidInput(
                    "/input/" + from,
                    constraint.name() + " needs 1 to " + MAX_VALUES + " " + from,
                    registries
                            ? "Add `registries: [registry.example.com/]`."
                            : "Add `labels: [team]`.");
        }
        for (int i = 0; i < given.size(); i++) {
            boolean fits =
                    VALUE.matcher(given.get(i)).matches()
                            && (!registries || given.get(i).endsWith("/"));
            if (!fits) {
                throw new InvalidInput(
                        Pointer.item("/input/" + from, i),
                        "'" + Pointer.shown(given.get(i)) + "' is none of the " + from,
                        registries
                                ? "Write how names of images begin, with a / at the end: without it"
                                        + " registry.example.com.evil.example would pass."
                                : "Write the key of a label.");
            }
        }
        return given;
    }

    private Made scp(String name, PolicyInput input) {
        List<String> guardrails = input.guardrails() == null ? List.of() : input.guardrails();
        if (guardrails.isEmpty()) {
            throw missingPart("guardrails", "some of " + String.join(", ", data.guardrailNames()));
        }
        AwsPolicies.Document document =
                aws.serviceControl(
                        guardrails.stream().distinct().toList(),
                        input.regions() == null ? List.of() : input.regions());
        return new Made(
                List.of(Artifact.of("scp/" + name + ".json", document.text())),
                List.of(
                        "Service control policy "
                                + name
                                + ": "
                                + document.statements()
                                + " statements that deny.",
                        "Checked: the elements, operators and wildcards that AWS documents for service"
                                + " control policies; "
                                + document.text().length()
                                + " of "
                                + AwsPolicies.MAX_SCP
                                + " characters, white space counted as AWS does. Every action and"
                                + " condition key stands in AWS's service authorization reference of"
                                + " September 2026, by this program's tests.",
                        "It grants nothing: what it does not deny still needs an allow."),
                List.of(
                        "AWS has not read it. It does not bind the organisation's management"
                                + " account."),
                List.of(
                        "Attach it to one test account first.",
                        "aws organizations create-policy --type SERVICE_CONTROL_POLICY --name "
                                + name
                                + " --content file://scp/"
                                + name
                                + ".json --description "
                                + name));
    }

    private Made iam(String name, PolicyInput input) {
        List<String> calls = input.calls() == null ? List.of() : input.calls();
        if (calls.isEmpty() || calls.size() > AwsPolicies.MAX_CALLS) {
            throw missingPart("calls", "1 to " + AwsPolicies.MAX_CALLS + " calls of an API");
        }
        Map<String, List<String>> resources =
                input.resources() == null ? Map.of() : input.resources();
        AwsPolicies.Document document = aws.leastPrivilege(calls, resources);
        List<String> summary = new ArrayList<>();
        summary.add(
                "IAM policy " + name + ": " + document.statements() + " statements for the calls.");
        summary.add(
                document.findings().isEmpty()
                        ? "Checked: the rules about policies find nothing in it."
                        : "Checked: the rules about policies find "
                                + document.findings().size()
                                + ":");
        document.findings().stream()
                .map(finding ->
                        finding.severity().label()
                                + " "
                                + finding.rule()
                                + ": "
                                + finding.message()
                                + ". "
                                + finding.mend())
                .distinct()
                .forEach(summary::add);
        List<String> claims = new ArrayList<>();
        claims.add(
                "AWS has not read it: a call's action usually has its name, and the exceptions that"
                        + " are known were translated.");
        List<String> unused = aws.unused(resources.keySet(), calls);
        if (!unused.isEmpty()) {
            claims.add("No call needs the resources of " + String.join(", ", unused) + ".");
        }
        return new Made(
                List.of(Artifact.of("iam/" + name + ".json", document.text())),
                summary,
                claims,
                List.of(
                        "aws accessanalyzer validate-policy --policy-type IDENTITY_POLICY"
                                + " --policy-document file://iam/"
                                + name
                                + ".json"));
    }

    private static InvalidInput missingPart(String input, String what) {
        return new InvalidInput(
                "/input/" + input, "this format needs `" + input + "`", "Add " + what + ".");
    }
}
