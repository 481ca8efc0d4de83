package dev.devopspack.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.devopspack.change.Canonical;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What is hashed of an entry, leaf format v1: canonical JSON (RFC 8785) of these fields.
///
/// @param at to the microsecond, written in RFC 3339, UTC, always with six decimals
/// @param commitments the personal fields' commitments, by field
public record AuditLeaf(
        long sequence,
        Instant at,
        String kind,
        String actor,
        Map<String, String> facts,
        Map<String, String> commitments) {

    public static final String FORMAT = "devops-pack/audit-leaf/v1";

    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    public AuditLeaf {
        at = at.truncatedTo(ChronoUnit.MICROS);
        facts = Map.copyOf(facts);
        commitments = Map.copyOf(commitments);
    }

    /// The exact text that is hashed.
    public String text() {
        return Canonical.text(
                Map.of(
                        "format", FORMAT,
                        "sequence", sequence,
                        "at", MICROSECONDS.format(at),
                        "kind", kind,
                        "actor", actor,
                        "facts", facts,
                        "personal", commitments));
    }

    /// Reads a leaf; nothing where the text is not, to the byte, what {@link #text()} writes.
    public static Optional<AuditLeaf> parse(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            AuditLeaf leaf =
                    new AuditLeaf(
                            node.path("sequence").asLong(),
                            Instant.from(MICROSECONDS.parse(node.path("at").asText())),
                            node.path("kind").asText(),
                            node.path("actor").asText(),
                            texts(node.path("facts")),
                            texts(node.path("personal")));
            return leaf.text().equals(text) ? Optional.of(leaf) : Optional.empty();
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
            // No JSON, no instant or no canonical text: in each case no leaf of ours.
            return Optional.empty();
        }
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new TreeMap<>();
        object.properties().forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }
}
