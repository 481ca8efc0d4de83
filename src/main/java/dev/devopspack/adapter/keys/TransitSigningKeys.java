package dev.devopspack.adapter.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.approval.KeySet;
import dev.devopspack.approval.SigningKeys;
import dev.devopspack.audit.Ed25519;
import dev.devopspack.change.Canonical;
import dev.devopspack.change.StoreUnavailable;
import dev.devopspack.task.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The keys of grants in the transit engine of HashiCorp Vault or OpenBao: the private key never
/// comes here. Each version of the engine's key is one key; a new one is published at once and
/// signs a day later, so that pipelines that pin keys have time to fetch it.
final class TransitSigningKeys implements SigningKeys {

    /// How long a new version is published before it signs, while the old one may still sign.
    static final Duration PUBLISHED_BEFORE = Duration.ofHours(24);

    private static final Logger LOG = Logger.getLogger(TransitSigningKeys.class);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// A hundred versions of a key are a tenth of it.
    private static final int MAX_ANSWER = 256 * 1_024;

    private static final int SIGNATURE_BYTES = 64;

    /// The engine reads at most 32 MiB; in base64 it is a third more. Twenty grants of a usual size
    /// are a hundredth of it.
    private static final int MAX_QUESTION = 16 * 1_024 * 1_024;

    /// No grant: what is signed of a grant begins with the name of its envelope's format.
    private static final byte[] PROBE =
            "devops-pack: is a signature made now?".getBytes(StandardCharsets.UTF_8);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI engine;
    private final String key;
    private final Path token;
    private final Clock clock;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
    private @Nullable Loaded loaded;
    private volatile @Nullable Instant failingSince;

    /// @param engine the engine's address, for example `https://vault.example.com/v1/transit`
    /// @param key its name there, of type `ed25519`
    /// @param token the file with the token, read for each request: an agent renews it
    TransitSigningKeys(URI engine, String key, Path token, Clock clock) {
        boolean here = List.of("localhost", "127.0.0.1").contains(String.valueOf(engine.getHost()));
        if (engine.getHost() == null
                || !("https".equals(engine.getScheme())
                        || (here && "http".equals(engine.getScheme())))) {
            throw new InvalidInput(
                    "devopspack.transit.engine",
                    "it is no https address",
                    "Write the engine's whole address, for example"
                            + " https://vault.example.com/v1/transit.");
        }
        if (!key.matches("[A-Za-z0-9_.-]{1,100}")) {
            throw new InvalidInput(
                    "devopspack.transit.key",
                    "it is no name of a key",
                    "Write the name that the engine knows, without a path.");
        }
        this.engine = engine;
        this.key = key;
        this.token = token;
        this.clock = clock;
    }

    /// @param versions by number
    /// @param least the first version that may sign
    private record Versions(NavigableMap<Integer, Version> versions, int least) {

        /// The newest that was published long enough, else the oldest that may sign.
        int signing(Instant now) {
            NavigableMap<Integer, Version> may = versions.tailMap(least, true);
            int chosen = may.firstKey();
            for (Map.Entry<Integer, Version> each : may.entrySet()) {
                if (!now.isBefore(each.getValue().madeAt().plus(PUBLISHED_BEFORE))) {
                    chosen = each.getKey();
                }
            }
            return chosen;
        }

        KeySet.Key open(int number) {
            Map.Entry<Integer, Version> next = versions.higherEntry(number);
            Version version = Objects.requireNonNull(versions.get(number), "version");
            return new KeySet.Key(
                    version.x(),
                    version.madeAt(),
                    next == null
                            ? null
                            : next.getValue()
                                    .madeAt()
                                    .plus(PUBLISHED_BEFORE)
                                    .plus(GrantKeys.OVERLAP));
        }
    }

    private record Version(String x, Instant madeAt) {}

    private record Loaded(Versions versions, Instant lookAgainAt) {}

    @Override
    public String currentKeyId() {
        Versions versions = versions();
        return versions.open(versions.signing(clock.instant())).keyId();
    }

    @Override
    public Signed sign(byte[] message) {
        return signAll(List.of(message)).getFirst();
    }

    @Override
    public List<Signed> signAll(List<byte[]> messages) {
        Versions versions = versions();
        int number = versions.signing(clock.instant());
        KeySet.Key open = versions.open(number);
        try {
            List<Signed> signed = new ArrayList<>();
            for (List<byte[]> question : questions(messages)) {
                signed.addAll(asked(question, number, open));
            }
            failingSince = null;
            return signed;
        } catch (IOException | IllegalArgumentException e) {
            failed(e);
            throw away(e);
        }
    }

    /// All messages in one question, unless they are so large that the engine would not read it.
    private static List<List<byte[]>> questions(List<byte[]> messages) {
        List<List<byte[]>> questions = new ArrayList<>();
        int size = 0;
        for (byte[] message : messages) {
            if (questions.isEmpty() || size + message.length > MAX_QUESTION) {
                questions.add(new ArrayList<>());
                size = 0;
            }
            questions.getLast().add(message);
            size += message.length;
        }
        return questions;
    }

    private List<Signed> asked(List<byte[]> messages, int number, KeySet.Key open)
            throws IOException {
        List<Map<String, String>> inputs =
                messages.stream()
                        .map(each -> Map.of("input", Base64.getEncoder().encodeToString(each)))
                        .toList();
        String question = Canonical.text(Map.of("batch_input", inputs, "key_version", number));
        JsonNode answers =
                asked(request("/sign/" + key).POST(BodyPublishers.ofString(question)))
                        .at("/data/batch_results");
        if (answers.size() != messages.size()) {
            throw new IOException(
                    "it gave " + answers.size() + " signatures for " + messages.size());
        }
        List<Signed> signed = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            String made = answers.get(i).path("signature").asText();
            byte[] signature =
                    Base64.getDecoder().decode(made.substring(made.lastIndexOf(':') + 1));
            // What no verifier would accept is found here, not in a pipeline.
            if (signature.length != SIGNATURE_BYTES
                    || !Ed25519.verifies(
                            Base64.getUrlDecoder().decode(open.x()), messages.get(i), signature)) {
                throw new IOException("its signature does not fit version " + number);
            }
            signed.add(new Signed(open.keyId(), signature));
        }
        return signed;
    }

    /// Makes a signature that nobody needs. Whether the service was there a minute ago says nothing
    /// of now, and a person who presses a button does not see the few milliseconds.
    @Override
    public void awake() {
        sign(PROBE);
    }

    private synchronized void failed(Exception why) {
        LOG.errorf("a grant cannot be signed: engine=%s why=%s", engine, why);
        if (failingSince == null) {
            failingSince = clock.instant();
        }
    }

    @Override
    public Optional<Instant> failingSince() {
        return Optional.ofNullable(failingSince);
    }

    @Override
    public KeySet published() {
        Versions versions = versions();
        return new KeySet(
                versions.versions().descendingKeySet().stream().map(versions::open).toList());
    }

    private synchronized Versions versions() {
        Instant now = clock.instant();
        Loaded kept = loaded;
        if (kept == null || !now.isBefore(kept.lookAgainAt())) {
            kept = new Loaded(looked(kept), now.plus(LOOK_EVERY));
            loaded = kept;
        }
        return kept.versions();
    }

    /// A service that is away does not take the public keys away that were read before.
    private Versions looked(@Nullable Loaded before) {
        try {
            return read(asked(request("/keys/" + key).GET()).path("data"));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            if (before == null) {
                throw away(e);
            }
            LOG.errorf("the keys of grants cannot be read anew: engine=%s why=%s", engine, e);
            return before.versions();
        }
    }

    private static Versions read(JsonNode data) throws IOException {
        if (!"ed25519".equals(data.path("type").asText())) {
            throw new IOException("the key is not of type ed25519");
        }
        NavigableMap<Integer, Version> versions = new TreeMap<>();
        List<Map.Entry<String, JsonNode>> listed = new ArrayList<>(data.path("keys").properties());
        for (Map.Entry<String, JsonNode> each : listed) {
            byte[] open = Base64.getDecoder().decode(each.getValue().path("public_key").asText());
            versions.put(
                    Integer.valueOf(each.getKey()),
                    new Version(
                            Base64.getUrlEncoder().withoutPadding().encodeToString(open),
                            OffsetDateTime.parse(each.getValue().path("creation_time").asText())
                                    .toInstant()
                                    .truncatedTo(ChronoUnit.SECONDS)));
        }
        int least = Math.max(1, data.path("min_encryption_version").asInt());
        if (versions.tailMap(least, true).isEmpty()) {
            throw new IOException("no version of the key may sign");
        }
        return new Versions(versions, least);
    }

    private HttpRequest.Builder request(String path) throws IOException {
        return HttpRequest.newBuilder(URI.create(engine + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("X-Vault-Token", Files.readString(token).strip());
    }

    private JsonNode asked(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<InputStream> answer =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                byte[] bytes = body.readNBytes(MAX_ANSWER + 1);
                if (answer.statusCode() != 200 || bytes.length > MAX_ANSWER) {
                    throw new IOException("it answered " + answer.statusCode());
                }
                return JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("nobody waits for it any more", e);
        }
    }

    private static StoreUnavailable away(Exception why) {
        return new StoreUnavailable(
                "key management service",
                "it does not sign now, so nothing was decided",
                "Try again in a few seconds; if it stays, the operator looks at the server's log"
                        + " and at devopspack.transit.",
                why);
    }
}
