package dev.devopspack.adapter.hcp;

import dev.devopspack.adapter.http.Outgoing;
import dev.devopspack.approval.enforcement.ForeignJson;
import dev.devopspack.approval.enforcement.terraform.TerraformApi;
import dev.devopspack.change.Canonical;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// HCP Terraform over HTTP. A plan's answer may lead to the configured storage, once and without
/// the token; no other redirect is followed.
@ApplicationScoped
public class HttpTerraform implements TerraformApi {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final long MAX_ANSWER_BYTES = 100_000;

    private static final String JSON_API = "application/vnd.api+json";

    @Override
    public byte[] plan(URI plan, @Nullable URI storage, String token) throws IOException {
        HttpResponse<byte[]> answer =
                sent(request(plan).header("Authorization", "Bearer " + token).GET());
        if (answer.statusCode() == 307 || answer.statusCode() == 302) {
            answer = sent(request(storedAt(answer, storage)).GET());
        }
        if (answer.statusCode() != 200) {
            throw new IOException("the server answers " + answer.statusCode());
        }
        return answer.body();
    }

    private static URI storedAt(HttpResponse<byte[]> answer, @Nullable URI storage)
            throws IOException {
        Optional<String> location = answer.headers().firstValue("Location");
        if (storage == null || location.isEmpty() || !location.get().startsWith(storage + "/")) {
            throw new IOException(
                    "the server leads to another address than the configured storage");
        }
        try {
            return URI.create(location.get());
        } catch (IllegalArgumentException e) {
            throw new IOException("the server leads to no address", e);
        }
    }

    @Override
    public void answer(URI callback, String token, boolean passed, String message, String link)
            throws IOException {
        Map<String, Object> body =
                Map.of(
                        "data",
                        Map.of(
                                "type",
                                "task-results",
                                "attributes",
                                Map.of(
                                        "status",
                                        passed ? "passed" : "failed",
                                        "message",
                                        Normalizer.normalize(message, Normalizer.Form.NFC),
                                        "url",
                                        link)));
        HttpRequest.Builder request =
                request(callback)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", JSON_API)
                        .method("PATCH", HttpRequest.BodyPublishers.ofString(Canonical.text(body)));
        int status = sent(request, MAX_ANSWER_BYTES).statusCode();
        if (status / 100 != 2) {
            throw new IOException("the server answers " + status);
        }
    }

    private static HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).timeout(TIMEOUT).header("User-Agent", "devops-pack");
    }

    private HttpResponse<byte[]> sent(HttpRequest.Builder request) throws IOException {
        return sent(request, ForeignJson.MAX_CHARACTERS);
    }

    private HttpResponse<byte[]> sent(HttpRequest.Builder request, long maxBytes)
            throws IOException {
        try {
            return Outgoing.http()
                    .send(
                            request.build(),
                            BodyHandlers.limiting(BodyHandlers.ofByteArray(), maxBytes));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
