package dev.devopspack.policy;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Hidden;
import dev.devopspack.language.hcl.Hcl;
import dev.devopspack.language.hcl.HclEdit;
import dev.devopspack.language.hcl.HclParser;
import dev.devopspack.language.yaml.YamlEdit;
import dev.devopspack.language.yaml.YamlSchema;
import dev.devopspack.policy.Judged.Fixable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Mends what rules know how to mend, as edits of the files' text.
///
/// Every edited file is read and judged again: one that cannot be read any more, or in which
/// something else went wrong, is left as it was.
public final class Fixes {

    /// Files that got worse are put back; what they caused elsewhere shows in the next round.
    private static final int MAX_ROUNDS = 3;

    /// @param texts the changed files with their new text, by name
    /// @param mended findings that are gone
    /// @param left findings whose rule knows a mend that could not be made here by itself
    public record Result(Map<String, String> texts, List<Finding> mended, List<Finding> left) {
        public Result {
            texts = new TreeMap<>(texts);
            mended = List.copyOf(mended);
            left = List.copyOf(left);
        }
    }

    /// A longer one is read in the file, not below a finding.
    private static final int MAX_PATCH_CHARACTERS = 8_000;

    private final Scan scan;
    private final Map<String, Artifact> files;

    private Fixes(Scan scan, Map<String, Artifact> files) {
        this.scan = scan;
        this.files = files;
    }

    /// Works the mends out; nothing is written.
    public static Result of(RuleCatalog catalog, Collection<Artifact> files) {
        Map<String, Artifact> byName = new LinkedHashMap<>();
        files.forEach(file -> byName.put(file.name().value(), file));
        return new Fixes(new Scan(catalog), byName).result();
    }

    /// The mend of each finding by itself, as a unified diff of its file that `git apply` reads.
    ///
    /// All of them together were read and judged again; what is not better by it is not here, nor
    /// is a patch that would show a secret or a character that cannot be seen.
    ///
    /// @param wanted the findings that somebody looks at
    /// @param most how many patches are made
    public static Map<Finding, String> patches(
            RuleCatalog catalog, Collection<Artifact> files, Collection<Finding> wanted, int most) {
        Map<String, Artifact> byName = new LinkedHashMap<>();
        files.forEach(file -> byName.put(file.name().value(), file));
        return new Fixes(new Scan(catalog), byName).patches(wanted, most);
    }

    private Map<Finding, String> patches(Collection<Finding> wanted, int most) {
        Scan.Mendable before = scan.mendable(files.values());
        List<Fixable> fixables = fixables(before);
        Set<Finding> mended = new HashSet<>(result(before, fixables).mended());
        Map<Finding, String> patches = new LinkedHashMap<>();
        for (Finding finding : wanted) {
            if (patches.size() == most) {
                break;
            }
            if (mended.contains(finding)) {
                List<Fixable> own =
                        fixables.stream().filter(each -> each.finding().equals(finding)).toList();
                patch(finding.file(), own).ifPresent(diff -> patches.put(finding, diff));
            }
        }
        return patches;
    }

    private Optional<String> patch(String file, List<Fixable> fixables) {
        String text = text(file);
        return edited(text, fixables)
                .map(changed -> LineDiff.of(file, text, changed))
                .filter(diff -> diff.length() <= MAX_PATCH_CHARACTERS)
                .filter(diff ->
                        diff.lines().allMatch(line -> Hidden.firstIn(line.replace('\t', ' ')) < 0))
                .filter(diff -> !showsSecret(file, text, diff));
    }

    /// Whether a line of the diff of a file holds a line of a secret, or a part of one.
    ///
    /// @param text of the file as it was
    public static boolean showsSecret(String file, String text, String diff) {
        for (Secret secret : SecretDetector.inFile(file, text)) {
            String value = text.substring(secret.start(), secret.end());
            if (value.lines()
                    .filter(line -> !line.isBlank())
                    .anyMatch(line -> diff.contains(line.strip()))) {
                return true;
            }
        }
        return false;
    }

    private Result result() {
        Scan.Mendable before = scan.mendable(files.values());
        return result(before, fixables(before));
    }

    private static List<Fixable> fixables(Scan.Mendable before) {
        Set<Finding> open = new HashSet<>(before.result().open());
        // JSON is what tools write, plans among it.
        return before.fixables().stream()
                .filter(each -> open.contains(each.finding()))
                .filter(each -> !each.written().file().endsWith(".json"))
                .toList();
    }

    private Result result(Scan.Mendable before, List<Fixable> fixables) {
        Map<String, String> texts = new TreeMap<>();
        fixables.stream()
                .collect(
                        Collectors.groupingBy(
                                each -> each.written().file(), TreeMap::new, Collectors.toList()))
                .forEach((file, inFile) ->
                        edited(text(file), inFile).ifPresent(text -> texts.put(file, text)));
        ScanResult after = keepWhatIsBetter(before.result(), texts);
        Set<Finding> mended = gone(fixables, after, texts.keySet());
        return new Result(
                texts,
                fixables.stream()
                        .map(Fixable::finding)
                        .filter(mended::contains)
                        .distinct()
                        .toList(),
                fixables.stream()
                        .map(Fixable::finding)
                        .filter(finding -> !mended.contains(finding))
                        .distinct()
                        .toList());
    }

    private String text(String file) {
        return Objects.requireNonNull(files.get(file)).text();
    }

    /// Takes files out of the texts until nothing is worse than before.
    private ScanResult keepWhatIsBetter(ScanResult before, Map<String, String> texts) {
        Baseline known = Baseline.of(before);
        for (int round = 0; round < MAX_ROUNDS && !texts.isEmpty(); round++) {
            ScanResult after = scan.ofTree(changed(texts));
            Set<String> worse =
                    known.compare(after).result().open().stream()
                            .map(Finding::file)
                            .collect(Collectors.toSet());
            after.unreadable().stream()
                    .filter(each -> !before.unreadable().contains(each))
                    .forEach(each -> worse.add(each.file()));
            if (worse.isEmpty() && after.errors().size() <= before.errors().size()) {
                return after;
            }
            // What went wrong in a file that was not edited comes from one that was.
            if (!texts.keySet().removeAll(worse)) {
                texts.clear();
            }
        }
        texts.clear();
        return before;
    }

    private List<Artifact> changed(Map<String, String> texts) {
        return files.values().stream()
                .map(file -> {
                    String text = texts.get(file.name().value());
                    return text == null ? file : Artifact.of(file.name().value(), text);
                })
                .toList();
    }

    /// The findings of edited files that are there no longer: a rule has fewer on a resource.
    private static Set<Finding> gone(List<Fixable> fixables, ScanResult after, Set<String> edited) {
        Baseline remaining = Baseline.of(after);
        List<Finding> candidates =
                fixables.stream()
                        .map(Fixable::finding)
                        .filter(finding -> edited.contains(finding.file()))
                        .distinct()
                        .toList();
        return new HashSet<>(remaining.unknownOf(candidates));
    }

    /// One edit after the other, each on the text that the one before left.
    private static Optional<String> edited(String text, List<Fixable> fixables) {
        List<UnaryOperator<String>> edits = new ArrayList<>();
        for (Fixable each : fixables) {
            boolean yaml = !each.written().file().endsWith(".tf");
            (yaml ? yamlEdits(text, each) : hclEdits(text, each)).forEach(edits::add);
        }
        String edited = text;
        for (UnaryOperator<String> edit : edits) {
            edited = edit.apply(edited);
        }
        return edited.equals(text) ? Optional.empty() : Optional.of(edited);
    }

    /// Edits inside blocks never change how many there are, so a block is known by its number.
    private static List<UnaryOperator<String>> hclEdits(String text, Fixable fixable) {
        List<Hcl.Block> blocks = HclParser.parse("", text).body().blocks();
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i).header().start() == fixable.written().offset()) {
                int block = i;
                List<UnaryOperator<String>> edits = new ArrayList<>();
                fixable.fix()
                        .set()
                        .forEach((path, value) ->
                                edits.add(now ->
                                        HclEdit.set(now, block, Fix.steps(path), value)
                                                .orElse(now)));
                fixable.fix()
                        .remove()
                        .forEach(path ->
                                edits.add(now ->
                                        HclEdit.remove(now, block, Fix.steps(path)).orElse(now)));
                return edits;
            }
        }
        return List.of();
    }

    private static List<UnaryOperator<String>> yamlEdits(String text, Fixable fixable) {
        YamlSchema schema = schema(fixable.rule());
        YamlEdit.Where where = YamlEdit.find(text, schema, fixable.written().offset()).orElse(null);
        if (where == null) {
            return List.of();
        }
        List<String> steps = new ArrayList<>(where.steps());
        steps.addAll(fixable.written().steps());
        List<UnaryOperator<String>> edits = new ArrayList<>();
        fixable.fix()
                .set()
                .forEach((path, value) ->
                        edits.add(now ->
                                YamlEdit.set(
                                                now,
                                                schema,
                                                where.document(),
                                                steps,
                                                Fix.steps(path),
                                                value)
                                        .orElse(now)));
        fixable.fix()
                .remove()
                .forEach(path ->
                        edits.add(now ->
                                YamlEdit.remove(
                                                now,
                                                schema,
                                                where.document(),
                                                steps,
                                                Fix.steps(path))
                                        .orElse(now)));
        return edits;
    }

    private static YamlSchema schema(Rule rule) {
        String kind = rule.subjects().getFirst();
        return kind.startsWith("github/")
                ? YamlSchema.GITHUB
                : kind.startsWith("compose/") ? YamlSchema.COMPOSE : YamlSchema.KUBERNETES;
    }
}
