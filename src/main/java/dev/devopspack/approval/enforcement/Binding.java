package dev.devopspack.approval.enforcement;

import dev.devopspack.change.Target;
import dev.devopspack.identity.Workload;
import dev.devopspack.task.Environment;
import dev.devopspack.task.StackName;
import java.util.List;
import java.util.Optional;

/// Which jobs may use the grants of one stack in one environment.
///
/// @param issuer the name of the issuer that vouches for the job
/// @param refs the full references, for example `refs/heads/main`: the job runs at one of them, and
///   its workflow was read at the same
/// @param workflow the path of the workflow's file in the repository
/// @param jobEnvironment what the platform calls the environment of the job
public record Binding(
        StackName stack,
        Environment environment,
        String issuer,
        String repository,
        List<String> refs,
        String workflow,
        String jobEnvironment) {

    public Binding {
        refs = List.copyOf(refs);
    }

    boolean isFor(StackName stack, Environment environment) {
        return this.stack.equals(stack) && this.environment.equals(environment);
    }

    /// What of the job is not as it must be.
    Optional<String> differs(Workload job) {
        if (!issuer.equals(job.issuer())) {
            return Optional.of(
                    "the issuer '" + issuer + "' must vouch, not '" + job.issuer() + "'");
        }
        if (!repository.equals(job.repository())) {
            return differs("repository", repository, job.repository());
        }
        if (!refs.contains(job.ref())) {
            return differs("ref", String.join("' or '", refs), job.ref());
        }
        if (!workflow.equals(job.workflow())) {
            return differs("workflow", workflow, job.workflow());
        }
        if (!job.ref().equals(job.workflowRef())) {
            return differs("ref of the workflow's file", job.ref(), job.workflowRef());
        }
        return jobEnvironment.equals(job.environment())
                ? Optional.empty()
                : differs(
                        "environment",
                        jobEnvironment,
                        job.environment() == null ? "none" : job.environment());
    }

    private static Optional<String> differs(String what, String bound, String shown) {
        return Optional.of("the job's " + what + " is '" + shown + "' and must be '" + bound + "'");
    }

    /// What the change set says of where it comes from, where it says so.
    static Optional<String> differs(Target target, Workload job) {
        if (target.commit() != null && !target.commit().equals(job.sha())) {
            return differs("commit", target.commit(), job.sha());
        }
        String repository = target.repository();
        if (repository == null) {
            return Optional.empty();
        }
        // A change set names its repository by address or by name.
        boolean fits =
                repository.equals(job.repository())
                        || withoutGit(repository).endsWith("/" + job.repository());
        return fits ? Optional.empty() : differs("repository", repository, job.repository());
    }

    private static String withoutGit(String address) {
        return address.endsWith(".git")
                ? address.substring(0, address.length() - ".git".length())
                : address;
    }
}
