package dev.devopspack.approval.enforcement.terraform;

import dev.devopspack.approval.Approval;
import dev.devopspack.approval.ApprovalStore;
import dev.devopspack.approval.Grants;
import dev.devopspack.approval.PresentedFiles;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.change.Digest;
import dev.devopspack.change.GivenPlan;
import dev.devopspack.identity.Principal;
import dev.devopspack.task.InvalidInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jboss.logging.Logger;

/// Answers runs of HCP Terraform: yes where people approved a change set of the workspace's stack
/// with exactly this plan, else no with a link. It never waits: an approved run is started again.
///
/// The run's token is kept nowhere. A process that ends meanwhile answers nothing, and a mandatory
/// task that is not answered stops its run.
public final class RunTasks {

    private static final Logger LOG = Logger.getLogger(RunTasks.class);

    /// Each reads a plan of up to some megabytes.
    private static final int AT_ONCE = 4;

    private static final int MAX_APPROVALS = 500;

    private static final int ATTEMPTS = 3;

    private final List<RunTask> tasks;
    private final String pages;
    private final ApprovalStore approvals;
    private final ChangeSetStore changeSets;
    private final Grants grants;
    private final TerraformApi terraform;
    private final Function<byte[], Digest> planDigest;
    private final Executor later;
    private final Clock clock;
    private final Semaphore atOnce = new Semaphore(AT_ONCE);

    /// @param pages the address of this server's pages, for links
    /// @param planDigest what names a plan by its JSON; an InvalidInput says that it is none
    /// @param later runs what is done after the question was taken
    public RunTasks(
            List<RunTask> tasks,
            String pages,
            ApprovalStore approvals,
            ChangeSetStore changeSets,
            Grants grants,
            TerraformApi terraform,
            Function<byte[], Digest> planDigest,
            Executor later,
            Clock clock) {
        this.tasks = List.copyOf(tasks);
        this.pages = pages;
        this.approvals = approvals;
        this.changeSets = changeSets;
        this.grants = grants;
        this.terraform = terraform;
        this.planDigest = planDigest;
        this.later = later;
        this.clock = clock;
    }

    /// What becomes of a question that came in.
    public sealed interface Received {

        /// It is answered soon, or was only a test.
        record Taken() implements Received {}

        /// Nobody knows who sent it.
        record Unsigned() implements Received {}

        record Refused(InvalidInput why) implements Received {}
    }

    /// Takes a question as it came.
    ///
    /// @param name of the task, as it stands in the path
    /// @param signature the header `X-TFC-Task-Signature`
    public Received receive(String name, String signature, byte[] body) {
        Optional<RunTask> signed =
                tasks.stream()
                        .filter(task -> task.name().equals(name))
                        .filter(task -> task.key().signed("HmacSHA512", body, signature))
                        .findFirst();
        if (signed.isEmpty()) {
            return new Received.Unsigned();
        }
        RunTask task = signed.get();
        try {
            Map<String, Object> read = RunQuestion.read(new String(body, StandardCharsets.UTF_8));
            if (!RunQuestion.isTest(read)) {
                RunQuestion question = RunQuestion.of(read, task.api());
                later.execute(() -> answer(task, question));
            }
            return new Received.Taken();
        } catch (InvalidInput e) {
            return new Received.Refused(e);
        }
    }

    private record Answer(boolean passed, String message, String link) {}

    private void answer(RunTask task, RunQuestion question) {
        atOnce.acquireUninterruptibly();
        try {
            tell(question, judged(task, question));
        } finally {
            atOnce.release();
        }
    }

    private void tell(RunQuestion question, Answer answer) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                terraform.answer(
                        question.callback(),
                        question.token(),
                        answer.passed(),
                        answer.message(),
                        answer.link());
                return;
            } catch (IOException e) {
                LOG.warnf(
                        "a run cannot be told: run=%s attempt=%d why=%s",
                        question.run(), attempt, e);
            }
        }
    }

    private Answer judged(RunTask task, RunQuestion question) {
        Optional<RunTask.Workspace> workspace = task.find(question);
        if (workspace.isEmpty()) {
            return no("No rule of DevOps Pack names this workspace.", pages);
        }
        Digest digest;
        try {
            digest =
                    planDigest.apply(
                            terraform.plan(question.plan(), task.storage(), question.token()));
        } catch (IOException e) {
            LOG.warnf("a run's plan cannot be had: run=%s why=%s", question.run(), e);
            return no("The plan cannot be had: " + e.getMessage(), pages);
        } catch (InvalidInput e) {
            return no("The plan cannot be read: " + e.problem(), pages);
        }
        return judged(task, workspace.get(), question, digest);
    }

    private Answer judged(
            RunTask task, RunTask.Workspace workspace, RunQuestion question, Digest digest) {
        Optional<Approval> found =
                approvals
                        .ofStack(workspace.stack(), workspace.environment(), MAX_APPROVALS)
                        .stream()
                        .filter(approval -> isFor(approval, digest))
                        .findFirst();
        if (found.isEmpty()) {
            return no(
                    "Nobody has submitted this plan. Submit its JSON as a change set of '"
                            + workspace.stack()
                            + "' for '"
                            + workspace.environment()
                            + "', let people approve it, and start the run again.",
                    pages);
        }
        Approval approval = found.get();
        String link = pages + "/change-sets/" + approval.request().changeSet();
        return switch (approval.statusAt(clock.instant())) {
            case PENDING ->
                    no("People have not decided yet. Start the run again afterwards.", link);
            case APPROVED, RESERVED -> used(task, approval, question, link);
            case CONSUMED ->
                    usedBy(approval, caller(task, question))
                            ? new Answer(true, "People approved exactly this plan.", link)
                            : no("The grant was used before.", link);
            case SUCCEEDED, FAILED, UNKNOWN -> no("The grant was used before.", link);
            case DENIED -> no("People denied this plan.", link);
            case EXPIRED -> no("Its time ran out. Ask for the approval again.", link);
            case REVOKED -> no("The approval was taken back.", link);
        };
    }

    private static Answer no(String message, String link) {
        return new Answer(false, message, link);
    }

    private boolean isFor(Approval approval, Digest digest) {
        GivenPlan plan = changeSet(approval).manifest().plan();
        return plan != null && plan.semanticDigest().equals(digest);
    }

    private ChangeSet changeSet(Approval approval) {
        return changeSets
                .find(approval.request().changeSet())
                .orElseThrow(() ->
                        new IllegalStateException(approval.request().changeSet() + " is gone"));
    }

    private Answer used(RunTask task, Approval approval, RunQuestion question, String link) {
        ChangeSet changeSet = changeSet(approval);
        Grants.Used used =
                grants.consume(
                        caller(task, question),
                        new Grants.Claim(
                                approval.request().id(),
                                changeSet.digest(),
                                approval.request().environment(),
                                PresentedFiles.of(changeSet.artifacts()),
                                changeSet.planFile()));
        return switch (used) {
            case Grants.Used.Done _ -> new Answer(true, "People approved exactly this plan.", link);
            case Grants.Used.Refused refused ->
                    no("The grant does not hold: " + refused.refusal().problem() + ".", link);
        };
    }

    /// One run is one caller: asked again, it finds its own use.
    private static Principal caller(RunTask task, RunQuestion question) {
        return Principal.enforcer(
                "terraform-" + task.name() + "-" + question.run(),
                question.organization() + "/" + question.workspace());
    }

    private static boolean usedBy(Approval approval, Principal caller) {
        Approval.Reservation by = approval.reservation();
        return by != null && by.caller().equals(caller.actor());
    }
}
