package dev.devopspack.identity.workload;

import java.util.regex.Pattern;

/// Somebody whose word about pipelines or people counts, as configured.
///
/// @param name the short name, for example `github`: it stands in the audit log
/// @param kind how its tokens name things
/// @param issuer the exact value of `iss`, for example
///   `https://token.actions.githubusercontent.com`
/// @param audience the exact value that `aud` must hold: this server, so that a token made for
///   another one is worth nothing here
/// @param keys where its key set is: an https address, or a file's path
public record Issuer(String name, Kind kind, String issuer, String audience, String keys) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,29}");

    public enum Kind {
        GITHUB_ACTIONS,
        GITLAB,
        /// The company's own, about people.
        COMPANY
    }

    public Issuer {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is no issuer's name");
        }
    }
}
