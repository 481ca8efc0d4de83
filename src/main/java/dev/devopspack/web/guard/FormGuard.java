package dev.devopspack.web.guard;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.WithFormRead;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jspecify.annotations.Nullable;

/// Lets a change through only with the token that the session's own pages carry, in a header or a
/// form's field. The wall has looked at the origin already; this is the second lock.
public class FormGuard {

    private static final String HEADER = "X-CSRF-Token";
    private static final String FIELD = "csrf";
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final Caller caller;

    @Inject
    FormGuard(Caller caller) {
        this.caller = caller;
    }

    @ServerRequestFilter
    @WithFormRead
    public void check(ContainerRequestContext request) {
        String path = request.getUriInfo().getRequestUri().getPath();
        boolean changes = Realm.of(path) == Realm.PAGES && !READING.contains(request.getMethod());
        if (changes && !proven(request)) {
            throw new StaleForm(caller.known());
        }
    }

    private boolean proven(ContainerRequestContext request) {
        if (!caller.known()) {
            // Enrolment and sign-in: a header that no form of another site can send.
            return request.getHeaderString("X-DevOps-Pack") != null;
        }
        String shown = request.getHeaderString(HEADER);
        return same(shown == null ? field(request) : shown, caller.csrf());
    }

    private static @Nullable String field(ContainerRequestContext request) {
        MediaType type = request.getMediaType();
        if (type == null || !type.isCompatible(MediaType.APPLICATION_FORM_URLENCODED_TYPE)) {
            return null;
        }
        Object value = CurrentRequestManager.get().getFormParameter(FIELD, true, false);
        return value instanceof String text ? text : null;
    }

    private static boolean same(@Nullable String shown, String expected) {
        return shown != null
                && !expected.isEmpty()
                && MessageDigest.isEqual(
                        shown.getBytes(StandardCharsets.UTF_8),
                        expected.getBytes(StandardCharsets.UTF_8));
    }
}
