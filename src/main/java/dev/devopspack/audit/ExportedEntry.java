package dev.devopspack.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.change.Digest;
import dev.devopspack.task.InvalidInput;
import java.util.LinkedHashMap;
import java.util.Map;

/// An entry as it leaves the log: one line of an export, enough to verify it anywhere.
///
/// Personal fields are in it as commitments only.
public record ExportedEntry(long sequence, String leaf, Digest leafHash, Digest chainHash) {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /// The largest entry has 60 facts and 60 commitments; escaped it stays far below this.
    private static final int MAX_LINE_LENGTH = 4_000_000;

    /// One line of JSON Lines, without its line feed.
    public String line() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("sequence", sequence);
        fields.put("leaf", leaf);
        fields.put("leafHash", leafHash.value());
        fields.put("chainHash", chainHash.value());
        try {
            return JSON.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an entry of texts and a number can be written", e);
        }
    }

    /// @param number the line's number, to be named where it cannot be read
    /// @throws InvalidInput if the line is no entry
    public static ExportedEntry parse(String line, long number) {
        String where = "line " + number;
        if (line.length() > MAX_LINE_LENGTH) {
            throw unreadable(where, "it is longer than " + MAX_LINE_LENGTH + " characters");
        }
        try {
            JsonNode node = JSON.readTree(line);
            if (!node.isObject()
                    || node.size() != 4
                    || !node.path("sequence").isIntegralNumber()
                    || !node.path("sequence").canConvertToLong()
                    || !node.path("leaf").isTextual()) {
                throw unreadable(where, "it is no entry of an audit export");
            }
            return new ExportedEntry(
                    node.get("sequence").longValue(),
                    node.get("leaf").textValue(),
                    new Digest(node.path("leafHash").asText()),
                    new Digest(node.path("chainHash").asText()));
        } catch (JsonProcessingException e) {
            throw unreadable(where, "it is no JSON");
        }
    }

    private static InvalidInput unreadable(String where, String why) {
        return new InvalidInput(
                where, why, "Give the file as the export wrote it, one entry a line.");
    }
}
