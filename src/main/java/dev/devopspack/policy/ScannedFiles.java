package dev.devopspack.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.devopspack.change.Artifact;
import dev.devopspack.language.Diagnostic;
import dev.devopspack.language.hcl.HclParser;
import dev.devopspack.language.hcl.ParsedFile;
import dev.devopspack.language.hcl.evaluation.ModuleFiles;
import dev.devopspack.policy.ScanResult.Unreadable;
import dev.devopspack.policy.subject.SubjectReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// The files of a scan, sorted by how they are read, with what could not be read.
final class ScannedFiles {

    /// The reader of events would stop at 3 M code points; the files are bounded before that.
    private static final LoadSettings YAML =
            LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();

    /// Enough work for a thread to be worth its while.
    private static final int FILES_AT_ONCE = 100;

    private static final JsonFactory JSON =
            JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    final Map<String, String> texts = new TreeMap<>();
    final Map<String, ParsedFile> terraform = new TreeMap<>();

    /// Plans as `terraform show -json` prints them.
    final Map<String, String> plans = new TreeMap<>();

    final List<Unreadable> unreadable = new ArrayList<>();
    private final Set<String> toldByName = new HashSet<>();
    private final Set<String> configuration = new HashSet<>();

    static ScannedFiles of(Iterable<Artifact> artifacts) {
        List<Artifact> all = new ArrayList<>();
        artifacts.forEach(all::add);
        ScannedFiles files = new ScannedFiles();
        Parts.of(all, FILES_AT_ONCE)
                .map(part -> {
                    ScannedFiles some = new ScannedFiles();
                    part.forEach(some::add);
                    return some;
                })
                .toList()
                .forEach(files::join);
        files.unreadable.forEach(unreadable -> files.toldByName.add(unreadable.file()));
        return files;
    }

    private void join(ScannedFiles other) {
        texts.putAll(other.texts);
        terraform.putAll(other.terraform);
        plans.putAll(other.plans);
        unreadable.addAll(other.unreadable);
        configuration.addAll(other.configuration);
    }

    int configuration() {
        return configuration.size();
    }

    private void add(Artifact artifact) {
        String name = artifact.name().value();
        String file = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        byte[] bytes = artifact.bytes();
        boolean isConfiguration = isConfiguration(file);
        if (isConfiguration) {
            configuration.add(name);
        }
        try {
            texts.put(
                    name,
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            if (isConfiguration) {
                unreadable.add(new Unreadable(name, 1, 1, "the file is not UTF-8 text"));
            }
            // A binary may still hold a token, which is ASCII.
            texts.put(name, new String(bytes, StandardCharsets.ISO_8859_1));
            return;
        }
        read(name, file);
    }

    private static boolean isConfiguration(String file) {
        return file.endsWith(".tf")
                || file.endsWith(".tfvars")
                || file.endsWith(".hcl")
                || file.endsWith(".json")
                || file.endsWith(".yaml")
                || file.endsWith(".yml")
                || file.startsWith("dockerfile");
    }

    private void read(String name, String file) {
        String text = texts.getOrDefault(name, "");
        if (ModuleFiles.isConfiguration(file)) {
            ParsedFile parsed = HclParser.parse(name, text);
            terraform.put(name, parsed);
            report(parsed);
        } else if (file.endsWith(".hcl")) {
            report(HclParser.parse(name, text));
        } else if (file.endsWith(".json")) {
            readJson(name, text);
            if (PlanModule.isPlan(text)) {
                plans.put(name, text);
            }
        } else if ((file.endsWith(".yaml") || file.endsWith(".yml")) && !text.contains("{{")) {
            readYaml(name, text);
        }
    }

    /// Files that a reader knows by what stands in them are configuration too.
    void count(Set<String> names) {
        configuration.addAll(names);
    }

    /// A file that its name already made unreadable is not told twice.
    void report(SubjectReader.Problem problem) {
        if (toldByName.contains(problem.file())) {
            return;
        }
        unreadable.add(
                new Unreadable(
                        problem.file(),
                        problem.line(),
                        problem.column(),
                        Shown.of(problem.message())));
    }

    private void report(ParsedFile parsed) {
        parsed.diagnostics().stream()
                .filter(diagnostic -> diagnostic.severity() == Diagnostic.Severity.ERROR)
                .forEach(diagnostic ->
                        unreadable.add(
                                new Unreadable(
                                        parsed.name(),
                                        diagnostic.span().line(),
                                        diagnostic.span().column(),
                                        Shown.of(diagnostic.message()))));
    }

    private void readJson(String name, String text) {
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() == null) {
                unreadable.add(new Unreadable(name, 1, 1, "the file is empty, which is no JSON"));
                return;
            }
            json.skipChildren();
            if (json.nextToken() != null) {
                JsonLocation at = json.currentTokenLocation();
                unreadable.add(
                        new Unreadable(
                                name,
                                at.getLineNr(),
                                at.getColumnNr(),
                                "the file is no JSON: something follows the end"));
            }
        } catch (JsonProcessingException e) {
            unreadable.add(
                    new Unreadable(
                            name,
                            e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr()),
                            e.getLocation() == null
                                    ? 1
                                    : Math.max(1, e.getLocation().getColumnNr()),
                            "the file is no JSON"));
        } catch (IOException e) {
            throw new UncheckedIOException("reading a text in memory", e);
        }
    }

    private void readYaml(String name, String text) {
        try {
            new Parse(YAML).parseString(text).forEach(event -> {});
        } catch (MarkedYamlEngineException e) {
            Mark mark = e.getProblemMark().orElse(null);
            unreadable.add(
                    new Unreadable(
                            name,
                            mark == null ? 1 : mark.getLine() + 1,
                            mark == null ? 1 : mark.getColumn() + 1,
                            Shown.of("the file is no YAML: " + e.getProblem())));
        } catch (YamlEngineException e) {
            unreadable.add(new Unreadable(name, 1, 1, "the file is no YAML"));
        }
    }
}
