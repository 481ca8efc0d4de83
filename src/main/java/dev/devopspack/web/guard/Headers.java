package dev.devopspack.web.guard;

import io.vertx.core.MultiMap;
import java.util.Map;

/// What every answer says to the browser.
final class Headers {

    /// Nothing inline, nothing from elsewhere, no frame around us. `data:` is for small images in
    /// the style sheet.
    static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; form-action 'self'; frame-ancestors 'none';"
                    + " base-uri 'none'; require-trusted-types-for 'script'; trusted-types default";

    /// `same-origin`, not `no-referrer`: under the latter browsers send `Origin: null` with a form,
    /// and the origin is what we check.
    private static final Map<String, String> ALWAYS =
            Map.of(
                    "Content-Security-Policy", CONTENT_POLICY,
                    "X-Content-Type-Options", "nosniff",
                    "X-Frame-Options", "DENY",
                    "Referrer-Policy", "same-origin",
                    "Cross-Origin-Opener-Policy", "same-origin",
                    "Cross-Origin-Resource-Policy", "same-origin",
                    "Permissions-Policy",
                            "publickey-credentials-get=(self), publickey-credentials-create=(self),"
                                    + " camera=(), microphone=(), geolocation=(), payment=(),"
                                    + " usb=()");

    private Headers() {}

    static void add(MultiMap headers, Realm realm, boolean secure) {
        ALWAYS.forEach(headers::set);
        // Styles and scripts are asked for again each time and mostly answered with "not modified".
        headers.set("Cache-Control", realm == Realm.OPEN ? "no-cache" : "no-store");
        if (secure) {
            headers.set("Strict-Transport-Security", "max-age=31536000");
        }
    }
}
