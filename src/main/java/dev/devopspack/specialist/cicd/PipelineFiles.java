package dev.devopspack.specialist.cicd;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.ArtifactName;
import dev.devopspack.specialist.cicd.ImageDeployments.Deployment;
import dev.devopspack.specialist.cicd.Settings.Group;
import dev.devopspack.specialist.cicd.Settings.Kind;
import dev.devopspack.specialist.cicd.workflow.Concurrency;
import dev.devopspack.specialist.cicd.workflow.Job;
import dev.devopspack.specialist.cicd.workflow.JobId;
import dev.devopspack.specialist.cicd.workflow.Permissions;
import dev.devopspack.specialist.cicd.workflow.Trigger;
import dev.devopspack.specialist.cicd.workflow.Value;
import dev.devopspack.specialist.cicd.workflow.Workflow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The files of a pipeline: its workflows and the scripts that they run.
final class PipelineFiles {

    static final String PIPELINE = ".github/workflows/pipeline.yml";
    static final String ROLLBACK = ".github/workflows/rollback.yml";

    private static final String SCRIPTS = ".github/scripts/";

    private static final String HEADER = "Written by devops_cicd. Change its input and ask again.";

    private final Pipeline pipeline;
    private final Toolbox tools;
    private final ScriptLibrary scripts;
    private final Settings settings = new Settings();
    private final Languages languages;
    private final CloudAccess access;
    private final ImageJobs images;
    private final ImageDeployments deployments;
    private final TerraformJobs terraform;
    private final List<Job> jobs = new ArrayList<>();

    PipelineFiles(Pipeline pipeline, Toolbox tools, ScriptLibrary scripts) {
        this.pipeline = pipeline;
        this.tools = tools;
        this.scripts = scripts;
        this.languages = new Languages(pipeline, tools);
        this.access = new CloudAccess(pipeline, tools, settings);
        this.images = new ImageJobs(pipeline, tools, access, settings);
        this.deployments = new ImageDeployments(pipeline, tools, access, settings);
        this.terraform = new TerraformJobs(pipeline, tools, access, settings);
    }

    /// What the workflows read, once they are written.
    List<Group> settings() {
        return settings.groups();
    }

    /// The workflow that runs for every change, and the one that returns to an earlier release
    /// where images are deployed; then the scripts, sorted.
    List<Artifact> files() {
        Workflow main = main();
        Workflow rollback = returnsToReleases() ? rollback() : null;
        List<Artifact> files = new ArrayList<>();
        files.add(text(PIPELINE, main.written()));
        if (rollback != null) {
            files.add(text(ROLLBACK, rollback.written()));
        }
        for (String script : scriptsUsed()) {
            files.add(scripts.file(script, SCRIPTS + nameOf(script)));
        }
        return files;
    }

    private boolean returnsToReleases() {
        return pipeline.has(Stage.DEPLOY) && pipeline.type().buildsImages();
    }

    private static String nameOf(String script) {
        return script.startsWith("target-") ? "target.sh" : script;
    }

    private Set<String> scriptsUsed() {
        Set<String> used = new LinkedHashSet<>();
        if (pipeline.type() == ProjectType.TERRAFORM && pipeline.has(Stage.BUILD)) {
            used.add("terraform.sh");
        }
        if (returnsToReleases()) {
            used.addAll(List.of("deploy.sh", pipeline.deployTo().script(), "smoke-test.sh"));
            if (pipeline.attestations()) {
                used.add("verify-images.sh");
            }
        }
        if (pipeline.asks()) {
            used.add("devops-pack.sh");
        }
        return used;
    }

    private static Artifact text(String name, String text) {
        return Artifact.of(new ArtifactName(name), text.getBytes(StandardCharsets.UTF_8));
    }

    private Workflow main() {
        List<JobId> checks = checks();
        if (pipeline.has(Stage.BUILD)) {
            if (pipeline.type().buildsImages()) {
                add(images.tried(checks));
                add(images.built(checks));
                deployImages();
            } else {
                planAndApply(checks);
            }
        }
        List<String> branches = List.of(pipeline.branch());
        return new Workflow(
                header(),
                "Pipeline",
                null,
                List.of(new Trigger.PullRequest(branches), new Trigger.Push(branches)),
                new Concurrency(
                        Value.joined(
                                Value.text("pipeline-"),
                                Value.expression(
                                        "github.event.pull_request.number || github.run_id")),
                        Value.expression("github.event_name == 'pull_request'")),
                jobs);
    }

    /// Lint and test do not wait for each other; everything else waits for both.
    private List<JobId> checks() {
        List<JobId> checks = new ArrayList<>();
        if (pipeline.has(Stage.LINT)) {
            checks.add(add(check("lint", "Lint", 15).steps(languages.lint()).build()));
        }
        if (pipeline.has(Stage.TEST)) {
            checks.add(add(check("test", "Test", 30).steps(languages.test()).build()));
        }
        return checks;
    }

    private Job.Builder check(String id, String name, int minutes) {
        return Job.of(id, name)
                .permissions(Permissions.READ_FILES)
                .minutes(minutes)
                .step(tools.checkout());
    }

    private JobId add(Job job) {
        jobs.add(job);
        return job.id();
    }

    private void deployImages() {
        if (!pipeline.has(Stage.DEPLOY)) {
            return;
        }
        Deployment release =
                new Deployment("Deploy", "release", PIPELINE, new JobId(ImageJobs.BUILD));
        JobId before = null;
        for (Target target : pipeline.targets()) {
            List<JobId> needs = new ArrayList<>(needs(release.from(), before));
            if (target.production()) {
                needs =
                        List.of(
                                release.from(),
                                add(deployments.approve(release, target, needs, "")));
            }
            before = add(deployments.deploy(release, target, needs, ""));
            add(deployments.restore(release, target));
        }
    }

    private void planAndApply(List<JobId> checks) {
        JobId before = null;
        for (Target target : pipeline.targets()) {
            List<JobId> needs = new ArrayList<>(checks);
            if (before != null) {
                needs.add(before);
            }
            add(terraform.plan(target, needs));
            if (pipeline.has(Stage.DEPLOY)) {
                add(terraform.approve(target));
                before = add(terraform.apply(target));
            }
        }
    }

    private static List<JobId> needs(JobId first, @Nullable JobId second) {
        return second == null ? List.of(first) : List.of(first, second);
    }

    private Workflow rollback() {
        JobId named = new JobId("images");
        Job.Builder check =
                Job.of(named.value(), "Name the images")
                        .when("github.ref == 'refs/heads/" + pipeline.branch() + "'")
                        .minutes(5)
                        .output("images", ImageJobs.namedImages())
                        .steps(images.named());
        Deployment back = new Deployment("Roll back", "rollback", ROLLBACK, named);
        List<Job> all = new ArrayList<>(List.of(check.build()));
        for (Target target : pipeline.targets()) {
            String chosen = "inputs.environment == '" + target.name() + "'";
            List<JobId> needs = List.of(named);
            if (target.production()) {
                Job approve = deployments.approve(back, target, needs, chosen);
                all.add(approve);
                needs = List.of(named, approve.id());
            }
            all.add(deployments.deploy(back, target, needs, chosen));
        }
        List<Trigger.Input> inputs = new ArrayList<>();
        inputs.add(
                new Trigger.Input(
                        "environment",
                        "Environment to roll back",
                        pipeline.targets().stream().map(Target::name).toList()));
        for (Component component : pipeline.components()) {
            inputs.add(
                    new Trigger.Input(
                            component.name(),
                            "Released digest of " + component.name() + ", sha256:...",
                            null));
        }
        return new Workflow(
                List.of(HEADER, "Returns an environment to images that were released before."),
                "Rollback",
                Value.joined(Value.text("Roll back "), Value.expression("inputs.environment")),
                List.of(new Trigger.Dispatch(inputs)),
                Concurrency.waiting(
                        Value.joined(
                                Value.text("rollback-"), Value.expression("inputs.environment"))),
                all);
    }

    private List<String> header() {
        List<String> lines = new ArrayList<>();
        lines.add(HEADER);
        lines.add("Actions are pinned to the commits of " + tools.actions().asOf() + ".");
        for (Group group : settings.groups()) {
            lines.add(
                    "Set in "
                            + group.place()
                            + ": "
                            + group.settings().stream()
                                    .map(setting ->
                                            (setting.kind() == Kind.SECRET
                                                            ? "secret "
                                                            : "variable ")
                                                    + setting.name())
                                    .collect(Collectors.joining(", "))
                            + ".");
        }
        return lines;
    }
}
