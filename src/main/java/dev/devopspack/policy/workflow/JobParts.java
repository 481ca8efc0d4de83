package dev.devopspack.policy.workflow;

import dev.devopspack.language.workflow.ContainerImage;
import dev.devopspack.language.workflow.ExpressionUse;
import dev.devopspack.language.workflow.Job;
import dev.devopspack.language.workflow.Permissions;
import dev.devopspack.language.workflow.Runners;
import dev.devopspack.language.workflow.Workflow;
import dev.devopspack.language.workflow.expression.ContextPath;
import dev.devopspack.policy.subject.Subject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The subjects that are about a job and what it runs in.
final class JobParts {

    private JobParts() {}

    /// @param secrets the secrets that the job names, without the token that every job has
    static Subject job(Job job, Set<String> secrets, FileFacts facts) {
        Draft draft =
                new Draft(
                                "github/Job",
                                "jobs." + job.id(),
                                facts.file(),
                                job.span(),
                                job.node().span().endLine())
                        .put("id", job.id())
                        .put("name", job.name())
                        .put("events", facts.events())
                        .put("privileged", facts.privileged())
                        .put("onlyCalled", facts.onlyCalled())
                        .put("labels", job.labels())
                        .put("group", job.group())
                        .put("selfHosted", selfHosted(job))
                        .put("permissions", WorkflowParts.level(facts.permissions(job)))
                        .put("ownPermissions", WorkflowParts.level(job.permissions()))
                        .put("writesIdToken", writes(facts.permissions(job), "id-token"))
                        .put("environment", job.environment())
                        .put("hasTimeout", job.node().get("timeout-minutes").isPresent())
                        .put("callsWorkflow", job.calls().isPresent())
                        .put("inheritsSecrets", job.inheritsSecrets())
                        .put("secrets", secrets)
                        .put("checksOut", checksOut(job));
        job.permissions().ifPresent(p -> draft.at(p.span(), "ownPermissions"));
        job.node().entry("secrets").ifPresent(e -> draft.at(e.node().span(), "inheritsSecrets"));
        job.node()
                .entry("runs-on")
                .ifPresent(e -> draft.at(e.node().span(), "labels", "group", "selfHosted"));
        return draft.subject(true);
    }

    private static boolean writes(Optional<Permissions> permissions, String scope) {
        return permissions.filter(p -> p.writes(scope)).isPresent();
    }

    /// Whether it surely runs on a machine of the company's own, or may.
    private static boolean selfHosted(Job job) {
        return job.group().isPresent()
                || job.labels().stream().anyMatch("self-hosted"::equalsIgnoreCase)
                || matrixAsks(job);
    }

    /// `runs-on: ${{ matrix.os }}` with `self-hosted` among the values.
    private static boolean matrixAsks(Job job) {
        return job.labels().size() == 1
                && job.labels().stream().noneMatch(Runners::isHosted)
                && MatrixValues.of(job, job.labels().getFirst()).values().stream()
                        .anyMatch("self-hosted"::equalsIgnoreCase);
    }

    /// The secrets that each job names, by its id.
    static Map<String, Set<String>> secrets(Workflow workflow) {
        Map<String, Set<String>> secrets = new HashMap<>();
        for (ExpressionUse use : workflow.expressions()) {
            if (use.job() != null && use.tree().isPresent()) {
                for (ContextPath path : ContextPath.in(use.tree().get())) {
                    if (path.path().startsWith("secrets.")
                            && !path.path().equals("secrets.github_token")) {
                        secrets.computeIfAbsent(use.job(), job -> new TreeSet<>())
                                .add(path.path().substring("secrets.".length()));
                    }
                }
            }
        }
        return secrets;
    }

    private static boolean checksOut(Job job) {
        return job.steps().stream()
                .anyMatch(step ->
                        step.uses().filter(u -> u.name().equals("actions/checkout")).isPresent());
    }

    static List<Subject> images(Job job, String file, String address) {
        return job.images().stream()
                .map(image -> image(image, Optional.of(job), file, address))
                .toList();
    }

    static Subject image(ContainerImage image, Optional<Job> job, String file, String address) {
        MatrixValues values =
                job.map(inside -> MatrixValues.of(inside, image.image()))
                        .orElse(new MatrixValues(List.of(image.image()), true));
        List<String> images = values.values().stream().filter(value -> !value.isBlank()).toList();
        return new Draft(
                        "github/Image",
                        address + (image.service().isEmpty() ? "" : ".services." + image.service()),
                        file,
                        image.span(),
                        image.span().endLine())
                .put("image", image.image())
                .put("service", image.service())
                .put("known", values.known())
                .put("digest", images.stream().allMatch(JobParts::hasDigest))
                .put("tag", images.stream().allMatch(JobParts::hasTag))
                .put("options", image.options())
                .subject(false);
    }

    private static boolean hasDigest(String image) {
        return image.contains("@sha256:");
    }

    private static boolean hasTag(String image) {
        int colon = image.indexOf(':', image.lastIndexOf('/') + 1);
        String tag = colon < 0 ? "" : image.substring(colon + 1);
        return hasDigest(image) || (!tag.isEmpty() && !tag.equals("latest"));
    }
}
