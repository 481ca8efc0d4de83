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
import java.util.List;

/// Plans an environment's root module once, lets the gates judge exactly that plan and people
/// approve it where they are needed, and applies it.
final class TerraformJobs {

    /// The GitHub environment in which plans are made: what may read the state is set there.
    static final String ENVIRONMENT = "plans";

    private static final int MINUTES = 60;
    private static final int ASKING_MINUTES = 15;

    private static final String PLAN_STEP = "plan";
    private static final String SEALED = "plan.bin.sealed";
    private static final String PLAN = " plan.bin";

    /// A plan that nobody approved within a week is stale.
    private static final int RETENTION_DAYS = 7;

    private final Pipeline pipeline;
    private final Toolbox tools;
    private final Languages languages;
    private final CloudAccess access;
    private final Settings settings;
    private final Approval approval;

    TerraformJobs(Pipeline pipeline, Toolbox tools, CloudAccess access, Settings settings) {
        this.pipeline = pipeline;
        this.tools = tools;
        this.languages = new Languages(pipeline, tools);
        this.access = access;
        this.settings = settings;
        this.approval = new Approval(settings);
    }

    static JobId planJob(Target target) {
        return new JobId("plan-" + target.name());
    }

    static JobId applyJob(Target target) {
        return new JobId("deploy-" + target.name());
    }

    Job plan(Target target, List<JobId> needs) {
        return about(Job.of(planJob(target).value(), "Plan " + target.name()), target)
                .comment(
                        target.production()
                                ? "What is planned here, once, is what people approve and what is"
                                        + " applied."
                                : "What is planned here, once, is what is judged and what is"
                                        + " applied.")
                .needs(needs)
                .when("github.event_name == 'push'")
                .permissions(permissions())
                .environment(ENVIRONMENT)
                .concurrency(
                        Concurrency.waiting(
                                Value.joined(
                                        Value.text("plan-" + target.name() + "-"),
                                        Value.expression("github.run_id"))))
                .minutes(MINUTES)
                .output("sha256", Value.stepOutput(PLAN_STEP, "sha256"))
                .step(tools.checkout())
                .step(languages.terraform())
                .step(access.signIn(Role.PLAN, ENVIRONMENT, target.suffix()))
                .step(
                        access.terraform(
                                        script("Plan", "plan"),
                                        Role.PLAN,
                                        ENVIRONMENT,
                                        target.suffix())
                                .id(PLAN_STEP)
                                .env("PLAN_PASSPHRASE", passphrase()))
                .step(
                        tools.use(
                                "Keep the sealed plan",
                                "actions/upload-artifact",
                                "name",
                                "plan-" + target.name(),
                                "path",
                                SEALED,
                                "if-no-files-found",
                                "error",
                                // A job that runs again makes a new plan under the same name.
                                "overwrite",
                                true,
                                "retention-days",
                                RETENTION_DAYS))
                .build();
    }

    Job approve(Target target) {
        Job.Builder job =
                about(Job.of(Approval.job(target).value(), Approval.title(target)), target)
                        .comment(aboutAsking(target))
                        .needs(List.of(planJob(target)))
                        .permissions(Permissions.READ_FILES)
                        .environment(Approval.ENVIRONMENT)
                        .concurrency(Approval.alone(target))
                        .minutes(pipeline.waitMinutes() + ASKING_MINUTES);
        approval.told(approval.outputs(job, target), target, PipelineFiles.PIPELINE, "release");
        return job.step(tools.checkoutWithHistory())
                .steps(opened(target))
                .step(approval.collect())
                .step(approval.ask(target, PLAN))
                .step(approval.await(pipeline.waitMinutes()))
                .build();
    }

    private static String[] aboutAsking(Target target) {
        return target.production()
                ? new String[] {
                    "Asks people about exactly this plan, and waits a while.",
                    "Afterwards it ends with the link: approve, then run the failed jobs again."
                }
                : new String[] {
                    "The gates judge exactly this plan: what they refuse is not applied.",
                    "People are asked as well where it creates or changes a secret."
                };
    }

    Job apply(Target target) {
        String scope = target.name();
        Job.Builder job =
                about(Job.of(applyJob(target).value(), "Deploy " + scope), target)
                        .needs(List.of(planJob(target), Approval.job(target)))
                        .permissions(permissions())
                        .environment(scope)
                        .concurrency(Concurrency.waiting(Value.text("deploy-" + scope)))
                        .minutes(MINUTES)
                        .step(tools.checkout())
                        .step(languages.terraform())
                        .steps(opened(target))
                        .step(access.signIn(Role.DEPLOY, scope, ""))
                        .step(signedIn("Prepare the module", "ready", scope));
        approval.told(job, target, PipelineFiles.PIPELINE, "release");
        return job.step(approval.collect())
                .step(approval.use(target, PLAN))
                .step(signedIn("Apply exactly this plan", "apply", scope))
                .step(signedIn("Check that it is as planned", "check", scope))
                .step(approval.report(target))
                .build();
    }

    private Job.Builder about(Job.Builder job, Target target) {
        return job.env("MODULE", Value.text(pipeline.directory() + "/" + target.name()))
                .env("ENVIRONMENT", Value.text(target.name()));
    }

    private static Permissions permissions() {
        return Permissions.READ_FILES.and(
                Scope.ID_TOKEN, Level.WRITE, "signs in to the cloud without a key");
    }

    private List<Step> opened(Target target) {
        return List.of(
                tools.use(
                        "Fetch the sealed plan",
                        "actions/download-artifact",
                        "name",
                        "plan-" + target.name()),
                script("Open the plan", "open")
                        .env("PLAN_PASSPHRASE", passphrase())
                        .env("PLAN_SHA256", Value.output(planJob(target), "sha256")));
    }

    private Step signedIn(String name, String command, String scope) {
        return access.terraform(script(name, command), Role.DEPLOY, scope, "");
    }

    private static Step script(String name, String command) {
        return Step.run(name, "bash .github/scripts/terraform.sh " + command);
    }

    private Value passphrase() {
        return settings.secret(
                "",
                "TERRAFORM_PLAN_PASSPHRASE",
                "long random text that plans are sealed with between jobs");
    }
}
