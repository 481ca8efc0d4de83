package dev.devopspack.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.devopspack.task.InvalidInput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The findings that are known already, so that a scan can tell of new ones alone.
///
/// A finding is known again by its rule, its file and its resource, not by its line, which moves
/// with every edit above it. Where one rule has several findings on one resource, their number
/// counts.
public final class Baseline {

    private static final String FORMAT = "devops-pack/baseline/v1";

    /// More than a repository's worth of findings.
    private static final int MAX_ENTRIES = 500_000;

    /// Our document nests three levels.
    private static final int MAX_DEPTH = 10;

    private static final ObjectMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final Map<Key, Integer> known;

    private Baseline(Map<Key, Integer> known) {
        this.known = new TreeMap<>(known);
    }

    /// @param resource empty where a finding belongs to none
    private record Key(String file, String rule, String resource) implements Comparable<Key> {

        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::file)
                        .thenComparing(Key::rule)
                        .thenComparing(Key::resource);

        static Key of(Finding finding) {
            String resource = finding.resource();
            return new Key(finding.file(), finding.rule(), resource == null ? "" : resource);
        }

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /// Of all findings of a scan that no comment excuses.
    public static Baseline of(ScanResult result) {
        Map<Key, Integer> known = new HashMap<>();
        result.open().forEach(finding -> known.merge(Key.of(finding), 1, Integer::sum));
        return new Baseline(known);
    }

    /// Reads what {@link #text} wrote.
    ///
    /// @throws InvalidInput where it is something else
    public static Baseline read(String file, String text) {
        JsonNode document;
        try {
            document = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw new InvalidInput(
                    at == null ? file : file + ":" + at.getLineNr() + ":" + at.getColumnNr(),
                    "the baseline is no JSON",
                    "Write it anew with --write-baseline.");
        }
        if (!document.path("format").asText().equals(FORMAT)) {
            throw new InvalidInput(
                    file,
                    "the file is no baseline: its format is not " + FORMAT,
                    "Write one with --write-baseline.");
        }
        JsonNode entries = document.path("findings");
        if (entries.size() > MAX_ENTRIES) {
            throw new InvalidInput(
                    file, "the baseline has more than " + MAX_ENTRIES + " entries", "Split it.");
        }
        Map<Key, Integer> known = new HashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            known.merge(key(file, i, entries.get(i)), count(entries.get(i)), Integer::sum);
        }
        return new Baseline(known);
    }

    private static Key key(String file, int index, JsonNode entry) {
        if (!entry.path("file").isTextual() || !entry.path("rule").isTextual()) {
            throw new InvalidInput(
                    file + " /findings/" + index,
                    "an entry needs 'file' and 'rule'",
                    "Write the baseline anew with --write-baseline.");
        }
        return new Key(
                entry.path("file").asText(),
                entry.path("rule").asText(),
                entry.path("resource").asText(""));
    }

    private static int count(JsonNode entry) {
        return Math.max(1, entry.path("count").asInt(1));
    }

    /// As JSON, sorted, so that a change of it can be read as a difference.
    public String text() {
        List<Object> entries = new ArrayList<>();
        known.forEach((key, count) -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("file", key.file());
            entry.put("rule", key.rule());
            if (!key.resource().isEmpty()) {
                entry.put("resource", key.resource());
            }
            if (count > 1) {
                entry.put("count", count);
            }
            entries.add(entry);
        });
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("format", FORMAT);
        document.put("findings", entries);
        return JsonText.of(document);
    }

    /// How many findings it knows.
    public int size() {
        return known.values().stream().mapToInt(Integer::intValue).sum();
    }

    /// What a scan found beyond it.
    ///
    /// @param result without the findings that are known
    /// @param left how many findings were known
    /// @param mended how many known findings are there no longer
    public record Compared(ScanResult result, int left, int mended) {}

    /// Takes the known findings out of a scan's result. Findings that a comment excuses stay: they
    /// are not open anyway.
    public Compared compare(ScanResult result) {
        List<Finding> open = result.open();
        List<Finding> left = new ArrayList<>(open);
        left.removeAll(new HashSet<>(unknownOf(open)));
        return new Compared(result.without(left), left.size(), size() - left.size());
    }

    /// Those of the findings that it does not know.
    List<Finding> unknownOf(List<Finding> findings) {
        Map<Key, Integer> remaining = new HashMap<>(known);
        List<Finding> unknown = new ArrayList<>();
        for (Finding finding : findings) {
            int number = remaining.getOrDefault(Key.of(finding), 0);
            if (number > 0) {
                remaining.put(Key.of(finding), number - 1);
            } else {
                unknown.add(finding);
            }
        }
        return unknown;
    }
}
