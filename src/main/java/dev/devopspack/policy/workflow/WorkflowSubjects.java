package dev.devopspack.policy.workflow;

import dev.devopspack.language.Diagnostic;
import dev.devopspack.language.Span;
import dev.devopspack.language.workflow.ActionFile;
import dev.devopspack.language.workflow.DependabotFile;
import dev.devopspack.language.workflow.GithubFiles;
import dev.devopspack.language.workflow.Job;
import dev.devopspack.language.workflow.Step;
import dev.devopspack.language.workflow.Workflow;
import dev.devopspack.language.workflow.WorkflowProblem;
import dev.devopspack.language.yaml.YamlFile;
import dev.devopspack.policy.subject.Subject;
import dev.devopspack.policy.subject.SubjectReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads workflows, actions and Dependabot files into what rules judge.
public final class WorkflowSubjects implements SubjectReader {

    @Override
    public Reading read(Map<String, String> texts) {
        GithubFiles files = new GithubFiles(texts);
        List<Subject> subjects = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Set<String> names = new HashSet<>();
        texts.forEach((name, text) -> {
            Optional<GithubFiles.Read> read = files.read(name, text);
            if (read.isPresent()) {
                names.add(name);
                subjects.addAll(subjects(read.get()));
                if (read.get() instanceof GithubFiles.Read.Broken(YamlFile file)) {
                    problems.addAll(unreadable(file));
                }
            }
        });
        return new Reading(subjects, problems, names);
    }

    private static List<Problem> unreadable(YamlFile file) {
        return file.diagnostics().stream()
                .map(problem ->
                        new Problem(
                                file.name(),
                                problem.span().line(),
                                problem.span().column(),
                                problem.message()))
                .toList();
    }

    private static List<Subject> subjects(GithubFiles.Read read) {
        return switch (read) {
            case GithubFiles.Read.OfWorkflow(Workflow workflow) -> of(workflow);
            case GithubFiles.Read.OfAction(ActionFile action) -> of(action);
            case GithubFiles.Read.OfDependabot(DependabotFile dependabot) -> of(dependabot);
            case GithubFiles.Read.Broken(YamlFile file) -> yamlProblems(file);
        };
    }

    private static List<Subject> of(Workflow workflow) {
        FileFacts facts = FileFacts.of(workflow);
        String file = facts.file();
        List<Subject> subjects = new ArrayList<>();
        subjects.add(WorkflowParts.workflow(workflow, facts));
        workflow.permissions()
                .ifPresent(permissions ->
                        subjects.addAll(
                                WorkflowParts.permissions(
                                        workflow.file(),
                                        permissions,
                                        "workflow",
                                        workflow.jobs().size())));
        subjects.addAll(Variables.of(file, "workflow", workflow.env()));
        Map<String, Set<String>> secrets = JobParts.secrets(workflow);
        for (Job job : workflow.jobs()) {
            String address = "jobs." + job.id();
            subjects.add(JobParts.job(job, secrets.getOrDefault(job.id(), Set.of()), facts));
            job.permissions()
                    .ifPresent(permissions ->
                            subjects.addAll(
                                    WorkflowParts.permissions(
                                            workflow.file(), permissions, address, 1)));
            subjects.addAll(JobParts.images(job, file, address));
            subjects.addAll(Variables.of(file, address, job.env()));
            job.calls()
                    .ifPresent(uses ->
                            subjects.add(ActionParts.call(uses, job.node().span(), file, address)));
            StepParts steps = StepParts.ofJob(job, facts);
            for (Step step : job.steps()) {
                subjects.addAll(steps.of(step, address + ".steps[" + step.index() + "]"));
            }
        }
        subjects.addAll(ExpressionParts.of(workflow.expressions(), workflow, facts));
        subjects.addAll(problems(file, workflow.problems()));
        subjects.addAll(yamlProblems(workflow.file()));
        return subjects;
    }

    private static List<Subject> of(ActionFile action) {
        FileFacts facts = FileFacts.ofAction(action.file().name());
        List<Subject> subjects = new ArrayList<>();
        subjects.add(WorkflowParts.action(action, facts));
        action.image()
                .ifPresent(image ->
                        subjects.add(
                                JobParts.image(image, Optional.empty(), facts.file(), "runs")));
        StepParts steps = StepParts.ofAction(facts);
        for (Step step : action.steps()) {
            subjects.addAll(steps.of(step, "runs.steps[" + step.index() + "]"));
        }
        subjects.addAll(ExpressionParts.of(action.expressions(), facts));
        subjects.addAll(problems(facts.file(), action.problems()));
        subjects.addAll(yamlProblems(action.file()));
        return subjects;
    }

    private static List<Subject> of(DependabotFile dependabot) {
        List<Subject> subjects = new ArrayList<>();
        String file = dependabot.file().name();
        for (DependabotFile.Update update : dependabot.updates()) {
            Span span = update.node().span();
            subjects.add(
                    new Draft(
                                    "github/DependabotUpdate",
                                    "updates." + update.ecosystem(),
                                    file,
                                    span,
                                    span.endLine())
                            .put("ecosystem", update.ecosystem())
                            .put("directories", update.directories())
                            .put("hasCooldown", update.cooldown().isPresent())
                            .put("cooldownDays", update.cooldownDays().orElse(0))
                            .put("runsForeignCode", update.runsForeignCode())
                            .subject(true));
        }
        subjects.addAll(yamlProblems(dependabot.file()));
        return subjects;
    }

    private static List<Subject> problems(String file, List<WorkflowProblem> problems) {
        return problems.stream()
                .map(problem ->
                        problem(file, problem.span(), problem.kind().label(), problem.message()))
                .toList();
    }

    /// What is wrong with a file as YAML is wrong with its syntax.
    private static List<Subject> yamlProblems(YamlFile file) {
        return file.diagnostics().stream()
                .filter(problem -> problem.severity() == Diagnostic.Severity.ERROR)
                .map(problem ->
                        problem(
                                file.name(),
                                problem.span(),
                                WorkflowProblem.Kind.SYNTAX.label(),
                                problem.message()))
                .toList();
    }

    private static Subject problem(String file, Span span, String kind, String message) {
        return new Draft("github/Diagnostic", "", file, span, span.line())
                .put("kind", kind)
                .put("message", message)
                .subject(false);
    }
}
