package dev.devopspack.web.guard;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/// What a request shows to prove who sends it: a bearer token or a session cookie's secret.
final class Proof extends BaseAuthenticationRequest {

    private final Realm realm;
    private final String secret;

    Proof(Realm realm, String secret) {
        this.realm = realm;
        this.secret = secret;
    }

    Realm realm() {
        return realm;
    }

    String secret() {
        return secret;
    }
}
