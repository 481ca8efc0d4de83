package dev.devopspack.policy.workflow;

import dev.devopspack.language.Span;
import dev.devopspack.language.workflow.ExpressionUse;
import dev.devopspack.language.workflow.Job;
import dev.devopspack.language.workflow.Step;
import dev.devopspack.language.workflow.Workflow;
import dev.devopspack.language.workflow.expression.ContextPath;
import dev.devopspack.language.workflow.expression.Expression;
import dev.devopspack.language.workflow.expression.ExpressionParser;
import dev.devopspack.language.yaml.YamlNode.Scalar;
import dev.devopspack.policy.subject.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The subjects that are about expressions.
final class ExpressionParts {

    /// Of more variables none is followed, which bounds the time a hostile file takes.
    private static final int MAX_VARIABLES = 300;

    private final FileFacts facts;
    private final Map<String, Scalar> workflowEnv;
    private final Map<String, Job> jobs = new HashMap<>();

    private ExpressionParts(FileFacts facts, Map<String, Scalar> workflowEnv) {
        this.facts = facts;
        this.workflowEnv = workflowEnv;
    }

    static List<Subject> of(List<ExpressionUse> uses, Workflow workflow, FileFacts facts) {
        ExpressionParts parts = new ExpressionParts(facts, workflow.env());
        workflow.jobs().forEach(job -> parts.jobs.put(job.id(), job));
        return uses.stream().map(parts::expression).toList();
    }

    static List<Subject> of(List<ExpressionUse> uses, FileFacts facts) {
        ExpressionParts parts = new ExpressionParts(facts, Map.of());
        return uses.stream().map(parts::expression).toList();
    }

    private Subject expression(ExpressionUse use) {
        Step step = use.step();
        Span around = step == null ? use.span() : step.span();
        Optional<Expression> tree = use.tree();
        List<ContextPath> paths = tree.map(ContextPath::in).orElse(List.of());
        List<String> names = paths.stream().map(ContextPath::path).distinct().toList();
        ExpressionShape shape = ExpressionShape.of(tree);
        return new Draft("github/Expression", address(use), facts.file(), around, around.endLine())
                .put("text", use.text().strip())
                .put("key", use.key())
                .put("name", use.name())
                .put("isCode", isCode(use))
                .put("paths", names)
                .put("untrusted", names.stream().filter(UntrustedInput::is).toList())
                .put("untrustedVia", untrustedVia(use, names))
                .put("harmless", tree.isPresent() && isHarmless(tree.get(), names))
                .put("fixed", isFixed(use) || isWritten(use, names))
                .put("secrets", names.stream().filter(name -> name.startsWith("secrets.")).toList())
                .put("allSecrets", names.contains("secrets") || shape.computesSecret())
                .put("partOfSecret", shape.partOfSecret())
                .put("computed", paths.stream().anyMatch(ContextPath::computed))
                .put("reducible", shape.reducible())
                .put("asksForBot", shape.asksForBot())
                .put("containsIn", shape.containsIn())
                .put("falsyChoice", shape.falsyChoice())
                .put("openToAll", facts.openToAll())
                .allAt(use.span())
                .subject(false);
    }

    private String address(ExpressionUse use) {
        String job = use.job();
        Step step = use.step();
        String inside = job == null ? (facts.isAction() ? "runs" : "workflow") : "jobs." + job;
        return step == null ? inside : inside + ".steps[" + step.index() + "]";
    }

    /// Whether its value becomes part of what a shell or another interpreter runs.
    private static boolean isCode(ExpressionUse use) {
        Step step = use.step();
        if (use.key().equals("run")) {
            return true;
        }
        return use.key().equals("with")
                && step != null
                && step.uses()
                        .filter(uses ->
                                CodeInputs.isCode(
                                        uses.repository(), use.name().toLowerCase(Locale.ROOT)))
                        .isPresent();
    }

    /// What others may write that comes through a variable or with the object around it.
    private List<String> untrustedVia(ExpressionUse use, List<String> names) {
        List<String> untrusted = new ArrayList<>();
        for (String name : names) {
            if (UntrustedInput.isHolder(name)) {
                untrusted.add(name);
            } else if (name.startsWith("env.")) {
                Scalar value = variable(use, name.substring("env.".length()));
                if (value != null) {
                    untrusted.addAll(untrustedIn(value.content()));
                }
            }
        }
        return untrusted;
    }

    private @Nullable Scalar variable(ExpressionUse use, String name) {
        Step step = use.step();
        String job = use.job();
        Scalar ofStep = step == null ? null : named(step.env(), name);
        if (ofStep != null) {
            return ofStep;
        }
        Job inside = job == null ? null : jobs.get(job);
        Scalar ofJob = inside == null ? null : named(inside.env(), name);
        return ofJob != null ? ofJob : named(workflowEnv, name);
    }

    private static @Nullable Scalar named(Map<String, Scalar> env, String name) {
        if (env.size() > MAX_VARIABLES) {
            return null;
        }
        return env.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private static List<String> untrustedIn(String value) {
        int open = value.indexOf("${{");
        int close = value.indexOf("}}", Math.max(open, 0));
        if (open < 0 || close < 0) {
            return List.of();
        }
        return ExpressionParser.parse(value.substring(open + 3, close))
                .tree()
                .map(ContextPath::in)
                .orElse(List.of())
                .stream()
                .map(ContextPath::path)
                .filter(path -> UntrustedInput.is(path) || UntrustedInput.isHolder(path))
                .toList();
    }

    /// Whether the file itself writes out all values that it can have, each of them a plain word: a
    /// version, a runner.
    private boolean isFixed(ExpressionUse use) {
        Job job = use.job() == null ? null : jobs.get(use.job());
        if (job == null) {
            return false;
        }
        MatrixValues values = MatrixValues.of(job, "${{" + use.text() + "}}");
        return values.known() && values.values().stream().allMatch(ExpressionParts::isPlainWord);
    }

    /// Whether it reads only names that GitHub keeps plain and variables whose values stand in the
    /// file as they are: nothing comes in.
    private boolean isWritten(ExpressionUse use, List<String> names) {
        return !names.isEmpty()
                && names.stream()
                        .allMatch(name -> {
                            Scalar value =
                                    name.startsWith("env.")
                                            ? variable(use, name.substring("env.".length()))
                                            : null;
                            return UntrustedInput.isPlainName(name)
                                    || (value != null && !value.content().contains("${{"));
                        });
    }

    private static boolean isPlainWord(String value) {
        return !value.isEmpty()
                && value.chars()
                        .allMatch(c ->
                                (c >= 'a' && c <= 'z')
                                        || (c >= 'A' && c <= 'Z')
                                        || (c >= '0' && c <= '9')
                                        || ".-_/:+,@".indexOf(c) >= 0);
    }

    /// Whether it can only be a number, a commit or another thing that holds no command. What the
    /// people who run the repository keep as secrets they trust.
    private static boolean isHarmless(Expression tree, List<String> names) {
        return ContextPath.of(tree).isPresent()
                && names.stream()
                        .allMatch(name ->
                                UntrustedInput.isHarmless(name) || name.startsWith("secrets."));
    }
}
