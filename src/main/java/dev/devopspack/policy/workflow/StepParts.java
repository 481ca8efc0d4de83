package dev.devopspack.policy.workflow;

import com.google.re2j.Pattern;
import dev.devopspack.language.Span;
import dev.devopspack.language.workflow.Job;
import dev.devopspack.language.workflow.Runners;
import dev.devopspack.language.workflow.Step;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.language.yaml.YamlNode.Scalar;
import dev.devopspack.policy.subject.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The subjects that are about a step: itself, its action, its commands, its variables.
final class StepParts {

    /// Writes to the files from which the runner takes variables and the path for later steps.
    private static final Pattern ENVIRONMENT_FILE =
            Pattern.compile(
                    "(?i)(>>?[ \\t]*\"?(\\$env:|\\$\\{env:|\\$\\{?|%)|tee[ \\t]+(-a|--append)?[ \\t]*\"?\\$\\{?"
                            + "|(out-file|add-content|set-content)[^|;]*\\$env:)GITHUB_(ENV|PATH)\\b");

    private static final Pattern VARIABLE_PART =
            Pattern.compile("\\$|`|%[A-Za-z_]+%|<<|^[ \\t]*[})]");

    private static final Pattern SECRET_EXPRESSION = Pattern.compile("\\$\\{\\{[^}]*\\bsecrets\\b");

    private static final Pattern OWN_TOKEN = Pattern.compile("(?i)\\bsecrets\\.GITHUB_TOKEN\\b");

    private static final Pattern TO_GITHUB =
            Pattern.compile("https://(api|uploads)\\.github\\.com/");

    private static final Pattern SECRET_FILE = Pattern.compile("(?i)@?[\\w./-]*secrets?\\b");

    private final Optional<Job> job;
    private final FileFacts facts;
    private final boolean keepsToken;
    private final boolean jobPublishes;

    private StepParts(Optional<Job> job, FileFacts facts) {
        this.job = job;
        this.facts = facts;
        this.keepsToken = job.filter(StepParts::keepsToken).isPresent();
        this.jobPublishes =
                job.filter(inside -> inside.steps().stream().anyMatch(Publishers::publishes))
                        .isPresent();
    }

    static StepParts ofJob(Job job, FileFacts facts) {
        return new StepParts(Optional.of(job), facts);
    }

    static StepParts ofAction(FileFacts facts) {
        return new StepParts(Optional.empty(), facts);
    }

    List<Subject> of(Step step, String address) {
        List<Subject> subjects = new ArrayList<>();
        subjects.add(step(step, address));
        step.uses()
                .ifPresent(uses ->
                        subjects.add(ActionParts.action(uses, step.span(), facts.file(), address)));
        subjects.addAll(Variables.of(facts.file(), address, step.env()));
        Optional<YamlNode> env = step.node().get("env");
        if (job.isPresent() && env.isPresent()) {
            subjects.addAll(Variables.ofMatrix(facts.file(), address, job.get(), env.get()));
        }
        step.script()
                .ifPresent(script -> {
                    boolean hasToken = hasToken(step);
                    ScriptCommands.in(script)
                            .forEach(command ->
                                    subjects.add(command(command, step, hasToken, address)));
                });
        return subjects;
    }

    private Subject step(Step step, String address) {
        Span span = step.span();
        Draft draft =
                new Draft("github/Step", address, facts.file(), span, span.endLine())
                        .put("id", step.id())
                        .put("name", step.name())
                        .put("events", facts.events())
                        .put("privileged", facts.privileged())
                        .put("ofAction", facts.isAction())
                        .put("action", step.uses().map(uses -> uses.name()))
                        .put("runs", step.script().isPresent())
                        .put("shell", shell(step))
                        .put("with", texts(step.with()))
                        .put("hidesInputs", hidesInputs(step))
                        .put("writesEnvironment", writesEnvironment(step))
                        .put("releases", !facts.releaseEvent().isEmpty())
                        .put(
                                "restoresCache",
                                CachingActions.restores(
                                        step,
                                        facts.releaseEvent().isEmpty()
                                                ? "push"
                                                : facts.releaseEvent()))
                        .put("jobPublishes", jobPublishes)
                        .put("installsNewest", InstalledTools.isUnpinned(step))
                        .put("checksOutForeign", checksOutForeign(step))
                        .put("uploadsCheckout", uploadsCheckout(step))
                        .put("publishesWithToken", Publishing.registryWithToken(step));
        step.uses().ifPresent(uses -> draft.at(uses.span(), "action"));
        return draft.subject(false);
    }

    private String shell(Step step) {
        return step.shell()
                .orElseGet(() ->
                        job.filter(j ->
                                        j.labels().stream()
                                                .anyMatch(l ->
                                                        l.startsWith("windows")
                                                                && Runners.isHosted(l)))
                                        .isPresent()
                                ? "pwsh"
                                : "bash")
                .toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> texts(Map<String, Scalar> scalars) {
        Map<String, String> texts = new LinkedHashMap<>();
        scalars.forEach((name, value) -> texts.put(name.toLowerCase(Locale.ROOT), value.content()));
        return texts;
    }

    /// `with: ${{ ... }}`: nobody sees what the action is given.
    private static boolean hidesInputs(Step step) {
        return step.node().get("with").filter(Scalar.class::isInstance).isPresent()
                || step.node().get("env").filter(Scalar.class::isInstance).isPresent();
    }

    private static boolean writesEnvironment(Step step) {
        return step.script()
                .map(Scalar::content)
                .filter(text -> text.contains("GITHUB_ENV") || text.contains("GITHUB_PATH"))
                .filter(text -> text.lines().anyMatch(StepParts::writesVariable))
                .isPresent();
    }

    private static boolean writesVariable(String line) {
        var target = ENVIRONMENT_FILE.matcher(line);
        return target.find()
                && VARIABLE_PART
                        .matcher(line.substring(0, target.start()) + line.substring(target.end()))
                        .find();
    }

    /// Whether it checks out what a pull request or another run brought.
    static boolean checksOutForeign(Step step) {
        boolean isCheckout =
                step.uses().filter(uses -> uses.name().equals("actions/checkout")).isPresent();
        String ref =
                step.with().containsKey("ref")
                        ? step.with().get("ref").content().toLowerCase(Locale.ROOT)
                        : "";
        String repository =
                step.with().containsKey("repository")
                        ? step.with().get("repository").content().toLowerCase(Locale.ROOT)
                        : "";
        boolean isForeign =
                ref.contains("head.sha")
                        || ref.contains("head.ref")
                        || ref.contains("head_ref")
                        || ref.contains("head_sha")
                        || ref.contains("head_branch")
                        || ref.contains("head_commit")
                        || ref.contains("merge_commit_sha")
                        || ref.contains("refs/pull/")
                        || repository.contains("head.repo")
                        || repository.contains("head_repository");
        return isCheckout && isForeign;
    }

    /// Whether it uploads the whole checkout, in which the checkout left its token.
    private boolean uploadsCheckout(Step step) {
        boolean isUpload =
                step.uses()
                        .filter(uses -> uses.name().equals("actions/upload-artifact"))
                        .isPresent();
        String path =
                step.with().containsKey("path") ? step.with().get("path").content().strip() : "";
        boolean isWhole =
                path.equals(".")
                        || path.equals("./")
                        || path.equals("*")
                        || path.equals("**")
                        || path.equals("./**")
                        || path.equals("${{ github.workspace }}")
                        || path.equals("${{github.workspace}}");
        return isUpload && isWhole && keepsToken;
    }

    private static boolean keepsToken(Job job) {
        return job.steps().stream()
                .anyMatch(step ->
                        step.uses().filter(u -> u.name().equals("actions/checkout")).isPresent()
                                && !"false"
                                        .equals(
                                                texts(step.with())
                                                        .getOrDefault("persist-credentials", "")));
    }

    private Subject command(
            ScriptCommands.Command command, Step step, boolean hasToken, String address) {
        boolean idToken =
                job.flatMap(facts::permissions).filter(p -> p.writes("id-token")).isPresent();
        Span span = step.span();
        Span place = new Span(0, 0, command.line(), 1, command.line(), 1);
        return new Draft("github/Command", address, facts.file(), span, span.endLine())
                .put("program", command.program())
                .put("words", command.words())
                .put("text", command.text())
                .put("next", command.next())
                .put("shell", shell(step))
                .put("installs", Installing.packages(command))
                .put("publishes", Publishing.registry(command))
                .put("usesToken", hasToken || SECRET_EXPRESSION.matcher(command.text()).find())
                .put("idToken", idToken)
                .put("mentionsSecret", mentionsSecret(command))
                .allAt(place)
                .subject(false);
    }

    /// Whether the step's variables hold a secret that is no token of the run itself.
    private static boolean hasToken(Step step) {
        return step.env().values().stream()
                .map(Scalar::content)
                .filter(value -> !value.toUpperCase(Locale.ROOT).contains("SECRETS.GITHUB_TOKEN"))
                .anyMatch(value -> SECRET_EXPRESSION.matcher(value).find());
    }

    /// The run's own token is GitHub's: sent back to GitHub it goes nowhere new.
    private static boolean mentionsSecret(ScriptCommands.Command command) {
        String text =
                TO_GITHUB.matcher(command.text()).find()
                        ? OWN_TOKEN.matcher(command.text()).replaceAll("github.token")
                        : command.text();
        return SECRET_EXPRESSION.matcher(text).find()
                || command.words().stream()
                        .anyMatch(word ->
                                word.startsWith("@") && SECRET_FILE.matcher(word).matches());
    }
}
