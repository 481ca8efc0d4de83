package dev.devopspack.manager.notice;

import dev.devopspack.approval.Approval;
import dev.devopspack.approval.ApprovalId;
import dev.devopspack.approval.Approvals;
import dev.devopspack.approval.secret.SecretRequests;
import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.change.Transactions;
import dev.devopspack.identity.NotAllowed;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.StackName;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Makes messages of the audit log's entries and sees each of them off.
///
/// The log is the journal: what was rolled back was never told, and what was committed is told at
/// least once. A receiver that gets a message twice knows it by its number.
@ApplicationScoped
public class NoticeDesk {

    private static final Logger LOG = Logger.getLogger(NoticeDesk.class);

    /// How many entries are made into messages in one transaction.
    private static final int BATCH = 100;

    /// What happened longer before anybody looked is not told: after a hook was configured or a
    /// backup was restored, nobody wants yesterday's news.
    private static final Duration NEWS = Duration.ofHours(1);

    /// Waits of half a minute, doubled up to an hour: a receiver that is away for half a day gets
    /// its messages, and one that is gone costs 16 attempts.
    private static final int MAX_ATTEMPTS = 16;

    private static final Duration FIRST_WAIT = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    /// The page and an operator look back this far; the audit log remembers for ever.
    private static final Duration KEPT = Duration.ofDays(30);

    private static final int PENDING_LOOKED_AT = 500;

    /// What waits for one person may lie behind what waits for others. Where so many wait, nobody
    /// reads a list any more.
    private static final int PENDING_OF_ONE_LOOKED_AT = 5_000;

    private final Courier courier;
    private final NoticeStore store;
    private final NoticeQueue queue;
    private final AuditLog log;
    private final Approvals approvals;
    private final SecretRequests secrets;
    private final Deciders deciders;
    private final Transactions transactions;
    private final Clock clock;

    NoticeDesk(
            Courier courier,
            NoticeStore store,
            NoticeQueue queue,
            AuditLog log,
            Approvals approvals,
            SecretRequests secrets,
            Deciders deciders,
            Transactions transactions,
            Clock clock) {
        this.courier = courier;
        this.store = store;
        this.queue = queue;
        this.log = log;
        this.approvals = approvals;
        this.secrets = secrets;
        this.deciders = deciders;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// Makes messages of what is new in the log, for the hooks that want them.
    ///
    /// @return how many were made
    public int collect() {
        List<Hook> hooks = courier.hooks();
        if (hooks.isEmpty()) {
            return 0;
        }
        List<String> kinds = Arrays.stream(NoticeKind.values()).map(NoticeKind::kind).toList();
        return transactions.inOne(() -> {
            Instant now = clock.instant();
            int made = 0;
            for (NoticeStore.Found found : store.advance(kinds, now.minus(NEWS), BATCH)) {
                NoticeKind kind = NoticeKind.of(found.kind()).orElseThrow();
                for (Hook hook : hooks) {
                    if (wants(hook, kind, found.sequence())) {
                        made += add(hook, kind, found.sequence(), now);
                    }
                }
            }
            return made;
        });
    }

    /// Where requests are gathered, the first one begins the time and the others join it.
    private int add(Hook hook, NoticeKind kind, long sequence, Instant now) {
        boolean gathers = hook.gathers(kind);
        if (gathers
                && hook.gathered().stream()
                        .anyMatch(each -> store.waits(hook.name(), each.kind()))) {
            return 0;
        }
        Optional<Long> id = store.add(sequence, hook.name(), kind.kind(), now);
        id.ifPresent(each -> queue.add(each, gathers ? now.plus(hook.every()) : now));
        return id.isPresent() ? 1 : 0;
    }

    /// A test is for the one hook that it names.
    private boolean wants(Hook hook, NoticeKind kind, long sequence) {
        return kind == NoticeKind.TEST
                ? log.find(sequence)
                        .map(entry -> hook.name().equals(entry.entry().facts().get("hook")))
                        .orElse(false)
                : hook.kinds().contains(kind);
    }

    /// Writes into the log which requests near their deadline, once each, and ends those whose time
    /// ran out.
    ///
    /// @param before how long before the deadline
    public void watchDeadlines(Duration before) {
        approvals.sweep();
        Instant now = clock.instant();
        approvals.pending(PENDING_LOOKED_AT).stream()
                .filter(approval -> !approval.request().decideBy().minus(before).isAfter(now))
                .forEach(this::remind);
    }

    private void remind(Approval approval) {
        transactions.allOrNothing(() -> {
            if (store.remind(approval.request().id(), clock.instant())) {
                log.append(
                        AuditEntry.of(
                                NoticeKind.ENDS_SOON.kind(),
                                Principal.SYSTEM.actor(),
                                Map.of(
                                        "approval", approval.request().id().value(),
                                        "changeSet", approval.request().changeSet().value(),
                                        "digest", approval.request().digest().value(),
                                        "environment", approval.request().environment().value(),
                                        "decideBy", approval.request().decideBy().toString())));
            }
        });
    }

    /// Tries to send a message once.
    ///
    /// @return when to try again; nothing where it has ended, well or not
    public Optional<Instant> deliver(long id) {
        int attempt = transactions.inOne(() -> store.attempt(id, clock.instant()));
        if (attempt == 0) {
            return Optional.empty();
        }
        Delivery delivery = transactions.inOne(() -> store.find(id).orElseThrow());
        // Outside of any transaction: a receiver may take seconds.
        return switch (send(delivery)) {
            case Courier.Sent.Delivered _ -> {
                end(delivery, Delivery.State.DELIVERED, "");
                yield Optional.empty();
            }
            case Courier.Sent.Failed failed when failed.again() && attempt < MAX_ATTEMPTS -> {
                Instant now = clock.instant();
                transactions.allOrNothing(() -> store.failed(id, failed.problem(), now));
                yield Optional.of(now.plus(wait(attempt)));
            }
            case Courier.Sent.Failed failed -> {
                giveUp(delivery, attempt, failed.problem());
                yield Optional.empty();
            }
        };
    }

    private Courier.Sent send(Delivery delivery) {
        Optional<Hook> hook =
                courier.hooks().stream()
                        .filter(each -> each.name().equals(delivery.hook()))
                        .findFirst();
        Optional<NoticeKind> kind = NoticeKind.of(delivery.kind());
        Optional<StoredEntry> entry = transactions.inOne(() -> log.find(delivery.entry()));
        if (hook.isEmpty() || kind.isEmpty() || entry.isEmpty()) {
            return new Courier.Sent.Failed("the hook is not configured any more", false);
        }
        if (hook.get().gathers(kind.get())) {
            if (toldSince(delivery, hook.get())) {
                return new Courier.Sent.Delivered();
            }
            // Whoever decided meanwhile has spared everybody a message.
            return gathered(hook.get(), entry.get())
                    .map(notice -> courier.send(delivery.hook(), notice))
                    .orElseGet(Courier.Sent.Delivered::new);
        }
        if (!concerns(hook.get(), kind.get(), entry.get())) {
            return new Courier.Sent.Delivered();
        }
        return courier.send(
                delivery.hook(),
                hook.get().isAbout(kind.get(), entry.get())
                        ? NoticeWords.ofYourself(kind.get(), entry.get(), delivery.hook())
                        : NoticeWords.of(kind.get(), entry.get(), stack(entry.get())));
    }

    /// Whether a later list arrived while this one was tried: it named all that this one would. A
    /// receiver that comes back after hours gets one list and not one of each interval.
    private boolean toldSince(Delivery delivery, Hook hook) {
        List<String> kinds = hook.gathered().stream().map(NoticeKind::kind).toList();
        return transactions.inOne(() -> store.arrivedAfter(delivery.id(), hook.name(), kinds));
    }

    private Optional<Notice> gathered(Hook hook, StoredEntry first) {
        PersonId person = hook.person();
        return transactions.inOne(() -> {
            if (person == null) {
                return NoticeWords.gathered(first, approvals.pending(PENDING_LOOKED_AT));
            }
            return NoticeWords.gatheredForOne(
                    first,
                    hook.name(),
                    hook.kinds().contains(NoticeKind.OPENED)
                            ? approvals.pending(PENDING_OF_ONE_LOOKED_AT).stream()
                                    .filter(each -> deciders.waitsFor(each, person))
                                    .toList()
                            : List.of(),
                    hook.kinds().contains(NoticeKind.SECRET_REQUESTED)
                            ? secrets.pending(PENDING_OF_ONE_LOOKED_AT).stream()
                                    .filter(each -> deciders.waitsFor(each, person))
                                    .toList()
                            : List.of());
        });
    }

    /// Whether the hook's person is asked by the entry, or it is about him; a test reaches
    /// everybody.
    private boolean concerns(Hook hook, NoticeKind kind, StoredEntry entry) {
        PersonId person = hook.person();
        String approval = entry.entry().facts().get("approval");
        return person == null
                || kind == NoticeKind.TEST
                || hook.isAbout(kind, entry)
                || (approval != null
                        && transactions.inOne(() ->
                                approvals
                                        .find(new ApprovalId(approval))
                                        .filter(each -> deciders.waitsFor(each, person))
                                        .isPresent()));
    }

    private Optional<StackName> stack(StoredEntry entry) {
        String approval = entry.entry().facts().get("approval");
        return approval == null
                ? Optional.empty()
                : transactions
                        .inOne(() -> approvals.find(new ApprovalId(approval)))
                        .map(found -> found.request().stack());
    }

    private static Duration wait(int attempt) {
        Duration wait = FIRST_WAIT;
        for (int i = 1; i < attempt && wait.compareTo(LONGEST_WAIT) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }

    private void end(Delivery delivery, Delivery.State state, String problem) {
        transactions.allOrNothing(() -> store.end(delivery.id(), state, problem, clock.instant()));
    }

    private void giveUp(Delivery delivery, int attempts, String problem) {
        LOG.warnf(
                "notice given up: hook=%s entry=%d kind=%s attempts=%d problem=%s",
                delivery.hook(), delivery.entry(), delivery.kind(), attempts, problem);
        transactions.allOrNothing(() -> {
            store.end(delivery.id(), Delivery.State.GIVEN_UP, problem, clock.instant());
            log.append(
                    AuditEntry.of(
                            "notice.given_up",
                            Principal.SYSTEM.actor(),
                            Map.of(
                                    "hook", delivery.hook(),
                                    "entry", String.valueOf(delivery.entry()),
                                    "about", delivery.kind(),
                                    "attempts", String.valueOf(attempts),
                                    "problem", problem)));
        });
    }

    public void forgetOld() {
        transactions.allOrNothing(() -> store.forgetBefore(clock.instant().minus(KEPT)));
    }

    /// Sends one message to a hook, to see whether it arrives.
    ///
    /// @throws NotAllowed unless `by` is a signed-in admin
    /// @throws InvalidInput where there is no such hook
    public void test(Principal by, String hook) {
        if (by.kind() != Principal.Kind.SESSION || !by.roles().contains(Role.ADMIN)) {
            throw new NotAllowed("only an admin tries a hook", "Sign in as an admin.");
        }
        if (courier.hooks().stream().noneMatch(each -> each.name().equals(hook))) {
            throw new InvalidInput(
                    "hook", "there is no hook of this name", "Choose one from the list.");
        }
        transactions.allOrNothing(() ->
                log.append(
                        AuditEntry.of(NoticeKind.TEST.kind(), by.actor(), Map.of("hook", hook))));
    }

    public List<Hook> hooks() {
        return courier.hooks();
    }

    /// The newest first.
    public List<Delivery> newest(int limit) {
        return store.newest(limit);
    }
}
