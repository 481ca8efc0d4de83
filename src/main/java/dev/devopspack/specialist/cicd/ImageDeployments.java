package dev.devopspack.specialist.cicd;

import dev.devopspack.specialist.cicd.CloudAccess.Role;
import dev.devopspack.specialist.cicd.workflow.Concurrency;
import dev.devopspack.specialist.cicd.workflow.Job;
import dev.devopspack.specialist.cicd.workflow.JobId;
import dev.devopspack.specialist.cicd.workflow.Permissions;
import dev.devopspack.specialist.cicd.workflow.Permissions.Level;
import dev.devopspack.specialist.cicd.workflow.Permissions.Scope;
import dev.devopspack.specialist.cicd.workflow.Step;
import dev.devopspack.specialist.cicd.workflow.Value;
import java.util.ArrayList;
import java.util.List;

/// Runs images by digest in the environments: as a release, or as a return to an earlier one.
final class ImageDeployments {

    private static final int MINUTES = 30;

    /// What asking takes besides the waiting.
    private static final int ASKING_MINUTES = 10;

    private static final String BEFORE = "before";
    private static final String DEPLOY = "deploy";
    private static final String SMOKE_TEST = "smoke-test";

    private final Pipeline pipeline;
    private final Toolbox tools;
    private final CloudAccess access;
    private final Settings settings;
    private final Approval approval;

    ImageDeployments(Pipeline pipeline, Toolbox tools, CloudAccess access, Settings settings) {
        this.pipeline = pipeline;
        this.tools = tools;
        this.access = access;
        this.settings = settings;
        this.approval = new Approval(settings);
    }

    /// What is run, and why.
    ///
    /// @param verb what the jobs' names begin with
    /// @param kind `release` or `rollback`
    /// @param workflow the file of the workflow that runs it
    /// @param from the job that names the images
    record Deployment(String verb, String kind, String workflow, JobId from) {

        Value images() {
            return Value.output(from, "images");
        }

        /// Whether it is undone where it fails. A return to an earlier release is not: what it came
        /// from is what people wanted to leave.
        boolean undone() {
            return kind.equals("release");
        }

        JobId job(Target target) {
            return new JobId((undone() ? "deploy-" : "rollback-") + target.name());
        }
    }

    /// @param needs what must have succeeded before people are asked
    Job approve(Deployment what, Target target, List<JobId> needs, String condition) {
        Job.Builder job =
                Job.of(Approval.job(target).value(), Approval.title(target))
                        .comment(
                                "Asks people about exactly these images and this workflow, and"
                                        + " waits a while.",
                                "Afterwards it ends with the link: approve, then run the failed"
                                        + " jobs again.")
                        .needs(needs)
                        .permissions(Permissions.READ_FILES)
                        .environment(Approval.ENVIRONMENT)
                        .concurrency(Approval.alone(target))
                        .minutes(pipeline.waitMinutes() + ASKING_MINUTES)
                        .env("IMAGES", what.images());
        if (!condition.isEmpty()) {
            job.when(condition);
        }
        approval.told(approval.outputs(job, target), target, what.workflow(), what.kind());
        job.step(tools.checkoutWithHistory()).step(approval.collect());
        if (what.kind().equals("rollback")) {
            job.step(approval.released());
        }
        return job.step(approval.ask(target, ""))
                .step(approval.await(pipeline.waitMinutes()))
                .build();
    }

    /// @param needs what must have succeeded before
    Job deploy(Deployment what, Target target, List<JobId> needs, String condition) {
        String scope = target.name();
        Job.Builder job =
                Job.of(what.job(target).value(), what.verb() + " " + target.name())
                        .needs(needs)
                        .permissions(permissions())
                        .environment(scope)
                        .concurrency(turns(target))
                        .minutes(MINUTES)
                        .env("IMAGES", what.images());
        if (what.undone()) {
            if (target.production()) {
                job.output("running", running());
            }
            job.output("previous", target.production() ? Approval.toReturnTo() : running())
                    .output("began", outcome(DEPLOY))
                    .output("works", outcome(SMOKE_TEST));
        }
        if (!condition.isEmpty()) {
            job.when(condition);
        }
        job.step(tools.checkout())
                .step(access.signIn(Role.DEPLOY, scope, ""))
                .steps(verification(scope))
                .steps(access.runtime(scope))
                .step(access.deploy("Note what runs now", "current", scope).id(BEFORE));
        if (target.production()) {
            approval.told(job, target, what.workflow(), what.kind());
            if (what.undone()) {
                job.step(approval.previous(target, running()));
            }
            job.step(approval.collect()).step(approval.use(target, ""));
        }
        job.step(access.deploy("Run the images", "apply", scope).id(DEPLOY))
                .step(smokeTest(scope).id(SMOKE_TEST));
        if (target.production()) {
            job.step(approval.report(target));
        }
        return job.build();
    }

    private static Value running() {
        return Value.stepOutput(BEFORE, "previous");
    }

    /// One deployment of an environment after another, whichever workflow does it.
    private static Concurrency turns(Target target) {
        return Concurrency.waiting(Value.text("deploy-" + target.name()));
    }

    private Permissions permissions() {
        Permissions permissions = signIn();
        if (!pipeline.attestations()) {
            return permissions;
        }
        permissions =
                permissions.and(
                        Scope.ATTESTATIONS, Level.READ, "verifies where the images come from");
        return pipeline.registry() == Registry.GHCR
                ? permissions.and(Scope.PACKAGES, Level.READ, "looks at the images")
                : permissions;
    }

    private static Permissions signIn() {
        return Permissions.READ_FILES.and(
                Scope.ID_TOKEN, Level.WRITE, "signs in to the cloud without a key");
    }

    private List<Step> verification(String scope) {
        if (!pipeline.attestations()) {
            return List.of();
        }
        List<Step> steps = new ArrayList<>(access.registry(Role.DEPLOY, scope, true));
        steps.add(
                Step.run(
                                "Verify where the images come from",
                                "bash .github/scripts/verify-images.sh")
                        .env("GH_TOKEN", Value.expression("github.token"))
                        .env("SIGNER", Value.text(PipelineFiles.PIPELINE))
                        .env("BRANCH", Value.text(pipeline.branch())));
        return steps;
    }

    private Step smokeTest(String scope) {
        return Step.run("Smoke test", "bash .github/scripts/smoke-test.sh")
                .env(
                        "SMOKE_TEST_URL",
                        settings.variable(
                                scope,
                                "SMOKE_TEST_URL",
                                "address that answers 2xx when a release works"));
    }

    private static Value outcome(String step) {
        return Value.expression("steps." + step + ".outcome");
    }

    /// Runs again what ran before, when a deployment began and its smoke test did not succeed. A
    /// release that works stays, also where DevOps Pack could not be told.
    Job restore(Deployment what, Target target) {
        String scope = target.name();
        JobId failed = what.job(target);
        Job.Builder job =
                Job.of("restore-" + target.name(), "Restore " + target.name())
                        .comment(
                                "A deployment that began and failed, or whose smoke test failed, is undone.")
                        .needs(List.of(what.from(), failed))
                        .when(
                                "always() && needs."
                                        + failed
                                        + ".outputs.works != 'success' && contains(fromJSON('[\"success\","
                                        + " \"failure\", \"cancelled\"]'), needs."
                                        + failed
                                        + ".outputs.began)")
                        .permissions(signIn())
                        .environment(scope)
                        .concurrency(turns(target))
                        .minutes(MINUTES)
                        .env("IMAGES", what.images())
                        .env("PREVIOUS", Value.output(failed, "previous"));
        if (target.production()) {
            job.env("RUNNING", Value.output(failed, "running"));
        }
        return job.step(tools.checkout())
                .step(access.signIn(Role.DEPLOY, scope, ""))
                .steps(access.runtime(scope))
                .step(access.deploy("Run again what ran before", "restore", scope))
                .step(smokeTest(scope))
                .build();
    }
}
