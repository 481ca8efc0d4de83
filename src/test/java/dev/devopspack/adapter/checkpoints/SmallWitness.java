package dev.devopspack.adapter.checkpoints;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.devopspack.audit.Cosigner;
import dev.devopspack.audit.LogKey;
import dev.devopspack.audit.MerkleTree;
import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.change.Digest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A witness of one log as C2SP `tlog-witness` describes it.
final class SmallWitness implements AutoCloseable {

    private final HttpServer server;
    private final LogKey log;
    private final Cosigner cosigner;
    final List<String> asked = new ArrayList<>();
    private @Nullable SignedCheckpoint last;

    /// What is answered instead of what it should; nothing where it behaves.
    @Nullable Answer instead;

    record Answer(int status, String type, String body, @Nullable String location) {}

    SmallWitness(LogKey log, Cosigner cosigner) throws IOException {
        this.log = log;
        this.cosigner = cosigner;
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/w/add-checkpoint", this::add);
        server.start();
    }

    URI prefix() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/w");
    }

    /// Forgets what it signed.
    void forget() {
        last = null;
    }

    @Nullable SignedCheckpoint last() {
        return last;
    }

    private synchronized void add(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(body.lines().findFirst().orElse(""));
        Answer answer = instead != null ? instead : answer(body);
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        if (answer.location() != null) {
            exchange.getResponseHeaders().set("Location", answer.location());
        }
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Answer answer(String body) {
        int end = body.indexOf("\n\n");
        List<String> lines = List.of(body.substring(0, end).split("\n"));
        long old = Long.parseLong(lines.getFirst().substring("old ".length()));
        SignedCheckpoint shown = SignedCheckpoint.parse(body.substring(end + 2));
        if (!shown.signedBy(log)) {
            return plain(403, "");
        }
        long size = shown.checkpoint().size();
        SignedCheckpoint before = last;
        long known = before == null ? 0 : before.checkpoint().size();
        if (old > size) {
            return plain(400, "");
        }
        if (old != known) {
            return new Answer(409, "text/x.tlog.size", known + "\n", null);
        }
        List<Digest> hashes =
                lines.stream()
                        .skip(1)
                        .map(line -> Digest.ofHash(Base64.getDecoder().decode(line)))
                        .toList();
        if (before == null ? !hashes.isEmpty() : !continues(before, shown, hashes)) {
            return plain(422, "");
        }
        last = shown;
        SignedCheckpoint.Line line =
                cosigner.open().sign(shown.checkpoint(), Instant.now(), cosigner.signer());
        String note = SignedCheckpoint.of(shown.checkpoint(), line).note();
        return plain(200, note.substring(note.lastIndexOf("\n\n") + 2));
    }

    private static boolean continues(
            SignedCheckpoint before, SignedCheckpoint shown, List<Digest> hashes) {
        return MerkleTree.verifyConsistency(
                before.checkpoint().size(),
                shown.checkpoint().size(),
                before.checkpoint().root(),
                shown.checkpoint().root(),
                hashes);
    }

    static Answer plain(int status, String body) {
        return new Answer(status, "text/plain; charset=utf-8", body, null);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
