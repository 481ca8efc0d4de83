package dev.devopspack.web;

import dev.devopspack.approval.KeySet;
import dev.devopspack.manager.notice.Delivery;
import dev.devopspack.manager.notice.Hook;
import dev.devopspack.manager.notice.NoticeDesk;
import dev.devopspack.manager.notice.NoticeKey;
import dev.devopspack.manager.notice.NoticeKind;
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
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The hooks that are told of what happens: looked at and tried here, configured elsewhere.
@Path("/")
@Singleton
@RunOnVirtualThread
public class NoticesResource {

    /// What fits on a page; older ones are in the audit log where they failed.
    private static final int SHOWN = 50;

    private final NoticeDesk desk;
    private final NoticeKey key;
    private final Names names;
    private final Clock clock;
    private final Shells shells;
    private final Caller caller;

    NoticesResource(
            NoticeDesk desk,
            NoticeKey key,
            Names names,
            Clock clock,
            Shells shells,
            Caller caller) {
        this.desk = desk;
        this.key = key;
        this.names = names;
        this.clock = clock;
        this.shells = shells;
        this.caller = caller;
    }

    /// The keys that messages are verified with, for anybody who receives one.
    @GET
    @Path(".well-known/devops-pack/notice-keys.json")
    @Produces(MediaType.APPLICATION_JSON)
    @PermitAll
    public String keys() {
        // No key is made for messages that nobody gets.
        return (desk.hooks().isEmpty() ? new KeySet(List.of()) : key.published()).jwks();
    }

    @GET
    @Path("notices")
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed(Access.PERSON_ADMIN)
    public TemplateInstance show() {
        return page(null);
    }

    @POST
    @Path("notices/test")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed(Access.PERSON_ADMIN)
    public TemplateInstance test(@FormParam("hook") @DefaultValue("") String hook) {
        desk.test(caller.principal(), hook);
        return page("A message to " + hook + " is on its way. Reload to see whether it arrived.");
    }

    private TemplateInstance page(@Nullable String note) {
        Instant now = clock.instant();
        return Pages.notices(
                shells.of("Notices"),
                new NoticesPage(
                        note,
                        desk.hooks().stream().map(this::row).toList(),
                        desk.newest(SHOWN).stream().map(each -> row(each, now)).toList()));
    }

    private NoticesPage.HookRow row(Hook hook) {
        return new NoticesPage.HookRow(
                hook.name(),
                hook.shape(),
                hook.host(),
                hook.person() == null ? "" : names.ofPerson(hook.person().toString()),
                hook.kinds().stream()
                        .filter(kind -> kind != NoticeKind.TEST)
                        .sorted()
                        .map(NoticeKind::kind)
                        .toList());
    }

    private static NoticesPage.DeliveryRow row(Delivery delivery, Instant now) {
        return new NoticesPage.DeliveryRow(
                Moment.of(delivery.createdAt(), now),
                delivery.hook(),
                delivery.kind(),
                delivery.entry(),
                switch (delivery.state()) {
                    case WAITING -> Pill.wait("waiting");
                    case DELIVERED -> Pill.good("delivered");
                    case GIVEN_UP -> Pill.bad("given up");
                },
                delivery.attempts(),
                delivery.problem());
    }
}
