package dev.devopspack.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// @param next the page to go to afterwards: a path of ours
/// @param company whether there is an identity provider
record SignIn(String next, boolean company) {

    /// As a value of a query.
    public String nextEncoded() {
        return URLEncoder.encode(next, StandardCharsets.UTF_8);
    }
}
