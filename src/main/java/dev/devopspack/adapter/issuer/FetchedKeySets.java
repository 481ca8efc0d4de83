package dev.devopspack.adapter.issuer;

import dev.devopspack.adapter.http.Outgoing;
import dev.devopspack.identity.workload.Issuer;
import dev.devopspack.identity.workload.IssuerKey;
import dev.devopspack.identity.workload.IssuerKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jboss.logging.Logger;

/// Key sets from the configured address or file: no redirect is followed, nothing long is read,
/// nobody is waited for.
@ApplicationScoped
public class FetchedKeySets implements IssuerKeys.Source {

    private static final Logger LOG = Logger.getLogger(FetchedKeySets.class);

    /// A pipeline waits meanwhile.
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @Override
    public String fetch(Issuer issuer) throws IOException {
        try {
            return fetched(issuer);
        } catch (IOException e) {
            LOG.warnf(
                    "an issuer's keys cannot be had: issuer=%s keys=%s why=%s",
                    issuer.name(), issuer.keys(), e);
            throw e;
        }
    }

    private String fetched(Issuer issuer) throws IOException {
        if (!issuer.keys().contains("://")) {
            return file(Path.of(issuer.keys()));
        }
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(issuer.keys()))
                        .timeout(TIMEOUT)
                        .header("Accept", "application/json")
                        .GET()
                        .build();
        try {
            HttpResponse<String> answer =
                    Outgoing.http()
                            .send(
                                    request,
                                    BodyHandlers.limiting(
                                            BodyHandlers.ofString(), IssuerKey.MAX_CHARACTERS));
            if (answer.statusCode() != 200) {
                throw new IOException("the address answers " + answer.statusCode());
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static String file(Path path) throws IOException {
        if (Files.size(path) > IssuerKey.MAX_CHARACTERS) {
            throw new IOException("the file is long");
        }
        return Files.readString(path);
    }
}
