package dev.devopspack.manager.conduct;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.devopspack.language.data.Leaves;
import dev.devopspack.language.words.Concept;
import dev.devopspack.language.words.Frame;
import dev.devopspack.language.words.Phrase;
import dev.devopspack.language.words.Reading;
import dev.devopspack.language.words.Sentence;
import dev.devopspack.language.words.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Looks for what an agent may not do, in plain language, in typed input and in submitted files.
///
/// It is there to answer early and to say what to do instead. What it misses is not done either: no
/// agent can apply, decide or skip a gate, because there is no such thing in the program.
public final class Conduct {

    /// Trees of tasks are bounded by their parser.
    private static final int MAX_DEPTH = 100;

    /// What is run as it stands: scripts, and the steps of pipelines. Prose may name any command.
    private static final Pattern SCRIPT =
            Pattern.compile(
                    "(?i)(^|/)(makefile|justfile|dockerfile|containerfile|\\.gitlab-ci\\.ya?ml|action\\.ya?ml)$"
                            + "|\\.(sh|bash|zsh|ksh|ps1|bat|cmd|mk)$"
                            + "|(^|/)\\.github/workflows/[^/]+\\.ya?ml$");

    /// A noun whose stem is that of `find`, which is a guard.
    private static final Set<String> FINDINGS = Set.of("finding", "findings");

    private static final Pattern HUMP = Pattern.compile("([a-z0-9])([A-Z])");

    private static final Set<String> YES = Set.of("true", "yes", "y", "on", "1", "enabled");
    private static final Set<String> NO =
            Set.of("false", "no", "n", "off", "0", "none", "disabled", "never");

    private final PolicyTable table;
    private final List<Compiled> compiled;
    private final Set<String> guards = new HashSet<>();
    private final Set<String> denials = new HashSet<>();
    private final Phrase questions;
    private final Set<String> commandKeys;

    public Conduct(PolicyTable table) {
        this.table = table;
        Map<String, Concept> concepts = new HashMap<>();
        table.concepts().forEach((name, said) -> concepts.put(name, Concept.of(name, said)));
        this.compiled = table.refusals().stream().map(one -> Compiled.of(one, concepts)).toList();
        table.guards().forEach(guard -> guards.add(Word.of(guard).stem()));
        table.denials().forEach(denial -> denials.add(Word.of(denial).stem()));
        this.questions = Phrase.of("^" + String.join("|", table.questions()));
        this.commandKeys = Set.copyOf(table.commandKeys());
    }

    /// A refusal with what it looks for made ready.
    private record Compiled(
            PolicyTable.Refused refused,
            List<Phrase> asks,
            List<Frame> frames,
            List<Phrase> unless,
            List<Phrase> neverExcused,
            List<Pattern> commands,
            List<String> except,
            Map<String, String> settings,
            List<Pattern> files) {

        static Compiled of(PolicyTable.Refused refused, Map<String, Concept> concepts) {
            return new Compiled(
                    refused,
                    phrases(refused.asks()),
                    frames(refused.frames(), concepts),
                    phrases(refused.unless()),
                    phrases(refused.neverExcused()),
                    patterns(refused.commands()),
                    refused.except() == null ? List.of() : List.copyOf(refused.except()),
                    refused.settings() == null ? Map.of() : Map.copyOf(refused.settings()),
                    patterns(refused.files()));
        }

        private static List<Phrase> phrases(@Nullable List<String> texts) {
            return texts == null ? List.of() : texts.stream().map(Phrase::of).toList();
        }

        private static List<Frame> frames(
                @Nullable List<String> texts, Map<String, Concept> concepts) {
            return texts == null
                    ? List.of()
                    : texts.stream().map(text -> Frame.of(text, concepts)).toList();
        }

        private static List<Pattern> patterns(@Nullable List<String> texts) {
            return texts == null ? List.of() : texts.stream().map(Pattern::compile).toList();
        }
    }

    /// What a request in plain language asks for and the agent may not do.
    public Optional<Refusal> inRequest(String agent, String request) {
        Reading reading = Reading.of(request);
        return forbidden(agent).stream()
                .filter(one -> asks(one, reading))
                .findFirst()
                .map(one -> new Refusal(one.refused(), "/request"));
    }

    private boolean asks(Compiled one, Reading reading) {
        int clause = 0;
        for (Sentence sentence : reading.sentences()) {
            boolean asked = false;
            for (int i = 0; i < sentence.clauses().size(); i++) {
                asked |= asksInClause(one, reading, clause++);
            }
            if (asked && !excused(one, sentence.words())) {
                return true;
            }
        }
        return false;
    }

    private boolean asksInClause(Compiled one, Reading reading, int at) {
        List<Word> clause = reading.words(at);
        IntStream inOrder =
                one.asks().stream()
                        .map(phrase -> phrase.in(clause))
                        .flatMapToInt(OptionalInt::stream);
        IntStream inAnyOrder =
                one.frames().stream().flatMapToInt(frame -> frame.actionsIn(reading, at, denials));
        return IntStream.concat(inOrder.filter(start -> Frame.isAsked(clause, start)), inAnyOrder)
                .anyMatch(start -> !guarded(clause.subList(0, start)));
    }

    private boolean guarded(List<Word> before) {
        return before.stream()
                        .filter(word -> !FINDINGS.contains(word.plain()))
                        .anyMatch(word -> guards.contains(word.stem()))
                || questions.in(before).isPresent();
    }

    private static boolean excused(Compiled one, List<Word> words) {
        return has(one.unless(), words) && !has(one.neverExcused(), words);
    }

    private static boolean has(List<Phrase> phrases, List<Word> words) {
        return phrases.stream().anyMatch(phrase -> phrase.in(words).isPresent());
    }

    /// What a typed input asks for: a setting by its name, or a command in a text that is run.
    public Optional<Refusal> inInput(String agent, Map<String, Object> input) {
        Map<String, Leaf> leaves = new LinkedHashMap<>();
        Leaves.visit(
                input,
                "/input",
                MAX_DEPTH,
                (pointer, name, value) -> leaves.put(pointer, new Leaf(name, value)));
        for (Compiled one : forbidden(agent)) {
            for (Map.Entry<String, Leaf> leaf : leaves.entrySet()) {
                if (asks(one, leaf.getValue())) {
                    return Optional.of(new Refusal(one.refused(), leaf.getKey()));
                }
            }
        }
        return Optional.empty();
    }

    /// @param name the key that it stands under, also as an item of a list
    private record Leaf(String name, Object value) {}

    private boolean asks(Compiled one, Leaf leaf) {
        String name = snakeCase(leaf.name());
        String value = String.valueOf(leaf.value()).strip();
        String asked = one.settings().get(name);
        if (asked != null && plain(value).equals(plain(asked))) {
            return true;
        }
        boolean run = commandKeys.stream().anyMatch(name::contains);
        return run
                && leaf.value() instanceof String
                && (lineOf(one, value) > 0 || named(one, value));
    }

    /// `skipGates`, `skip-gates` and `skip_gates` are one name.
    private static String snakeCase(String name) {
        return HUMP.matcher(name).replaceAll("$1_$2").toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /// The ways to write yes and no as `true` and `false`; others as they stand.
    private static String plain(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        if (YES.contains(lower)) {
            return "true";
        }
        return NO.contains(lower) ? "false" : lower;
    }

    /// What submitted files hold: a file that must not be kept, or a script with a command that is
    /// refused.
    public Optional<Refusal> inFile(String agent, String name, String text) {
        boolean script = SCRIPT.matcher(name).find();
        for (Compiled one : forbidden(agent)) {
            if (named(one, name)) {
                return Optional.of(new Refusal(one.refused(), name));
            }
            int line = script ? lineOf(one, text) : 0;
            if (line > 0) {
                return Optional.of(new Refusal(one.refused(), name + ":" + line));
            }
        }
        return Optional.empty();
    }

    private static boolean named(Compiled one, String name) {
        return one.files().stream().anyMatch(pattern -> pattern.matcher(name).find())
                && one.except().stream().noneMatch(name::contains);
    }

    /// The line of the first command that is refused, or 0. Comments do nothing.
    private static int lineOf(Compiled one, String text) {
        if (one.commands().isEmpty()) {
            return 0;
        }
        List<String> lines = joined(text);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean harmless =
                    line.stripLeading().startsWith("#")
                            || one.except().stream().anyMatch(line::contains);
            if (!harmless
                    && one.commands().stream().map(p -> p.matcher(line)).anyMatch(Matcher::find)) {
                return i + 1;
            }
        }
        return 0;
    }

    /// The lines, each with those that a backslash at its end joins to it.
    private static List<String> joined(String text) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        for (int i = lines.size() - 2; i >= 0; i--) {
            String line = lines.get(i);
            if (line.endsWith("\\")) {
                lines.set(i, line.substring(0, line.length() - 1) + " " + lines.get(i + 1).strip());
            }
        }
        return lines;
    }

    private List<Compiled> forbidden(String agent) {
        return compiled.stream()
                .filter(one -> table.forbids(agent, one.refused()))
                .collect(Collectors.toList());
    }
}
