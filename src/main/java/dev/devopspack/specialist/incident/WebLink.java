package dev.devopspack.specialist.incident;

import dev.devopspack.change.Hidden;
import dev.devopspack.task.InvalidInput;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/// A page that helps: a dashboard or an alert.
public record WebLink(String title, URI target) {

    /// Browsers and proxies stop near here.
    private static final int MAX_CHARACTERS = 2_000;

    private static final int MAX_TITLE_CHARACTERS = 120;

    /// @param title what it shows; the host's name where nobody said
    /// @throws InvalidInput unless it is a plain link to http or https
    static WebLink of(@Nullable String title, String url) {
        URI target = parsed(url);
        boolean web = "https".equals(target.getScheme()) || "http".equals(target.getScheme());
        if (!web || target.getHost() == null || target.getRawUserInfo() != null) {
            throw refused("the link does not lead to http or https and a host");
        }
        String shown = title == null ? target.getHost() + path(target) : title;
        if (shown.isBlank()
                || shown.length() > MAX_TITLE_CHARACTERS
                || Hidden.firstIn(shown) >= 0) {
            throw new InvalidInput(
                    "title",
                    "the title is empty, longer than "
                            + MAX_TITLE_CHARACTERS
                            + " characters or holds an invisible one",
                    "Name what the page shows, for example API latency.");
        }
        return new WebLink(shown, target);
    }

    private static URI parsed(String url) {
        if (url.length() > MAX_CHARACTERS || !url.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw refused("the link is too long or holds characters that a link cannot hold");
        }
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw refused("the link is no URL");
        }
    }

    private static String path(URI target) {
        String path = target.getRawPath() == null ? "" : target.getRawPath();
        String whole = target.getHost() + path;
        return whole.length() > MAX_TITLE_CHARACTERS || path.equals("/") ? "" : path;
    }

    private static InvalidInput refused(String problem) {
        return new InvalidInput(
                "url",
                problem,
                "Give it as https://grafana.example.com/d/api, without a password.");
    }
}
