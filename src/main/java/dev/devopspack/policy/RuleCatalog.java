package dev.devopspack.policy;

import dev.devopspack.change.Canonical;
import dev.devopspack.change.Digest;
import dev.devopspack.language.data.ShippedFile;
import dev.devopspack.language.kubernetes.KubernetesVersion;
import dev.devopspack.task.InvalidInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All rules that judge: those that ship with the program and, beside them, a user's own.
///
/// A rule is read when something that it judges is there, and its conditions are compiled then, so
/// that starting costs neither.
public final class RuleCatalog {

    private static final String ROOT = "rules/";

    /// One rule a line, written by a test from the files themselves.
    private static final String INDEX = ROOT + "index.txt";

    /// More rules than any company has written; a folder with more is not a folder of rules.
    private static final int MAX_USER_RULES = 2_000;

    private final List<ListedRule> listed;
    private final Set<String> ids;
    private final Map<String, List<ListedRule>> bySubject;
    private final Map<String, List<ReadRule>> read = new ConcurrentHashMap<>();
    private final Map<String, CompiledRule> compiled = new ConcurrentHashMap<>();
    private final Set<String> shipped;
    private final Memo<Map<String, List<String>>> controls = new Memo<>(this::byControl);
    private final Digest digest;
    private final ParameterValues values;
    private final KubernetesVersion kubernetes;

    private RuleCatalog(Collection<ListedRule> rules) {
        this(rules, ParameterValues.NONE, KubernetesVersion.NEWEST);
    }

    private RuleCatalog(
            Collection<ListedRule> rules, ParameterValues values, KubernetesVersion kubernetes) {
        this.values = values;
        this.kubernetes = kubernetes;
        Map<String, ListedRule> byId = new TreeMap<>();
        for (ListedRule rule : rules) {
            ListedRule other = byId.put(rule.id(), rule);
            if (other != null) {
                throw new InvalidInput(
                        rule.file(),
                        "the id " + rule.id() + " is taken by " + other.file(),
                        "Give the rule an id of its own.");
            }
        }
        this.listed = List.copyOf(byId.values());
        this.ids = Set.copyOf(byId.keySet());
        this.bySubject =
                listed.stream()
                        .flatMap(
                                rule -> rule.subjects().stream().map(kind -> Map.entry(kind, rule)))
                        .collect(
                                Collectors.groupingBy(
                                        Map.Entry::getKey,
                                        Collectors.mapping(
                                                Map.Entry::getValue, Collectors.toList())));
        this.shipped =
                listed.stream()
                        .filter(ListedRule::ships)
                        .map(ListedRule::id)
                        .collect(Collectors.toUnmodifiableSet());
        this.digest = digest(listed, values, kubernetes);
    }

    /// The rules that ship with the program.
    public static RuleCatalog builtIn() {
        return BuiltIn.CATALOG;
    }

    private static final class BuiltIn {
        static final RuleCatalog CATALOG = new RuleCatalog(readBuiltIn());
    }

    /// A catalogue of these rules alone.
    static RuleCatalog of(Rule... rules) {
        return new RuleCatalog(Stream.of(rules).map(ListedRule::of).toList());
    }

    /// Reads one rule, whoever wrote it.
    ///
    /// @throws InvalidInput with `file:line:column` where it is wrong
    public static Rule read(String file, byte[] bytes) {
        return RuleReader.read(file, bytes);
    }

    /// These rules and those of a folder, read with all folders below it.
    ///
    /// A user's rule is compiled and tried on its own examples at once, so that its mistakes are
    /// told when it is loaded.
    ///
    /// @throws InvalidInput with `file:line:column` of the first mistake
    public RuleCatalog with(Path folder) {
        List<ListedRule> all = new ArrayList<>(listed);
        for (Path file : ruleFiles(folder)) {
            Rule rule = read(folder.relativize(file).toString(), bytes(file));
            CompiledRule.checked(rule, ParameterValues.NONE.of(rule));
            List<RuleExamples.Problem> problems = RuleExamples.problems(rule);
            if (!problems.isEmpty()) {
                RuleExamples.Problem first = problems.getFirst();
                throw new InvalidInput(
                        rule.file() + ":" + first.example().line(),
                        "the rule does not do what its examples say: " + first.text(),
                        "Mend the rule or the example.");
            }
            all.add(ListedRule.of(rule));
        }
        return new RuleCatalog(all, values, kubernetes);
    }

    /// These rules with what a file sets of their parameters.
    ///
    /// @throws InvalidInput with `file:line:column` of the first mistake
    public RuleCatalog withParameters(Path file) {
        return with(ParameterValues.read(file.toString(), bytes(file), this));
    }

    RuleCatalog with(ParameterValues set) {
        return set.set().isEmpty() ? this : new RuleCatalog(listed, set, kubernetes);
    }

    /// These rules for manifests of another release of Kubernetes than the newest.
    public RuleCatalog forKubernetes(KubernetesVersion version) {
        return version.equals(kubernetes) ? this : new RuleCatalog(listed, values, version);
    }

    /// The release of the clusters that manifests are for.
    public KubernetesVersion kubernetes() {
        return kubernetes;
    }

    /// All of them, in the order of their ids; whoever asks has every file read.
    public List<Rule> rules() {
        return listed.parallelStream().map(ListedRule::rule).toList();
    }

    /// The ids of the rules that carry a control's id, in their order; no file is read for it.
    ///
    /// @param framework for example `nist-800-53`
    List<String> ofControl(String framework, String control) {
        return controls.get().getOrDefault(framework + " " + control, List.of());
    }

    private Map<String, List<String>> byControl() {
        Map<String, List<String>> ids = new TreeMap<>();
        for (ListedRule rule : listed) {
            rule.controls()
                    .forEach(control ->
                            ids.computeIfAbsent(control, k -> new ArrayList<>()).add(rule.id()));
        }
        return ids;
    }

    /// How many there are.
    public int size() {
        return listed.size();
    }

    /// Whether there is one of this id; no file is read for it.
    boolean has(String id) {
        return ids.contains(id);
    }

    public Optional<Rule> find(String id) {
        return listed.stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .map(ListedRule::rule);
    }

    /// Over every rule file: a verdict under other rules is another verdict.
    public Digest digest() {
        return digest;
    }

    /// What is set of the rules counts: judged by another number of days, or for another release of
    /// Kubernetes, it is another verdict.
    private static Digest digest(
            List<ListedRule> rules, ParameterValues values, KubernetesVersion kubernetes) {
        Map<String, Object> document = new TreeMap<>();
        document.put("format", "devops-pack/ruleset/v1");
        rules.forEach(rule -> document.put(rule.id(), rule.digest().value()));
        if (!values.set().isEmpty()) {
            document.put("parameters", values.set());
        }
        if (!kubernetes.equals(KubernetesVersion.NEWEST)) {
            document.put("kubernetes", kubernetes.text());
        }
        return Canonical.digest(document);
    }

    List<ReadRule> forKind(String kind) {
        List<ReadRule> known = read.get(kind);
        return known != null
                ? known
                : read.computeIfAbsent(
                        kind,
                        k ->
                                bySubject.getOrDefault(k, List.of()).stream()
                                        .map(listed -> new ReadRule(listed.rule()))
                                        .toList());
    }

    /// A rule that judges something in the scanned files, and keeps its conditions.
    final class ReadRule {

        private final Rule rule;
        private volatile @Nullable CompiledRule ready;

        private ReadRule(Rule rule) {
            this.rule = rule;
        }

        Rule rule() {
            return rule;
        }

        /// @throws InvalidInput where a condition is wrong, with its place
        CompiledRule compiled() {
            CompiledRule known = ready;
            if (known == null) {
                known = RuleCatalog.this.compiled(rule);
                ready = known;
            }
            return known;
        }
    }

    CompiledRule compiled(Rule rule) {
        return compiled.computeIfAbsent(
                rule.id(),
                id ->
                        shipped.contains(id)
                                ? CompiledRule.shipped(rule, values.of(rule))
                                : CompiledRule.checked(rule, values.of(rule)));
    }

    private static List<ListedRule> readBuiltIn() {
        return ShippedFile.text("/" + INDEX)
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> ListedRule.parse(line, RuleCatalog::shipped))
                .toList();
    }

    private static Rule shipped(String path) {
        return read(ROOT + path, ShippedFile.bytes("/" + ROOT + path));
    }

    private static List<Path> ruleFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> found =
                    files.filter(Files::isRegularFile)
                            .filter(file -> file.toString().matches(".*\\.ya?ml"))
                            .sorted(Comparator.naturalOrder())
                            .limit(MAX_USER_RULES + 1L)
                            .toList();
            if (found.size() > MAX_USER_RULES) {
                throw new InvalidInput(
                        folder.toString(),
                        "the folder has more than " + MAX_USER_RULES + " YAML files",
                        "Name the folder that holds the rules alone.");
            }
            return found;
        } catch (IOException | UncheckedIOException e) {
            throw new InvalidInput(
                    folder.toString(), "the folder cannot be read", "Name a readable folder.");
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new InvalidInput(file.toString(), "the file cannot be read", "Make it readable.");
        }
    }
}
