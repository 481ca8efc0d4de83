package dev.devopspack.adapter.checkpoints;

import dev.devopspack.adapter.http.Outgoing;
import dev.devopspack.audit.Checkpoints;
import dev.devopspack.audit.CosignerKey;
import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.change.Digest;
import dev.devopspack.task.InvalidInput;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/// A witness elsewhere, asked as C2SP `tlog-witness` says: it signs a checkpoint only where the log
/// continues what it saw before.
///
/// Where it is was configured by whoever runs the server, so any address will do; but no answer
/// sends us elsewhere, none is long, and none is waited for long.
final class Witness {

    /// A few signature lines.
    private static final int MAX_ANSWER_BYTES = 64 * 1_024;

    private static final Duration LIMIT = Duration.ofSeconds(10);

    /// The longest size, and a line feed.
    private static final int MAX_SIZE_LENGTH = 17;

    private final URI address;
    private final CosignerKey key;

    /// @param prefix where the witness takes checkpoints, for example `https://witness.example.com`
    /// @param key what its signatures are verified with
    Witness(URI prefix, CosignerKey key) {
        String scheme = String.valueOf(prefix.getScheme());
        if (!(scheme.equals("https") || scheme.equals("http")) || prefix.getHost() == null) {
            throw new InvalidInput(
                    "devopspack.witness.url",
                    "it is no web address",
                    "Set it to one like https://witness.example.com.");
        }
        String base = prefix.toString();
        this.address = URI.create((base.endsWith("/") ? base : base + "/") + "add-checkpoint");
        this.key = key;
    }

    String name() {
        return key.name();
    }

    /// What the witness answered.
    sealed interface Answer {

        /// @param lines its signatures, verified
        record Signed(List<SignedCheckpoint.Line> lines) implements Answer {}

        /// It signed a checkpoint of another size last.
        record KnowsOther(long size) implements Answer {}

        record Refused(String why) implements Answer {}
    }

    /// Shows it a checkpoint.
    ///
    /// @param old the size that it signed last, as far as we know; 0 for none
    Answer show(SignedCheckpoint checkpoint, long old, Checkpoints proofs) {
        StringBuilder body = new StringBuilder("old ").append(old).append('\n');
        long size = checkpoint.checkpoint().size();
        if (old > 0 && old < size) {
            for (Digest hash : proofs.consistency(old, size).hashes()) {
                body.append(Base64.getEncoder().encodeToString(hash.bytes())).append('\n');
            }
        }
        body.append('\n').append(checkpoint.note());
        try {
            HttpResponse<String> answer =
                    Outgoing.http()
                            .send(
                                    HttpRequest.newBuilder(address)
                                            .timeout(LIMIT)
                                            .header("Content-Type", "text/plain; charset=utf-8")
                                            .POST(BodyPublishers.ofString(body.toString()))
                                            .build(),
                                    BodyHandlers.limiting(
                                            BodyHandlers.ofString(), MAX_ANSWER_BYTES));
            return read(answer, checkpoint);
        } catch (IOException e) {
            return new Answer.Refused("it does not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Refused("this server is stopping");
        }
    }

    private Answer read(HttpResponse<String> answer, SignedCheckpoint checkpoint) {
        String type = answer.headers().firstValue("Content-Type").orElse("");
        return switch (answer.statusCode()) {
            case 200 -> signed(answer.body(), checkpoint);
            case 409 ->
                    type.startsWith("text/x.tlog.size")
                            ? size(answer.body())
                            : new Answer.Refused(
                                    "it signed another tree of this size: the log was forked");
            case 403 -> new Answer.Refused("it does not know the key of this log");
            case 404 -> new Answer.Refused("it does not know this log");
            case 422 ->
                    new Answer.Refused(
                            "the log does not continue what it signed before: it was rewritten");
            default -> new Answer.Refused("it answers " + answer.statusCode());
        };
    }

    private Answer signed(String lines, SignedCheckpoint checkpoint) {
        try {
            SignedCheckpoint cosigned = SignedCheckpoint.parse(checkpoint.note() + lines);
            if (cosigned.checkpoint().equals(checkpoint.checkpoint()) && key.signed(cosigned)) {
                return new Answer.Signed(
                        cosigned.lines().stream()
                                .filter(line -> line.name().equals(key.name()))
                                .filter(line -> line.keyId().equals(key.id()))
                                .toList());
            }
        } catch (InvalidInput _) {
            // Told below.
        }
        return new Answer.Refused("its signature does not hold for the configured key");
    }

    private static Answer size(String body) {
        String digits = body.strip();
        boolean number =
                body.length() <= MAX_SIZE_LENGTH
                        && !digits.isEmpty()
                        && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return number
                ? new Answer.KnowsOther(Long.parseLong(digits))
                : new Answer.Refused("it does not say which checkpoint it signed last");
    }
}
