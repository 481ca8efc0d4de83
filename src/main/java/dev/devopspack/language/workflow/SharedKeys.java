package dev.devopspack.language.workflow;

import dev.devopspack.language.Span;
import dev.devopspack.language.workflow.WorkflowProblem.Kind;
import dev.devopspack.language.workflow.expression.Scope;
import dev.devopspack.language.workflow.expression.Suggestion;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.language.yaml.YamlNode.Entry;
import dev.devopspack.language.yaml.YamlNode.Mapping;
import dev.devopspack.language.yaml.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Reads the keys that workflows, jobs and steps have in common.
final class SharedKeys {

    private static final Set<String> ANY_LEVEL = Set.of("read", "write", "none");
    private static final Set<String> READ_ONLY = Set.of("read", "none");
    private static final Set<String> WRITE_ONLY = Set.of("write", "none");

    /// What each scope of the token takes.
    private static final Map<String, Set<String>> SCOPES = new TreeMap<>();

    static {
        for (String scope :
                ("actions artifact-metadata attestations checks code-quality contents deployments"
                                + " discussions issues packages pages pull-requests"
                                + " repository-projects security-events statuses")
                        .split(" ")) {
            SCOPES.put(scope, ANY_LEVEL);
        }
        SCOPES.put("id-token", WRITE_ONLY);
        SCOPES.put("copilot-requests", WRITE_ONLY);
        SCOPES.put("models", READ_ONLY);
        SCOPES.put("vulnerability-alerts", READ_ONLY);
    }

    private final Reading reading;

    SharedKeys(Reading reading) {
        this.reading = reading;
    }

    Permissions permissions(Entry entry) {
        Span span = entry.node().span();
        if (!(entry.value() instanceof Mapping mapping)) {
            return new Permissions(span, allPermissions(entry.value()), List.of());
        }
        List<Permissions.Grant> grants = new ArrayList<>();
        for (Entry grant : mapping.entries().values()) {
            Set<String> levels = SCOPES.get(grant.key());
            if (levels == null) {
                reading.problem(
                        Kind.PERMISSIONS,
                        grant.node().span(),
                        "the token has no permission '"
                                + Reading.shortened(grant.key())
                                + "'"
                                + Suggestion.mend(grant.key(), SCOPES.keySet()));
            }
            String level =
                    reading.plainText(grant.value(), grant.key()).map(Scalar::content).orElse("");
            if (levels != null && !level.isEmpty() && !levels.contains(level)) {
                reading.problem(
                        Kind.PERMISSIONS,
                        grant.value().span(),
                        "the permission '"
                                + grant.key()
                                + "' is "
                                + (levels == ANY_LEVEL
                                        ? "read, write or none"
                                        : levels == READ_ONLY ? "read or none" : "write or none")
                                + ", not '"
                                + Reading.shortened(level)
                                + "'");
            }
            grants.add(new Permissions.Grant(grant.key(), level, grant.node().span()));
        }
        return new Permissions(span, Optional.empty(), grants);
    }

    private Optional<String> allPermissions(YamlNode node) {
        Optional<String> all =
                reading.plainText(node, "permissions")
                        .map(Scalar::content)
                        .filter(text -> text.equals("read-all") || text.equals("write-all"));
        if (all.isEmpty() && node instanceof Scalar) {
            reading.problem(
                    Kind.PERMISSIONS,
                    node.span(),
                    "'permissions' is read-all, write-all or a mapping such as 'contents: read'");
        }
        return all;
    }

    Optional<Concurrency> concurrency(Entry entry, Scope scope) {
        Span span = entry.node().span();
        if (!(entry.value() instanceof Mapping mapping)) {
            return reading.filledText(entry.value(), "concurrency", scope)
                    .map(group -> new Concurrency(span, group.content(), Optional.empty()));
        }
        reading.keys(mapping, "'concurrency'", List.of("group", "cancel-in-progress", "queue"));
        if (mapping.get("group").isEmpty()) {
            reading.syntax(span, "'concurrency' has no 'group'");
        }
        Optional<String> group =
                mapping.get("group")
                        .flatMap(node -> reading.filledText(node, "group", scope))
                        .map(Scalar::content);
        Optional<YamlNode> cancels = mapping.get("cancel-in-progress");
        cancels.ifPresent(node -> reading.bool(node, "cancel-in-progress", scope));
        return Optional.of(
                new Concurrency(span, group.orElse(""), cancels.flatMap(YamlNode::text)));
    }

    /// Variables by name, with their values as written.
    Map<String, Scalar> env(YamlNode node, Scope scope) {
        Map<String, Scalar> variables = new LinkedHashMap<>();
        if (Reading.isExpression(node)) {
            reading.structure((Scalar) node, "env", scope);
            return variables;
        }
        if (!(node instanceof Mapping mapping)) {
            reading.wrongType(node, "env", "a mapping of variables");
            return variables;
        }
        for (Entry entry : mapping.entries().values()) {
            variableName(entry, scope);
            reading.text(entry.value(), "env", entry.key(), scope)
                    .ifPresent(value -> variables.put(entry.key(), value));
        }
        return variables;
    }

    private void variableName(Entry entry, Scope scope) {
        if (Template.isIn(entry.key())) {
            reading.template(entry.node(), "env", "", scope, true);
            return;
        }
        boolean isName =
                !entry.key().isEmpty()
                        && entry.key().chars().noneMatch(c -> c == '=' || c == '&' || c <= ' ');
        if (!isName) {
            reading.problem(
                    Kind.ENV_NAME,
                    entry.node().span(),
                    "'"
                            + Reading.shortened(entry.key())
                            + "' is no name of a variable; it has no '=', '&' or space");
        }
    }

    /// `defaults.run`.
    ///
    /// @return the shell
    Optional<String> defaults(Entry entry, Scope scope) {
        Optional<Mapping> defaults = reading.mapping(entry.value(), "defaults");
        if (defaults.isEmpty()) {
            return Optional.empty();
        }
        reading.keys(defaults.get(), "'defaults'", List.of("run"));
        Optional<Mapping> run =
                defaults.get().get("run").flatMap(node -> reading.mapping(node, "run"));
        run.ifPresent(found ->
                reading.keys(found, "'defaults.run'", List.of("shell", "working-directory")));
        run.flatMap(found -> found.get("working-directory"))
                .ifPresent(node -> reading.filledText(node, "working-directory", scope));
        return run.flatMap(found -> found.get("shell"))
                .flatMap(node -> reading.filledText(node, "shell", scope))
                .map(shell -> {
                    Shells.check(reading, shell, List.of());
                    return shell.content();
                });
    }
}
