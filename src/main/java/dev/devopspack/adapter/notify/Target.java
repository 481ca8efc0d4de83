package dev.devopspack.adapter.notify;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An address that messages are sent to. Its path is a secret: no message of ours repeats it.
///
/// @param insideAllowed whether the administrator allowed this host by name to be in our own
///   network, or without TLS
record Target(URI address, boolean insideAllowed) {

    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    /// @param setting its name, for what is said of it
    /// @throws IllegalStateException where the address cannot be used
    static Target of(String text, Set<String> insideHosts, String setting) {
        URI address;
        try {
            address = URI.create(text.strip());
        } catch (IllegalArgumentException _) {
            throw new IllegalStateException(setting + " is no address. Use https://host/path.");
        }
        String host = address.getHost();
        if (host == null || address.getRawUserInfo() != null || address.getRawFragment() != null) {
            throw new IllegalStateException(
                    setting + " has no host, or a user or '#' in it. Use https://host/path.");
        }
        boolean inside = insideHosts.contains(host.toLowerCase(Locale.ROOT));
        boolean secure = "https".equalsIgnoreCase(address.getScheme());
        if (!secure && !(inside && "http".equalsIgnoreCase(address.getScheme()))) {
            throw new IllegalStateException(
                    setting
                            + " must begin with https://. Without TLS only the hosts of"
                            + " devopspack.notify.private-hosts are called.");
        }
        return new Target(address, inside);
    }

    String host() {
        return address.getHost();
    }

    boolean secure() {
        return "https".equalsIgnoreCase(address.getScheme());
    }

    int port() {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return secure() ? HTTPS : HTTP;
    }

    /// Path and query, as they are sent.
    String path() {
        String path = address.getRawPath() == null ? "" : address.getRawPath();
        @Nullable String query = address.getRawQuery();
        return (path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
    }

    /// As RFC 9421 signs it.
    String uri() {
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return (secure() ? "https://" : "http://")
                + host().toLowerCase(Locale.ROOT)
                + port
                + path();
    }

    @Override
    public String toString() {
        return "Target[" + host() + "]";
    }
}
