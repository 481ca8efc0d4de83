package dev.devopspack.policy.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.policy.Finding;
import dev.devopspack.policy.Rule;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.Scan;
import dev.devopspack.policy.ScanResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/// Measures the rules on labelled cases: `LabelledCases ARCHIVE.tar.gz [--misses]`.
///
/// The archive holds `labelled.jsonl` (rows with `source`, `check_id`, `platform`, `provider`,
/// `file`, `resource` or `line`, `expected`) and the files beside it. Prints for each source how
/// many AWS cases a rule answers to, which share of the FAIL cases it finds (recall) and how often
/// it fires on a PASS case (false alarms).
public final class LabelledCases {

    private static final int BLOCK = 512;

    private final Map<String, byte[]> files = new HashMap<>();
    private final Map<String, ScanResult> scanned = new HashMap<>();
    private final Map<String, Score> scores = new TreeMap<>();
    private final Scan scan = new Scan(RuleCatalog.builtIn());
    private final boolean showMisses;
    private long nanos;

    private LabelledCases(boolean showMisses) {
        this.showMisses = showMisses;
    }

    public static void main(String[] args) throws IOException {
        LabelledCases cases = new LabelledCases(args.length > 1 && args[1].equals("--misses"));
        cases.unpack(Path.of(args[0]));
        cases.run();
    }

    private static final class Score {
        int cases;
        int covered;
        int mustFail;
        int found;
        int mustPass;
        int falseAlarms;
        int unknown;
    }

    private void run() throws IOException {
        String labels =
                files.entrySet().stream()
                        .filter(entry -> entry.getKey().endsWith("labelled.jsonl"))
                        .map(entry -> new String(entry.getValue(), StandardCharsets.UTF_8))
                        .findFirst()
                        .orElseThrow();
        ObjectMapper json = new ObjectMapper();
        for (String line : labels.split("\n")) {
            JsonNode row = json.readTree(line);
            if (row.path("platform").asText().equals("terraform")
                    && row.path("provider").asText().equals("aws")) {
                judge(row);
            }
        }
        scores.forEach(LabelledCases::print);
        System.out.printf("%d file sets in %.0f ms%n", scanned.size(), nanos / 1_000_000.0);
    }

    private void judge(JsonNode row) {
        String source = row.path("source").asText();
        String check = row.path("check_id").asText();
        Score score = scores.computeIfAbsent(source, s -> new Score());
        score.cases++;
        Set<String> rules =
                RuleCatalog.builtIn().rules().stream()
                        .filter(rule ->
                                rule.aliases().getOrDefault(source, List.of()).contains(check))
                        .map(Rule::id)
                        .collect(Collectors.toSet());
        if (rules.isEmpty()) {
            return;
        }
        score.covered++;
        ScanResult result = result(row);
        boolean fires =
                result.findings().stream().anyMatch(f -> rules.contains(f.rule()) && isAt(f, row));
        boolean unknown =
                result.unknowns().stream().anyMatch(f -> rules.contains(f.rule()) && isAt(f, row));
        boolean mustFail = row.path("expected").asText().equals("FAIL");
        if (mustFail) {
            score.mustFail++;
            score.found += fires ? 1 : 0;
        } else {
            score.mustPass++;
            score.falseAlarms += fires ? 1 : 0;
        }
        score.unknown += unknown && !fires ? 1 : 0;
        if (showMisses && mustFail != fires) {
            System.out.println(
                    (mustFail ? "MISSED " : "FALSE  ")
                            + rules
                            + (unknown ? " (unknown) " : " ")
                            + check
                            + " "
                            + row.path("file")
                            + " "
                            + row.path("resource").asText()
                            + ":"
                            + row.path("line").asText());
        }
    }

    private static boolean isAt(Finding finding, JsonNode row) {
        String resource = row.path("resource").asText("");
        if (resource.isEmpty() || resource.equals("null")) {
            return true;
        }
        String found = String.valueOf(finding.resource()).replaceAll("\\[.*?\\]", "");
        return found.replace("data.", "").endsWith(resource.replace("data.", ""));
    }

    private ScanResult result(JsonNode row) {
        JsonNode named = row.path("file");
        List<String> names = new ArrayList<>();
        if (named.isArray()) {
            named.forEach(name -> names.add(name.asText()));
        } else {
            names.add(named.asText());
        }
        return scanned.computeIfAbsent(String.join(",", names), key -> scan(names));
    }

    private ScanResult scan(List<String> names) {
        List<Artifact> artifacts = new ArrayList<>();
        for (String name : names) {
            byte[] bytes =
                    files.entrySet().stream()
                            .filter(entry -> entry.getKey().endsWith("/" + name))
                            .map(Map.Entry::getValue)
                            .findFirst()
                            .orElse(new byte[0]);
            String plain = name.substring(name.lastIndexOf('/') + 1);
            artifacts.add(Artifact.of(plain, new String(bytes, StandardCharsets.UTF_8)));
        }
        long start = System.nanoTime();
        ScanResult result = scan.of(new Artifacts(artifacts));
        nanos += System.nanoTime() - start;
        result.errors().forEach(error -> System.out.println("ERROR " + names + " " + error.text()));
        return result;
    }

    private static void print(String source, Score score) {
        System.out.printf(
                "%-8s %4d cases, %4d covered (%.0f %%), recall %d/%d (%.1f %%), false alarms %d/%d"
                        + " (%.1f %%), unknown %d%n",
                source,
                score.cases,
                score.covered,
                100.0 * score.covered / score.cases,
                score.found,
                score.mustFail,
                100.0 * score.found / Math.max(1, score.mustFail),
                score.falseAlarms,
                score.mustPass,
                100.0 * score.falseAlarms / Math.max(1, score.mustPass),
                score.unknown);
    }

    /// Reads a tar archive; long names come as pax (`x`) or GNU (`L`) entries before their file.
    private void unpack(Path archive) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(archive))) {
            String longName = "";
            byte[] header = in.readNBytes(BLOCK);
            while (header.length == BLOCK && header[0] != 0) {
                int size = Integer.parseInt(text(header, 124, 12).strip(), 8);
                byte[] content = in.readNBytes(size);
                in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
                switch ((char) header[156]) {
                    case 'L' ->
                            longName =
                                    new String(content, StandardCharsets.UTF_8).replace("\0", "");
                    case 'x' -> longName = paxPath(new String(content, StandardCharsets.UTF_8));
                    default -> {
                        String prefix = text(header, 345, 155);
                        String name = text(header, 0, 100);
                        String whole = prefix.isEmpty() ? name : prefix + "/" + name;
                        files.put(longName.isEmpty() ? whole : longName, content);
                        longName = "";
                    }
                }
                header = in.readNBytes(BLOCK);
            }
        }
    }

    private static String paxPath(String records) {
        int at = records.indexOf(" path=");
        return at < 0 ? "" : records.substring(at + 6, records.indexOf('\n', at));
    }

    private static String text(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.UTF_8);
    }
}
