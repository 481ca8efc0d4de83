package dev.devopspack.web.guard;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Under which names the server answers. Both lists are exact: no suffix, no wildcard.
///
/// A page of another site that makes its own name lead to this machine still sends that name.
@ApplicationScoped
public class Addresses {

    private final Optional<List<String>> origins;
    private final Optional<List<String>> hosts;

    /// @param origins `devopspack.http.origins`; the first one is where people open the pages
    /// @param hosts `devopspack.http.hosts`: further names for callers without a browser
    public Addresses(
            @ConfigProperty(name = "devopspack.http.origins") Optional<List<String>> origins,
            @ConfigProperty(name = "devopspack.http.hosts") Optional<List<String>> hosts) {
        this.origins = origins.map(list -> list.stream().map(Addresses::checkedOrigin).toList());
        this.hosts = hosts.map(list -> list.stream().map(Addresses::lower).toList());
    }

    /// Where people open the pages: passkeys belong to this name.
    ///
    /// @param port the port that the server listens on
    public String pageOrigin(int port) {
        return origins.map(List::getFirst).orElse("http://localhost:" + port);
    }

    /// Whether the pages come over TLS, ended here or at a proxy.
    boolean secure(int port) {
        return pageOrigin(port).startsWith("https://");
    }

    boolean knowsHost(String host, int port) {
        return knownHosts(port).anyMatch(lower(host)::equals);
    }

    boolean knowsOrigin(String origin, int port) {
        return knownOrigins(port).contains(origin);
    }

    /// Whether an origin and a host name the same server.
    static boolean same(String origin, String host) {
        return hostOf(origin).equals(lower(host));
    }

    private List<String> knownOrigins(int port) {
        return origins.orElse(List.of("http://localhost:" + port, "http://127.0.0.1:" + port));
    }

    private Stream<String> knownHosts(int port) {
        return Stream.concat(
                hosts.orElse(List.of()).stream(),
                knownOrigins(port).stream().map(Addresses::hostOf));
    }

    private static String hostOf(String origin) {
        return origin.substring(origin.indexOf("://") + 3);
    }

    private static String checkedOrigin(String text) {
        String origin = lower(text);
        URI uri = URI.create(origin);
        boolean whole =
                ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                        && origin.equals(uri.getScheme() + "://" + uri.getAuthority());
        if (!whole) {
            throw new IllegalArgumentException(
                    "devopspack.http.origins: '"
                            + text
                            + "' is no origin. Write scheme, host and port, for example"
                            + " https://devops-pack.example.com");
        }
        return origin;
    }

    private static String lower(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
