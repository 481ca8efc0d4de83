package dev.devopspack.web;

import dev.devopspack.audit.AuditLeaf;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.AuditQuery;
import dev.devopspack.audit.AuditVerifier;
import dev.devopspack.audit.Checkpoints;
import dev.devopspack.audit.CosignerKey;
import dev.devopspack.audit.Erasure;
import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.audit.Witnessing;
import dev.devopspack.manager.Catalogue;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.web.guard.Access;
import dev.devopspack.web.guard.Caller;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The log as a page.
@Path("/audit")
@Singleton
@RunOnVirtualThread
public class AuditResource {

    private static final int PAGE = 50;

    /// Stands for a personal field whose clear text is gone; its commitment is in the leaf.
    private static final String ERASED = "(erased)";

    /// The kinds that people look for; any other one can be typed.
    private static final List<String> KINDS =
            List.of(
                    "approval.decided",
                    "approval.opened",
                    "change_set.stored",
                    "gate.judged",
                    "grant.consumed",
                    "grant.issued",
                    "person.enrolled",
                    "person.signed_in",
                    "task.received",
                    "token.issued");

    private final Catalogue catalogue;
    private final AuditLog log;
    private final AuditState state;
    private final Checkpoints checkpoints;
    private final AuditExport export;
    private final AuditTiles tiles;
    private final Witnessing witnessing;
    private final Erasure erasure;
    private final Caller caller;
    private final Names names;
    private final Clock clock;
    private final Shells shells;

    AuditResource(
            Catalogue catalogue,
            AuditLog log,
            AuditState state,
            Checkpoints checkpoints,
            AuditExport export,
            AuditTiles tiles,
            Witnessing witnessing,
            Erasure erasure,
            Caller caller,
            Names names,
            Clock clock,
            Shells shells) {
        this.catalogue = catalogue;
        this.log = log;
        this.state = state;
        this.checkpoints = checkpoints;
        this.export = export;
        this.tiles = tiles;
        this.witnessing = witnessing;
        this.erasure = erasure;
        this.caller = caller;
        this.names = names;
        this.clock = clock;
        this.shells = shells;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed(Access.PERSON_AUDITOR)
    public TemplateInstance list(
            @QueryParam("kind") @DefaultValue("") String kind,
            @QueryParam("actor") @DefaultValue("") String actor,
            @QueryParam("changeSet") @DefaultValue("") String changeSet,
            @QueryParam("environment") @DefaultValue("") String environment,
            @QueryParam("agent") @DefaultValue("") String agent,
            @QueryParam("from") @DefaultValue("") String from,
            @QueryParam("until") @DefaultValue("") String until,
            @QueryParam("before") @Nullable Long before,
            @QueryParam("at") @Nullable Long at) {
        AuditPage.Filter filter =
                new AuditPage.Filter(kind, actor, changeSet, environment, agent, from, until);
        List<StoredEntry> entries =
                at == null
                        ? log.search(query(filter, before))
                        : log.find(at).map(List::of).orElse(List.of());
        return page(filter, entries, at == null, state.recent());
    }

    @POST
    @Path("verify")
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed(Access.PERSON_AUDITOR)
    public TemplateInstance verify() {
        AuditPage.Filter none = AuditPage.Filter.NONE;
        AuditState.Checked checked = state.whole();
        return page(none, log.search(query(none, null)), true, checked);
    }

    @GET
    @Path("export")
    @RolesAllowed(Access.PERSON_AUDITOR)
    public Response export(@QueryParam("format") @DefaultValue("jsonl") String format) {
        return export.answer(format, 0, null);
    }

    /// Erases personal fields: of an entry, or of all entries of who did it.
    @POST
    @Path("erase")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed(Access.PERSON_ADMIN)
    public Response erase(
            @FormParam("entry") @DefaultValue("0") long entry,
            @FormParam("all") @DefaultValue("") String all,
            @FormParam("reason") @DefaultValue("") String reason) {
        StoredEntry stored =
                log.find(entry)
                        .orElseThrow(() ->
                                Conflict.missing(
                                        "entry",
                                        "there is no such entry",
                                        "Choose one on the page /audit."));
        String by = caller.principal().actor();
        if (all.isEmpty()) {
            erasure.ofEntry(entry, reason, by);
        } else {
            erasure.ofActor(stored.entry().actor(), reason, by);
        }
        return Response.seeOther(URI.create("/audit?at=" + entry)).build();
    }

    /// The newest checkpoint, for anybody: it says how long the log is and nothing of what is in
    /// it.
    @GET
    @Path("checkpoint")
    @Produces(MediaType.TEXT_PLAIN)
    @PermitAll
    public String checkpoint() {
        return checkpoints
                .newest()
                .map(SignedCheckpoint::note)
                .orElseThrow(() ->
                        Conflict.missing(
                                "checkpoint",
                                "there is none yet",
                                "Ask again a second after the first entry."));
    }

    /// That an entry is in the log that was signed last, as a file that needs nobody to be asked.
    @GET
    @Path("entries/{sequence: [0-9]{1,16}}/proof")
    @RolesAllowed(Access.PERSON_AUDITOR)
    public Response proof(@PathParam("sequence") long sequence) {
        return tiles.proof(sequence);
    }

    private TemplateInstance page(
            AuditPage.Filter filter,
            List<StoredEntry> entries,
            boolean list,
            AuditState.Checked checked) {
        Instant now = clock.instant();
        List<AuditPage.Entry> shown = new ArrayList<>();
        Optional<SignedCheckpoint> newest = checkpoints.newest();
        long signed = newest.map(checkpoint -> checkpoint.checkpoint().size()).orElse(0L);
        entries.forEach(entry -> shown.add(entry(entry, !list, signed, now)));
        return Pages.audit(
                shells.of("Audit"),
                new AuditPage(
                        state(checked),
                        newest.map(this::signed).orElse(null),
                        witnessing.standing().map(AuditResource::witness).orElse(null),
                        filter,
                        KINDS,
                        names.people(),
                        agents(),
                        shown,
                        list && entries.size() == PAGE
                                ? older(filter, entries.getLast().sequence())
                                : null));
    }

    static AuditPage.State state(AuditState.Checked checked) {
        return switch (checked.result()) {
            case AuditVerifier.Result.Intact intact ->
                    new AuditPage.State(
                            intact.sequence() == 0
                                    ? "The log is empty"
                                    : "Verified up to entry " + intact.sequence(),
                            checked.how()
                                    + "; chain "
                                    + DigestMark.of(intact.chainHash()).brief()
                                    + "…",
                            Pill.GOOD);
            case AuditVerifier.Result.Broken broken ->
                    new AuditPage.State(
                            "The log is broken at entry " + broken.sequence(),
                            broken.why(),
                            Pill.BAD);
        };
    }

    private static AuditPage.State witness(Witnessing.Standing standing) {
        String signed =
                standing.size() == 0
                        ? "it has signed nothing yet"
                        : "it signed the first " + standing.size() + " entries";
        return standing.problem().isEmpty()
                ? new AuditPage.State("Witness " + standing.name(), signed, Pill.GOOD)
                : new AuditPage.State(
                        "Witness " + standing.name() + ": " + standing.problem(), signed, Pill.BAD);
    }

    private AuditQuery query(AuditPage.Filter filter, @Nullable Long before) {
        return new AuditQuery(
                        given(filter.kind()),
                        given(filter.actor()),
                        given(filter.changeSet()),
                        given(filter.environment()),
                        day("from", filter.from(), 0),
                        day("until", filter.until(), 1),
                        before,
                        PAGE)
                .ofAgent(known(filter.agent()));
    }

    /// The beginning of a day in UTC, so and so many days later.
    private static @Nullable Instant day(String field, String typed, int later) {
        if (typed.isBlank()) {
            return null;
        }
        try {
            return LocalDate.parse(typed.strip())
                    .plusDays(later)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant();
        } catch (DateTimeException e) {
            throw new InvalidInput(field, "it is no day", "Write it as 2026-07-14.");
        }
    }

    private List<String> agents() {
        return catalogue.agents().stream().map(Catalogue.Agent::name).toList();
    }

    /// Only an agent that there is can be looked for.
    private @Nullable String known(String typed) {
        if (typed.isBlank()) {
            return null;
        }
        return catalogue
                .agent(typed.strip())
                .map(Catalogue.Agent::name)
                .orElseThrow(() ->
                        new InvalidInput(
                                "agent",
                                "there is no agent of this name",
                                "Choose one of " + String.join(", ", agents()) + "."));
    }

    private static @Nullable String given(String text) {
        return text.isBlank() ? null : text.strip();
    }

    private static String older(AuditPage.Filter filter, long sequence) {
        StringBuilder href = new StringBuilder("/audit?before=").append(sequence);
        Map.of(
                        "kind", filter.kind(),
                        "actor", filter.actor(),
                        "changeSet", filter.changeSet(),
                        "environment", filter.environment(),
                        "agent", filter.agent(),
                        "from", filter.from(),
                        "until", filter.until())
                .forEach((name, value) -> {
                    if (!value.isBlank()) {
                        href.append('&')
                                .append(name)
                                .append('=')
                                .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
                    }
                });
        return href.toString();
    }

    private AuditPage.Signed signed(SignedCheckpoint newest) {
        return new AuditPage.Signed(
                newest.checkpoint().size(),
                newest.note(),
                checkpoints.key().text(),
                checkpoints.secondKey().map(CosignerKey::text).orElse(null));
    }

    /// @param signed how many entries the newest checkpoint covers
    private AuditPage.Entry entry(StoredEntry stored, boolean open, long signed, Instant now) {
        List<AuditPage.Fact> facts = new ArrayList<>();
        new TreeMap<>(stored.entry().facts())
                .forEach((name, value) ->
                        facts.add(
                                new AuditPage.Fact(
                                        name,
                                        value,
                                        link(name, value).orElse(null),
                                        DigestMark.find(value))));
        Map<String, String> personal = stored.entry().personal();
        AuditLeaf.parse(stored.leaf())
                .map(AuditLeaf::commitments)
                .ifPresent(committed ->
                        new TreeSet<>(committed.keySet())
                                .forEach(name ->
                                        facts.add(
                                                new AuditPage.Fact(
                                                        name,
                                                        personal.getOrDefault(name, ERASED),
                                                        null,
                                                        null))));
        String actor = names.ofActor(stored.entry().actor());
        return new AuditPage.Entry(
                stored.sequence(),
                stored.entry().kind(),
                AuditWords.sentence(stored.entry(), actor),
                actor,
                stored.entry().actor(),
                Moment.of(stored.at(), now),
                facts,
                DigestMark.of(stored.leafHash()),
                DigestMark.of(stored.chainHash()),
                stored.leaf(),
                open && stored.sequence() <= signed
                        ? checkpoints.inclusion(stored.sequence(), signed).json()
                        : null,
                open,
                open && !personal.isEmpty() && caller.may(Access.PERSON_ADMIN));
    }

    private static Optional<String> link(String name, String value) {
        return name.equals("changeSet") && value.startsWith("cs-")
                ? Optional.of("/change-sets/" + value)
                : Optional.empty();
    }
}
