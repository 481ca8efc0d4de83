package dev.devopspack.web.guard;

import dev.devopspack.change.Digest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/// The cookie of a signed-in person, and the token that proves that a form is of this session.
///
/// Over TLS its name begins with `__Host-`, so that no other host of the domain can set it. Over
/// plain http on `localhost` it cannot: the prefix demands `Secure`, and Safari keeps no secure
/// cookie from there.
@ApplicationScoped
public class SessionCookie {

    private static final String OVER_TLS = "__Host-devops-pack";
    private static final String ON_LOCALHOST = "devops-pack-session";
    private static final String COMPANY = "-company";
    private static final String CSRF_DOMAIN = "devops-pack/csrf/v1\n";

    private final Addresses addresses;

    SessionCookie(Addresses addresses) {
        this.addresses = addresses;
    }

    public String name(int port) {
        return addresses.secure(port) ? OVER_TLS : ON_LOCALHOST;
    }

    /// The `Set-Cookie` header that begins a session.
    public String begin(String secret, Duration longest, int port) {
        return header(secret, longest.toSeconds(), port);
    }

    /// The `Set-Cookie` header that ends it.
    public String end(int port) {
        return header("", 0, port);
    }

    /// The cookie that ties a sign-in at the identity provider to the browser that began it.
    public String companyName(int port) {
        return addresses.secure(port) ? OVER_TLS + COMPANY : ON_LOCALHOST + COMPANY;
    }

    /// `Lax`, because the provider's answer comes from another site. It is worth nothing without
    /// that answer.
    public String beginCompany(String secret, Duration longest, int port) {
        return companyName(port)
                + "="
                + secret
                + "; Path=/; Max-Age="
                + longest.toSeconds()
                + "; HttpOnly; SameSite=Lax"
                + (addresses.secure(port) ? "; Secure" : "");
    }

    /// The `Set-Cookie` header that ends it.
    public String endCompany(int port) {
        return companyName(port)
                + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"
                + (addresses.secure(port) ? "; Secure" : "");
    }

    private String header(String value, long maxAgeSeconds, int port) {
        return name(port)
                + "="
                + value
                + "; Path=/; Max-Age="
                + maxAgeSeconds
                + "; HttpOnly; SameSite=Strict"
                + (addresses.secure(port) ? "; Secure" : "");
    }

    /// Follows from the cookie's secret, so that it needs no storage; does not tell the secret.
    static String csrf(String secret) {
        return Digest.of(CSRF_DOMAIN + secret).hex();
    }
}
