package dev.devopspack.policy.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.policy.Finding;
import dev.devopspack.policy.Rule;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.Scan;
import dev.devopspack.policy.ScanResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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

/// Measures the rules on labelled cases: `LabelledCases ARCHIVE.tar.gz [--platform NAME]
/// [--provider NAME] [--source NAME] [--misses] [--uncovered]`.
///
/// The archive holds `labelled.jsonl` (rows with `source`, `check_id`, `platform`, `provider`,
/// `file`, `resource` or `line`, `expected`) and the files beside it. Prints for each platform and
/// source how many cases a rule answers to, which share of the FAIL cases it finds (recall) and how
/// often it fires on a PASS case (false alarms). `--misses` shows each case that went wrong,
/// `--uncovered` the checks that no rule answers to. A row whose `config` gives the tool a limit of
/// its own is judged with the same limit as the parameter of our rule.
public final class LabelledCases {

    private static final int BLOCK = 512;

    /// A finding points at the construct or at the attribute in it; labels do either.
    private static final int LINES_APART = 3;

    /// Archives say from which collection of a tool's tests a case is; rules name the tool.
    private static final Map<String, String> TOOLS =
            Map.of(
                    "trivy-checks", "trivy",
                    "checkov-kubernetes", "checkov",
                    "checkov-dockerfile", "checkov",
                    "checkov-github_actions", "checkov",
                    "kubescape-regolibrary", "kubescape",
                    "gatekeeper-library", "gatekeeper",
                    "kyverno-policies", "kyverno");

    /// What a tool was told for a case, as the parameter of our rule that means the same.
    private static final Map<String, String> SETTINGS =
            Map.of(
                    "MinReplicasDeployment", "  DP-K8S-RES-018: {pods: %s}\n",
                    "MinReplicasHPA", "  DP-K8S-RES-032: {pods: %s}\n");

    private static final Pattern SETTING = Pattern.compile("(\\w+): ([0-9]+)");

    private final TreeMap<String, byte[]> files = new TreeMap<>();
    private final Map<String, ScanResult> scanned = new HashMap<>();
    private final Map<String, Score> scores = new TreeMap<>();
    private final Map<String, Integer> uncovered = new TreeMap<>();
    private final RuleCatalog catalog = RuleCatalog.builtIn();
    private final Map<String, Scan> scans = new HashMap<>();
    private final List<String> options;
    private long nanos;

    private LabelledCases(List<String> options) {
        this.options = options;
    }

    public static void main(String[] args) throws IOException {
        LabelledCases cases = new LabelledCases(List.of(args));
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
            if (wanted("--platform", row.path("platform").asText())
                    && wanted("--provider", row.path("provider").asText())
                    && wanted("--source", tool(row))) {
                judge(row);
            }
        }
        if (options.contains("--uncovered")) {
            uncovered.entrySet().stream()
                    .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                    .forEach(entry -> System.out.println(entry.getValue() + " " + entry.getKey()));
        }
        scores.forEach(LabelledCases::print);
        System.out.printf("%d file sets in %.0f ms%n", scanned.size(), nanos / 1_000_000.0);
    }

    private boolean wanted(String option, String value) {
        int at = options.indexOf(option);
        return at < 0 || options.get(at + 1).equals(value);
    }

    private static String tool(JsonNode row) {
        String source = row.path("source").asText();
        return TOOLS.getOrDefault(source, source);
    }

    /// Terraform's cases are counted by provider: each is a platform of its own.
    private static String platform(JsonNode row) {
        String platform = row.path("platform").asText();
        return platform.equals("terraform")
                ? platform + "/" + row.path("provider").asText()
                : platform;
    }

    private void judge(JsonNode row) {
        String source = tool(row);
        String check = row.path("check_id").asText();
        Score score = scores.computeIfAbsent(platform(row) + " " + source, s -> new Score());
        score.cases++;
        Set<String> rules =
                catalog.rules().stream()
                        .filter(rule ->
                                rule.aliases().getOrDefault(source, List.of()).contains(check))
                        .map(Rule::id)
                        .collect(Collectors.toSet());
        boolean mustFail = row.path("expected").asText().equals("FAIL");
        if (rules.isEmpty()) {
            uncovered.merge(
                    platform(row) + " " + source + " " + check + " " + row.path("title").asText(),
                    1,
                    Integer::sum);
            return;
        }
        score.covered++;
        ScanResult result = result(row);
        // A case that must pass may do so by a comment of its tool; one that must fail may not.
        boolean fires =
                (mustFail ? result.findings() : result.open())
                        .stream().anyMatch(f -> rules.contains(f.rule()) && isAt(f, row, mustFail));
        boolean unknown =
                result.unknowns().stream()
                        .anyMatch(f -> rules.contains(f.rule()) && isAt(f, row, mustFail));
        if (mustFail) {
            score.mustFail++;
            score.found += fires ? 1 : 0;
        } else {
            score.mustPass++;
            score.falseAlarms += fires ? 1 : 0;
        }
        score.unknown += unknown && !fires ? 1 : 0;
        if (options.contains("--misses") && mustFail != fires) {
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

    private static boolean isAt(Finding finding, JsonNode row, boolean mustFail) {
        String resource = row.path("resource").asText("");
        if (resource.isEmpty() || resource.equals("null")) {
            int line = row.path("line").asInt(0);
            return !mustFail || line == 0 || Math.abs(finding.line() - line) <= LINES_APART;
        }
        String found = String.valueOf(finding.resource()).replaceAll("\\[.*?\\]", "");
        return found.replace("data.", "").endsWith(resource.replace("data.", ""));
    }

    private ScanResult result(JsonNode row) {
        String parameters = parameters(row.path("config").asText());
        JsonNode named = row.path("file");
        List<String> names = new ArrayList<>();
        if (named.isArray()) {
            named.forEach(name -> names.add(name.asText()));
        } else {
            names.add(named.asText());
        }
        Scan scan = scans.computeIfAbsent(parameters, this::scanWith);
        return scanned.computeIfAbsent(
                String.join(",", names) + parameters, key -> scan(scan, names));
    }

    private static String parameters(String config) {
        StringBuilder parameters = new StringBuilder();
        Matcher setting = SETTING.matcher(config);
        while (setting.find()) {
            String rule = SETTINGS.get(setting.group(1));
            parameters.append(rule == null ? "" : rule.formatted(setting.group(2)));
        }
        return parameters.toString();
    }

    private Scan scanWith(String parameters) {
        if (parameters.isEmpty()) {
            return new Scan(catalog);
        }
        try {
            Path file = Files.createTempFile("parameters", ".yaml");
            Files.writeString(file, "parameters:\n" + parameters);
            Scan scan = new Scan(catalog.withParameters(file));
            Files.delete(file);
            return scan;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Files keep their place below the folder that all of them share; a name may be a folder's.
    private ScanResult scan(Scan scan, List<String> names) {
        String root = files.firstKey().substring(0, files.firstKey().indexOf('/') + 1);
        TreeMap<String, byte[]> taken = new TreeMap<>();
        for (String name : names) {
            byte[] bytes = files.get(root + name);
            if (bytes != null) {
                taken.put(name, bytes);
            } else {
                files.subMap(root + name + "/", root + name + "0")
                        .forEach((path, content) ->
                                taken.put(path.substring(root.length()), content));
            }
        }
        int shared = sharedFolder(taken);
        List<Artifact> artifacts = new ArrayList<>();
        taken.forEach((name, bytes) ->
                artifacts.add(
                        Artifact.of(
                                name.substring(shared),
                                new String(bytes, StandardCharsets.UTF_8))));
        long start = System.nanoTime();
        ScanResult result = scan.of(new Artifacts(artifacts));
        nanos += System.nanoTime() - start;
        result.errors().forEach(error -> System.out.println("ERROR " + names + " " + error.text()));
        return result;
    }

    private static int sharedFolder(TreeMap<String, byte[]> named) {
        String first = named.firstKey();
        String last = named.lastKey();
        int at = 0;
        int shared = 0;
        while (at < Math.min(first.length(), last.length())
                && first.charAt(at) == last.charAt(at)) {
            at++;
            shared = first.charAt(at - 1) == '/' ? at : shared;
        }
        return shared;
    }

    private static void print(String source, Score score) {
        System.out.printf(
                "%-34s %4d cases, %4d covered (%.0f %%), recall %d/%d (%.1f %%), false alarms %d/%d"
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
