package dev.devopspack.web;

import dev.devopspack.approval.ApprovalPolicy;
import dev.devopspack.approval.emergency.BrokenGlass;
import dev.devopspack.approval.emergency.Emergencies;
import dev.devopspack.approval.pause.Pauses;
import dev.devopspack.web.guard.Access;
import dev.devopspack.web.guard.Caller;
import dev.devopspack.web.guard.Realm;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// Makes what every page has around it, for who is asking.
@RequestScoped
class Shells {

    private static final List<String> EXCEPTIONS =
            List.of("/pauses", "/waivers", "/delegations", "/break-glass");

    private static final String TRIAL =
            "Trial policy: one approver suffices, and the printed token belongs to a trial person."
                    + " Do not release with it what counts.";

    private final Caller caller;
    private final RoutingContext context;
    private final ApprovalPolicy policy;
    private final Pauses pauses;
    private final Emergencies emergencies;
    private final Names names;

    Shells(
            Caller caller,
            RoutingContext context,
            ApprovalPolicy policy,
            Pauses pauses,
            Emergencies emergencies,
            Names names) {
        this.pauses = pauses;
        this.emergencies = emergencies;
        this.names = names;
        this.caller = caller;
        this.context = context;
        this.policy = policy;
    }

    Shell of(String title) {
        return caller.known()
                ? new Shell(title, caller.principal().name(), caller.csrf(), banners(), links())
                : bare(title);
    }

    /// Without banners, which are read from the store: for what went wrong, perhaps with the store.
    Shell plain(String title) {
        return caller.known()
                ? new Shell(title, caller.principal().name(), caller.csrf(), List.of(), links())
                : bare(title);
    }

    /// Without navigation: for signing in. Who opens it signed in, as to add a passkey, can send
    /// it.
    Shell bare(String title) {
        return new Shell(title, null, caller.csrf(), List.of(), List.of());
    }

    private List<String> banners() {
        List<String> banners = new ArrayList<>();
        banners.addAll(PauseBanners.of(pauses.active(), pauses::sentence));
        emergencies.unreviewed().ifPresent(broken -> banners.add(brokenGlass(broken)));
        if (policy.trial()) {
            banners.add(TRIAL);
        }
        return banners;
    }

    private String brokenGlass(BrokenGlass broken) {
        return "Break glass: "
                + names.ofPerson(broken.by().toString())
                + " let a change through alone at "
                + broken.at().truncatedTo(ChronoUnit.SECONDS)
                + " for "
                + broken.incident()
                + ": "
                + broken.reason()
                + ". It waits for a review on /break-glass.";
    }

    private List<Shell.Link> links() {
        List<Shell.Link> links = new ArrayList<>();
        links.add(link("/", "Overview"));
        links.add(link("/change-sets", "Change sets"));
        links.add(link("/secrets", "Secrets"));
        if (caller.may(Access.PERSON_AUDITOR)) {
            links.add(link("/audit", "Audit"));
        }
        links.add(exceptions());
        links.add(link("/catalogue", "Catalogue"));
        if (caller.may(Access.PERSON_REQUESTER)) {
            links.add(link("/try", "Try it"));
        }
        links.add(link("/access", "Access"));
        if (caller.may(Access.PERSON_ADMIN)) {
            links.add(link("/notices", "Notices"));
        }
        return links;
    }

    /// One link for the four pages of what people do beside deciding: a dozen links fit no line.
    private Shell.Link exceptions() {
        String path = Realm.pathOf(context.request());
        boolean current = EXCEPTIONS.stream().anyMatch(path::startsWith);
        return new Shell.Link(EXCEPTIONS.getFirst(), "Exceptions", current, null);
    }

    private Shell.Link link(String href, String text) {
        String path = Realm.pathOf(context.request());
        boolean current = href.equals("/") ? path.equals("/") : path.startsWith(href);
        return new Shell.Link(href, text, current, null);
    }
}
