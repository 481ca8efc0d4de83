package dev.devopspack.specialist.cicd;

import dev.devopspack.specialist.cicd.workflow.Concurrency;
import dev.devopspack.specialist.cicd.workflow.Job;
import dev.devopspack.specialist.cicd.workflow.JobId;
import dev.devopspack.specialist.cicd.workflow.Step;
import dev.devopspack.specialist.cicd.workflow.Value;

/// Asks for an approval in a job of its own, and uses it in the job that deploys.
///
/// Where no person is needed the same job has the gates judge, and people are asked only where the
/// server asks them: about what creates or changes a secret. The deploying job uses nothing but the
/// bytes that passed.
///
/// The token of the asking job can only ask. The one that can use a permission is a secret of the
/// environment.
final class Approval {

    /// The GitHub environment of the jobs that ask: the token that can only ask is kept there.
    static final String ENVIRONMENT = "approval-requests";

    static final String FOLDER = "\"$RUNNER_TEMP/release\"";

    private static final String ASKED = "asked";
    private static final String USED = "permission";
    private static final String PREVIOUS = "previous";

    private final Settings settings;

    Approval(Settings settings) {
        this.settings = settings;
    }

    static JobId job(Target target) {
        return new JobId((target.production() ? "approve-" : "judge-") + target.name());
    }

    /// The name that people see of that job.
    static String title(Target target) {
        return (target.production() ? "Approve " : "Judge ") + target.name();
    }

    /// A run asks by itself: runs neither wait for each other nor end each other.
    static Concurrency alone(Target target) {
        return Concurrency.waiting(
                Value.joined(
                        Value.text(job(target).value() + "-"), Value.expression("github.run_id")));
    }

    /// What all of a job's steps are told.
    ///
    /// @param workflow the file of the workflow
    /// @param kind `release` or `rollback`
    Job.Builder told(Job.Builder job, Target target, String workflow, String kind) {
        job.env(
                        "DEVOPS_PACK_URL",
                        settings.variable("", "DEVOPS_PACK_URL", "https address of DevOps Pack"))
                .env("DEVOPS_PACK_ENVIRONMENT", Value.text(target.name()));
        if (!target.production()) {
            job.env("DEVOPS_PACK_PEOPLE", Value.text("where-asked"));
        }
        return job.env("KIND", Value.text(kind)).env("WORKFLOW", Value.text(workflow));
    }

    Step collect() {
        return script("Put together what is approved", "collect " + FOLDER);
    }

    Step released() {
        return script("Check that it was released before", "released " + FOLDER)
                .env("DEVOPS_PACK_TOKEN", askingToken());
    }

    /// @param plan an argument of the script, or empty
    Step ask(Target target, String plan) {
        return script(
                        target.production() ? "Ask for an approval" : "Let the gates judge",
                        "submit " + FOLDER + plan)
                .id(ASKED)
                .env("DEVOPS_PACK_TOKEN", askingToken());
    }

    Step await(int minutes) {
        return script("Wait for people", "wait")
                .env("DEVOPS_PACK_TOKEN", askingToken())
                .env("DEVOPS_PACK_WAIT_MINUTES", Value.text(String.valueOf(minutes)))
                .env("DEVOPS_PACK_CHANGE_SET", Value.stepOutput(ASKED, "change-set"))
                .env("DEVOPS_PACK_APPROVAL", Value.stepOutput(ASKED, "approval"));
    }

    Job.Builder outputs(Job.Builder job, Target target) {
        job.output("digest", Value.stepOutput(ASKED, "digest"))
                .output("approval", Value.stepOutput(ASKED, "approval"));
        return target.production() ? job : job.output("judged", Value.stepOutput(ASKED, "judged"));
    }

    /// @param plan an argument of the script, or empty
    Step use(Target target, String plan) {
        Step use =
                script(
                                target.production()
                                        ? "Use the approval once"
                                        : "Check that it is what was judged",
                                "consume " + FOLDER + plan)
                        .id(USED)
                        .env("DEVOPS_PACK_TOKEN", usingToken(target))
                        .env("DEVOPS_PACK_DIGEST", Value.output(job(target), "digest"))
                        .env("DEVOPS_PACK_APPROVAL", Value.output(job(target), "approval"));
        return target.production()
                ? use
                : use.env("DEVOPS_PACK_JUDGED", Value.output(job(target), "judged"));
    }

    /// @param running the images that run now
    Step previous(Target target, Value running) {
        return script("Note what to return to", "previous")
                .id(PREVIOUS)
                .env("DEVOPS_PACK_TOKEN", usingToken(target))
                .env("DEVOPS_PACK_APPROVAL", Value.output(job(target), "approval"))
                .env("RUNNING", running);
    }

    static Value toReturnTo() {
        return Value.stepOutput(PREVIOUS, "previous");
    }

    /// Also when a step before it failed or the run was cancelled.
    Step report(Target target) {
        return script("Report how it went", "report \"$STATUS\"")
                .when("always() && steps." + USED + ".outcome == 'success'")
                .env("DEVOPS_PACK_TOKEN", usingToken(target))
                .env("DEVOPS_PACK_APPROVAL", Value.output(job(target), "approval"))
                .env("STATUS", Value.expression("job.status"));
    }

    private static Step script(String name, String command) {
        return Step.run(name, "bash .github/scripts/devops-pack.sh " + command);
    }

    private Value askingToken() {
        return settings.secret(
                ENVIRONMENT,
                "DEVOPS_PACK_REQUEST_TOKEN",
                "token of DevOps Pack with the role REQUESTER: it can only ask");
    }

    private Value usingToken(Target target) {
        return settings.secret(
                target.name(),
                "DEVOPS_PACK_TOKEN",
                "token of DevOps Pack with the role PIPELINE: it can use an approval, once. Not"
                        + " needed where the server takes the job's own identity"
                        + (target.production() ? "" : ", or asks nobody"));
    }
}
