package dev.devopspack.web.guard;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/// Lets nobody without a token pass to a token's path, whatever stands behind it. Applies to every
/// request: it has no name.
@ApplicationScoped
public class TokenPaths implements HttpSecurityPolicy {

    @Override
    public Uni<CheckResult> checkPermission(
            RoutingContext context,
            Uni<SecurityIdentity> identity,
            AuthorizationRequestContext requestContext) {
        if (Realm.of(context.request()) != Realm.TOKENS) {
            return CheckResult.permit();
        }
        return identity.onItem().transform(caller -> new CheckResult(caller.hasRole(Access.TOKEN)));
    }
}
