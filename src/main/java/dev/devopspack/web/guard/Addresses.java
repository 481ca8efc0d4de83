package dev.devopspack.web.guard;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Under which names the server answers. Both lists are exact: no suffix, no wildcard.
///
/// A page of another site that makes its own name lead to this machine still sends that name.
@ApplicationScoped
public class Addresses {

    private static final Logger LOG = Logger.getLogger(Addresses.class);

    /// Before anything begins that would have to be stopped again.
    private static final int FIRST = 1;

    private static final Pattern NUMERIC =
            Pattern.compile("([0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-f:]{2,39}])(:[0-9]{1,5})?");

    private final Optional<String> fixed;
    private final List<String> moreOrigins;
    private final List<String> moreHosts;

    /// Asked several times for every request; there are as many as ports that are listened on.
    private final Map<Integer, Names> names = new ConcurrentHashMap<>();

    private record Names(String page, Set<String> origins, Set<String> hosts) {}

    /// @param baseUrl `devopspack.base-url`: where people open the pages
    /// @param port the port in the configuration, by which the default address is told from one
    ///   that an operator set: the default one follows the port that is really listened on
    /// @param origins `devopspack.http.origins`: of other pages that may call
    /// @param hosts `devopspack.http.hosts`: further names for callers without a browser
    public Addresses(
            @ConfigProperty(name = "devopspack.base-url") String baseUrl,
            @ConfigProperty(name = "quarkus.http.port") int port,
            @ConfigProperty(name = "devopspack.http.origins") Optional<List<String>> origins,
            @ConfigProperty(name = "devopspack.http.hosts") Optional<List<String>> hosts) {
        String base = checkedOrigin("devopspack.base-url", baseUrl);
        this.fixed = base.equals(local(port)) ? Optional.empty() : Optional.of(base);
        this.moreOrigins =
                origins.orElse(List.of()).stream()
                        .map(origin -> checkedOrigin("devopspack.http.origins", origin))
                        .toList();
        this.moreHosts = hosts.orElse(List.of()).stream().map(Addresses::lower).toList();
    }

    /// What is wrong with the addresses is said at the start, not to whoever calls first.
    ///
    /// @param site the host that passkeys are made for
    void check(
            @Observes @Priority(FIRST) StartupEvent event,
            @ConfigProperty(name = "devopspack.site.id") String site) {
        fixed.filter(base -> !passkeysWork(base, site))
                .ifPresent(base ->
                        LOG.warnf(
                                "no passkey works at %s: they are made for '%s'. Set"
                                        + " devopspack.site.id to the host of devopspack.base-url.",
                                base, site));
    }

    /// Browsers take a host for its own passkeys and for those of the domains that it is below.
    static boolean passkeysWork(String base, String site) {
        String host = String.valueOf(URI.create(base).getHost());
        return host.equals(site) || host.endsWith("." + site);
    }

    /// Where people open the pages: passkeys belong to this name.
    ///
    /// @param port the port that the server listens on
    public String pageOrigin(int port) {
        return names(port).page();
    }

    private Names names(int port) {
        return names.computeIfAbsent(
                port,
                _ ->
                        new Names(
                                fixed.orElse(local(port)),
                                knownOrigins(port).collect(Collectors.toUnmodifiableSet()),
                                knownHosts(port).collect(Collectors.toUnmodifiableSet())));
    }

    private static String local(int port) {
        return "http://localhost:" + port;
    }

    /// Whether the pages come over TLS, ended here or at a proxy.
    boolean secure(int port) {
        return pageOrigin(port).startsWith("https://");
    }

    /// Whether the host is an address and no name: no page of another site can make a browser send
    /// one for a name of its own.
    static boolean isNumeric(@Nullable String host) {
        return host != null && NUMERIC.matcher(host).matches();
    }

    boolean knowsHost(String host, int port) {
        return names(port).hosts().contains(lower(host));
    }

    boolean knowsOrigin(String origin, int port) {
        return names(port).origins().contains(origin);
    }

    /// Whether an origin and a host name the same server.
    static boolean same(String origin, String host) {
        return hostOf(origin).equals(lower(host));
    }

    private Stream<String> knownOrigins(int port) {
        Stream<String> own =
                fixed.isPresent()
                        ? fixed.stream()
                        : Stream.of(local(port), "http://127.0.0.1:" + port);
        return Stream.concat(own, moreOrigins.stream());
    }

    /// This machine's own names always count: the command line calls by them.
    private Stream<String> knownHosts(int port) {
        return Stream.of(
                        Stream.of("localhost:" + port, "127.0.0.1:" + port),
                        fixed.stream().map(Addresses::hostOf),
                        moreHosts.stream())
                .flatMap(names -> names);
    }

    private static String hostOf(String origin) {
        return origin.substring(origin.indexOf("://") + 3);
    }

    private static String checkedOrigin(String setting, String text) {
        String origin = lower(text);
        if (!isOrigin(origin)) {
            throw new IllegalArgumentException(
                    setting
                            + ": '"
                            + text
                            + "' is no origin. Write scheme, host and port, for example"
                            + " https://devops-pack.example.com");
        }
        return origin;
    }

    private static boolean isOrigin(String text) {
        try {
            URI uri = new URI(text);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && text.equals(uri.getScheme() + "://" + uri.getAuthority());
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private static String lower(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
