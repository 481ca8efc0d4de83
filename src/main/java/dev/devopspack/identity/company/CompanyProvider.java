package dev.devopspack.identity.company;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/// Reaches the company's identity provider.
public interface CompanyProvider {

    /// Nothing where none is configured.
    Optional<CompanySettings> settings();

    /// Where it answers, as it publishes it.
    ///
    /// @throws IOException where that cannot be had now
    Endpoints endpoints() throws IOException;

    /// @param keys the address of its key set
    record Endpoints(URI authorization, URI token, String keys) {}

    /// Exchanges a code for the token that says who signed in.
    ///
    /// @param verifier the proof of who asked for the code (PKCE)
    /// @throws IOException where it does not answer, or refuses
    String identityToken(String code, String verifier, String redirect) throws IOException;
}
