package dev.devopspack.identity;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// The site that passkeys are made for. Comes from the configuration, never from a request.
///
/// @param id the host name, for example `localhost`
/// @param name for people, shown by the browser
/// @param origins exactly those origins that may use it, for example `http://localhost:8080`
public record RelyingParty(String id, String name, Set<String> origins) {

    public RelyingParty {
        origins = Set.copyOf(origins);
        if (origins.isEmpty()) {
            throw new IllegalArgumentException("a relying party has at least one origin");
        }
        for (String origin : origins) {
            String host = URI.create(origin).getHost();
            boolean fits = host != null && (host.equals(id) || host.endsWith("." + id));
            if (!fits || origin.endsWith("/") || !origin.equals(origin.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(
                        "'" + origin + "' is no origin of the host '" + id + "'");
            }
        }
    }

    /// The origins in a fixed order.
    public TreeSet<String> sortedOrigins() {
        return new TreeSet<>(origins);
    }
}
