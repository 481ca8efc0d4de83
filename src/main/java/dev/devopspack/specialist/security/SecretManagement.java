package dev.devopspack.specialist.security;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.policy.Finding;
import dev.devopspack.policy.Rule;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.Scan;
import dev.devopspack.policy.ScanResult;
import dev.devopspack.policy.Secret;
import dev.devopspack.policy.SecretDetector;
import dev.devopspack.specialist.Outcome;
import dev.devopspack.specialist.Pointer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `secret_management`: which literals must go, what stands in their place, and how each is made
/// anew. It never holds a value longer than it takes to find its place.
final class SecretManagement implements JudgesFiles<SecretsInput> {

    /// More lines are no help in one answer; the facts have more.
    private static final int MAX_LINES = 25;

    /// Rules that find the literals themselves: they are told by their places already.
    private static final String LITERALS = "DP-SEC-";

    /// What a rule about secrets carries.
    private static final String AUTHENTICATORS = "IA-5";

    private final RuleCatalog rules;
    private final Scan scan;
    private final ChangeSetStore changeSets;
    private final Map<String, String> rotation = PolicyData.rotation();

    SecretManagement(RuleCatalog rules, ChangeSetStore changeSets) {
        this.rules = rules;
        this.scan = new Scan(rules);
        this.changeSets = changeSets;
    }

    @Override
    public String name() {
        return "secret_management";
    }

    @Override
    public String description() {
        return "Which secrets in the files must go, the reference to write instead, and how to rotate"
                + " each. Repeats no value.";
    }

    @Override
    public Class<SecretsInput> inputType() {
        return SecretsInput.class;
    }

    @Override
    public Map<String, Object> example() {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("name", "main.tf");
        file.put(
                "content",
                "resource \"aws_db_instance\" \"data\" {\n  password = var.password\n}\n");
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("files", List.of(file));
        example.put("store", "aws_secrets_manager");
        return example;
    }

    /// A literal and what is to be done with it.
    private record Literal(
            String file, int line, String title, String name, String instead, String rotate) {}

    @Override
    public ChangeSetStore changeSets() {
        return changeSets;
    }

    @Override
    public Outcome judge(SecretsInput input, Artifacts files) {
        SecretReferences references =
                new SecretReferences(
                        input.store() == null ? SecretStore.ENVIRONMENT : input.store());
        List<Literal> literals = new ArrayList<>();
        for (Artifact file : files) {
            for (Secret secret : SecretDetector.inFile(file.name().value(), file.text())) {
                literals.add(literal(file, secret, references));
            }
        }
        ScanResult scanned = scan.of(files);
        List<Finding> handling = handling(scanned);
        return new Outcome.Report(
                lines(literals, handling, scanned), facts(literals, handling, scanned));
    }

    private Literal literal(Artifact file, Secret secret, SecretReferences references) {
        String name = file.name().value();
        return new Literal(
                name,
                secret.line(),
                Pointer.shown(secret.title()),
                SecretReferences.word(secret.name().isEmpty() ? secret.kind() : secret.name()),
                references.of(
                        name, file.text(), secret.name().isEmpty() ? secret.kind() : secret.name()),
                rotation.getOrDefault(
                        secret.kind(), rotation.getOrDefault("*", "Make a new one.")));
    }

    /// What else is wrong with how secrets are handled, the worst first.
    private List<Finding> handling(ScanResult scanned) {
        return scanned.open().stream()
                .filter(finding -> !finding.rule().startsWith(LITERALS))
                .filter(finding ->
                        rules.find(finding.rule()).filter(SecretManagement::isAbout).isPresent())
                .sorted(Comparator.comparing(Finding::severity))
                .toList();
    }

    private static boolean isAbout(Rule rule) {
        return rule.controls().getOrDefault("nist-800-53", List.of()).contains(AUTHENTICATORS);
    }

    private static List<String> lines(
            List<Literal> literals, List<Finding> handling, ScanResult scanned) {
        List<String> lines = new ArrayList<>();
        lines.add(
                literals.isEmpty()
                        ? "No literal secret was found in "
                                + scanned.files()
                                + (scanned.files() == 1 ? " file." : " files.")
                        : literals.size()
                                + (literals.size() == 1 ? " secret stands" : " secrets stand")
                                + " in plain text. In this order: rotate, replace, commit; cleaning the"
                                + " history does not unsay what was pushed.");
        literals.stream().limit(MAX_LINES).forEach(it -> lines.add(line(it)));
        handling.stream()
                .limit(MAX_LINES)
                .forEach(it ->
                        lines.add(
                                "also "
                                        + it.severity().label()
                                        + " "
                                        + it.rule()
                                        + " "
                                        + ScanReport.at(it)
                                        + ": "
                                        + it.message()
                                        + ". "
                                        + it.mend()));
        int more =
                Math.max(0, literals.size() - MAX_LINES) + Math.max(0, handling.size() - MAX_LINES);
        if (more > 0) {
            lines.add("… and " + more + " more");
        }
        if (!literals.isEmpty()) {
            lines.add("For new values that nobody sees, ask with the capability secret_request.");
        }
        scanned.unreadable().forEach(place -> lines.add("unreadable " + place.text()));
        return lines;
    }

    private static String line(Literal literal) {
        return literal.file()
                + ":"
                + literal.line()
                + " "
                + literal.title()
                + ". Write instead: "
                + literal.instead()
                + ". Rotate: "
                + literal.rotate();
    }

    private static Map<String, Object> facts(
            List<Literal> literals, List<Finding> handling, ScanResult scanned) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("complete", scanned.complete());
        facts.put(
                "literals",
                literals.stream().limit(ScanReport.MAX_FACTS).map(SecretManagement::fact).toList());
        facts.put(
                "handling",
                handling.stream().limit(ScanReport.MAX_FACTS).map(ScanReport::finding).toList());
        return facts;
    }

    private static Map<String, Object> fact(Literal literal) {
        Map<String, Object> fact = new LinkedHashMap<>();
        fact.put("file", literal.file());
        fact.put("line", literal.line());
        fact.put("what", literal.title());
        fact.put("name", literal.name());
        fact.put("instead", literal.instead());
        fact.put("rotate", literal.rotate());
        return fact;
    }
}
