package dev.devopspack.approval.enforcement.github;

import dev.devopspack.approval.Approval;
import dev.devopspack.approval.ApprovalStore;
import dev.devopspack.approval.Grants;
import dev.devopspack.approval.PresentedFiles;
import dev.devopspack.approval.enforcement.github.GitHubApi.State;
import dev.devopspack.approval.enforcement.github.GitHubApi.Told;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.change.Transactions;
import dev.devopspack.identity.Principal;
import dev.devopspack.task.InvalidInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Answers GitHub's question whether a deployment may go on: yes where people approved a change set
/// of this stack, environment and commit; no where they denied it; else it waits.
public final class ProtectionRules {

    static final String EVENT = "deployment_protection_rule";

    /// As long as people have to decide, and a while for those who ask late.
    static final Duration PATIENCE = Duration.ofDays(2);

    /// Whoever is not told by then has given up: the App was taken away, or the deployment.
    static final Duration GIVE_UP = Duration.ofDays(3);

    /// A deployment of ours ends within half an hour, and what undoes it waits for no person.
    static final Duration UNDO = Duration.ofHours(1);

    /// Approvals of one environment among which the commit is looked for.
    private static final int MAX_APPROVALS = 500;

    /// Where a deployment may go on, if all else is as it must be.
    private static final Set<Approval.Status> MAY_GO_ON =
            EnumSet.of(
                    Approval.Status.APPROVED,
                    Approval.Status.RESERVED,
                    Approval.Status.CONSUMED,
                    Approval.Status.FAILED,
                    Approval.Status.UNKNOWN);

    private static final String SIGNATURE = "sha256=";

    private static final Pattern DELIVERY = Pattern.compile("[0-9A-Fa-f-]{8,64}");

    private final List<GitHubApp> apps;
    private final String pages;
    private final ApprovalStore approvals;
    private final ChangeSetStore changeSets;
    private final Grants grants;
    private final HeldDeploymentStore store;
    private final HeldDeploymentQueue queue;
    private final GitHubApi gitHub;
    private final Transactions transactions;
    private final Clock clock;

    /// @param pages the address of this server's pages, for links
    public ProtectionRules(
            List<GitHubApp> apps,
            String pages,
            ApprovalStore approvals,
            ChangeSetStore changeSets,
            Grants grants,
            HeldDeploymentStore store,
            HeldDeploymentQueue queue,
            GitHubApi gitHub,
            Transactions transactions,
            Clock clock) {
        this.apps = List.copyOf(apps);
        this.pages = pages;
        this.approvals = approvals;
        this.changeSets = changeSets;
        this.grants = grants;
        this.store = store;
        this.queue = queue;
        this.gitHub = gitHub;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// What becomes of an event that came in.
    public sealed interface Received {

        /// It is kept and will be answered.
        record Kept() implements Received {}

        /// It is of no kind that is answered.
        record Ignored() implements Received {}

        /// Nobody knows who sent it.
        record Unsigned() implements Received {}

        /// It came before.
        record Replayed() implements Received {}

        record Refused(InvalidInput why) implements Received {}
    }

    /// Takes an event as it came.
    ///
    /// @param app as it stands in the path
    /// @param delivery the header `X-GitHub-Delivery`
    /// @param event the header `X-GitHub-Event`
    /// @param signature the header `X-Hub-Signature-256`
    public Received receive(
            String app, String delivery, String event, String signature, byte[] body) {
        Optional<GitHubApp> signed =
                apps.stream()
                        .filter(known -> known.name().equals(app))
                        .filter(known -> isSigned(known, signature, body))
                        .findFirst();
        if (signed.isEmpty()) {
            return new Received.Unsigned();
        }
        if (!event.equals(EVENT)) {
            return new Received.Ignored();
        }
        if (!DELIVERY.matcher(delivery).matches()) {
            return new Received.Refused(
                    new InvalidInput(
                            "X-GitHub-Delivery", "it is no id", "Send GitHub's own header."));
        }
        Delivery asked;
        try {
            asked = Delivery.parse(new String(body, StandardCharsets.UTF_8), signed.get().api());
        } catch (InvalidInput e) {
            return new Received.Refused(e);
        }
        return transactions.inOne(() -> {
            if (!store.add(new HeldDeployment(delivery, app, asked, clock.instant(), false))) {
                return new Received.Replayed();
            }
            queue.add(delivery);
            return new Received.Kept();
        });
    }

    private static boolean isSigned(GitHubApp app, String signature, byte[] body) {
        return signature.startsWith(SIGNATURE)
                && app.webhookSecret()
                        .signed("HmacSHA256", body, signature.substring(SIGNATURE.length()));
    }

    /// Looks at a deployment and answers where there is an answer.
    ///
    /// @return whether there is nothing more to do
    /// @throws IOException if GitHub cannot be told now
    public boolean work(String id) throws IOException {
        Optional<HeldDeployment> found = store.waiting(id);
        if (found.isEmpty()) {
            return true;
        }
        HeldDeployment held = found.get();
        Optional<GitHubApp> app =
                apps.stream().filter(known -> known.name().equals(held.app())).findFirst();
        if (app.isEmpty()) {
            store.answered(id, "the App is not configured any more");
            return true;
        }
        if (!clock.instant().isBefore(held.askedAt().plus(GIVE_UP))) {
            store.answered(id, "GitHub could not be told for " + GIVE_UP.toHours() + " hours");
            return true;
        }
        Answer answer = answer(app.get(), held);
        if (answer.state() == State.WAITING && held.commented()) {
            return false;
        }
        Told told = gitHub.tell(app.get(), held.delivery(), answer.state(), answer.comment());
        if (told == Told.REFUSED) {
            store.answered(id, "GitHub did not want the answer " + answer.state());
            return true;
        }
        if (answer.state() == State.WAITING) {
            store.commented(id);
            return false;
        }
        store.answered(id, answer.state().name());
        return true;
    }

    private record Answer(State state, String comment) {}

    private Answer answer(GitHubApp app, HeldDeployment held) throws IOException {
        Delivery delivery = held.delivery();
        Optional<GitHubApp.Rule> rule =
                app.rules().stream()
                        .filter(each ->
                                each.repository().equals(delivery.repository())
                                        && each.deployment().equals(delivery.deployment()))
                        .findFirst();
        if (rule.isEmpty()) {
            return new Answer(
                    State.REJECTED,
                    "No rule of DevOps Pack names this repository and environment. Add it to the"
                            + " enforcement file.");
        }
        Optional<Approval> approval = newest(rule.get(), delivery);
        Instant now = clock.instant();
        if (approval.isEmpty()) {
            return waiting(
                    held,
                    now,
                    "Nobody has submitted a change set of "
                            + rule.get().stack()
                            + " for this commit yet. Submit it with this repository and commit: "
                            + pages);
        }
        String link = pages + "/change-sets/" + approval.get().request().changeSet();
        Approval.Status status = approval.get().statusAt(now);
        if (MAY_GO_ON.contains(status)) {
            Optional<String> foreign = foreign(app, rule.get(), delivery);
            if (foreign.isPresent()) {
                return new Answer(State.REJECTED, foreign.get() + ": " + link);
            }
        }
        return switch (status) {
            case PENDING -> waiting(held, now, "People decide here: " + link);
            case APPROVED -> approved(app, rule.get(), approval.get(), held.id(), link);
            case RESERVED ->
                    rule.get().consumes()
                            ? new Answer(State.REJECTED, "A pipeline holds the grant: " + link)
                            : new Answer(State.APPROVED, "People approved it: " + link);
            case CONSUMED ->
                    usedHere(approval.get(), app, held.id())
                            ? new Answer(State.APPROVED, "People approved it: " + link)
                            : used(rule.get(), approval.get(), held, now, link);
            case FAILED, UNKNOWN -> used(rule.get(), approval.get(), held, now, link);
            case SUCCEEDED -> new Answer(State.REJECTED, "The grant was used before: " + link);
            case DENIED -> new Answer(State.REJECTED, "People denied it: " + link);
            case EXPIRED -> new Answer(State.REJECTED, "Its time ran out: " + link);
            case REVOKED -> new Answer(State.REJECTED, "It was taken back: " + link);
        };
    }

    /// What of the run is none of the rule's: whoever can start a workflow can start another one of
    /// the same commit, or an older version of the same one.
    private Optional<String> foreign(GitHubApp app, GitHubApp.Rule rule, Delivery delivery)
            throws IOException {
        if (rule.workflows().isEmpty()) {
            return Optional.empty();
        }
        Optional<GitHubApi.Run> run = gitHub.run(app, delivery);
        if (run.isEmpty()) {
            return Optional.of("GitHub knows no such run");
        }
        if (!rule.workflows().contains(run.get().workflow())) {
            return Optional.of(
                    "The rule lets runs of "
                            + String.join(" and ", rule.workflows())
                            + " go on, and this is another workflow");
        }
        return run.get().commit().equals(delivery.commit())
                ? Optional.empty()
                : Optional.of(
                        "The run's workflow was read at another commit than the approved one");
    }

    /// The job that consumed the grant may have failed: the one that undoes it runs in the same
    /// environment, at the same commit, in the same run, right after it. It can use no grant a
    /// second time. Another run, whoever started it and of whichever workflow, undoes nothing.
    private Answer used(
            GitHubApp.Rule rule, Approval approval, HeldDeployment held, Instant now, String link) {
        if (rule.consumes() || !now.isBefore(approval.changedAt().plus(UNDO))) {
            return new Answer(State.REJECTED, "The grant was used before: " + link);
        }
        return store.sameRunWentOn(held)
                ? new Answer(State.APPROVED, "What did not succeed may be undone: " + link)
                : new Answer(
                        State.REJECTED, "The grant was used before, and not by this run: " + link);
    }

    private static Answer waiting(HeldDeployment held, Instant now, String comment) {
        return now.isBefore(held.askedAt().plus(PATIENCE))
                ? new Answer(State.WAITING, comment)
                : new Answer(State.REJECTED, "Nobody approved it in time. " + comment);
    }

    private Answer approved(
            GitHubApp app, GitHubApp.Rule rule, Approval approval, String id, String link) {
        ChangeSet changeSet =
                changeSets
                        .find(approval.request().changeSet())
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        approval.request().changeSet() + " is gone"));
        Grants.Claim claim =
                new Grants.Claim(
                        approval.request().id(),
                        changeSet.digest(),
                        rule.environment(),
                        PresentedFiles.of(changeSet.artifacts()),
                        changeSet.planFile());
        Principal caller = caller(app, id);
        Grants.Used used =
                rule.consumes() ? grants.consume(caller, claim) : grants.check(caller, claim);
        return switch (used) {
            case Grants.Used.Done _ -> new Answer(State.APPROVED, "People approved it: " + link);
            case Grants.Used.Refused refused ->
                    new Answer(
                            State.REJECTED,
                            "The grant does not hold: "
                                    + refused.refusal().problem()
                                    + ". "
                                    + link);
        };
    }

    /// One deployment is one caller: a process that ended between using the grant and telling
    /// GitHub finds its own use again.
    private static Principal caller(GitHubApp app, String id) {
        return Principal.enforcer(app.actor() + "-" + id, "GitHub App " + app.name());
    }

    private static boolean usedHere(Approval approval, GitHubApp app, String id) {
        Approval.Reservation by = approval.reservation();
        return by != null && by.caller().equals(caller(app, id).actor());
    }

    private Optional<Approval> newest(GitHubApp.Rule rule, Delivery delivery) {
        return approvals.ofStack(rule.stack(), rule.environment(), MAX_APPROVALS).stream()
                .filter(approval -> isAt(approval, delivery))
                .findFirst();
    }

    private boolean isAt(Approval approval, Delivery delivery) {
        return changeSets
                .find(approval.request().changeSet())
                .map(ChangeSet::target)
                .filter(target -> delivery.commit().equals(target.commit()))
                .isPresent();
    }
}
