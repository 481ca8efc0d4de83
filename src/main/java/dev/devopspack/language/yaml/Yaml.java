package dev.devopspack.language.yaml;

import dev.devopspack.language.Diagnostic;
import dev.devopspack.language.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Reads YAML, and JSON as the part of YAML that it is. Throws nothing: what is wrong is a
/// diagnostic, and the documents before and after a broken one are still read.
public final class Yaml {

    /// Characters of one file: real ones stay below 2 MB, the bundles of custom resources.
    public static final int MAX_CHARACTERS = 4 * 1_024 * 1_024;

    /// Levels inside each other, with aliases copied: the schemas in custom resource definitions
    /// have about forty. Whoever walks a document recurses this deep.
    public static final int MAX_DEPTH = 150;

    /// Values of one file with aliases copied: what a "billion laughs" would blow up. The largest
    /// real files have about 150,000.
    public static final int MAX_NODES = 600_000;

    /// After so many the rest is noise, and each costs a new start at the next document.
    private static final int MAX_DIAGNOSTICS = 100;

    private static final int MAX_MESSAGE = 200;

    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setCodePointLimit(MAX_CHARACTERS).build();

    private final String name;
    private final String text;
    private final Lines lines;
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final List<YamlNode> documents = new ArrayList<>();
    private final Comments comments;
    private final Composer composer;

    private Yaml(String name, String text, YamlSchema schema) {
        this.name = name;
        this.text = text;
        this.lines = new Lines(text);
        this.comments = new Comments(text, lines);
        this.composer = new Composer(schema, lines, comments, this::report);
    }

    /// @param name for diagnostics
    public static YamlFile read(String name, String text, YamlSchema schema) {
        if (text.length() > MAX_CHARACTERS) {
            Diagnostic tooLong =
                    new Diagnostic(
                            Diagnostic.Severity.ERROR,
                            name,
                            Span.START,
                            "the file has " + text.length() + " characters",
                            "Split it into files of at most " + MAX_CHARACTERS + " characters.");
            return new YamlFile(name, text, List.of(), List.of(tooLong), List.of());
        }
        return new Yaml(name, text, schema).file();
    }

    private YamlFile file() {
        int from = 0;
        while (from >= 0 && diagnostics.size() < MAX_DIAGNOSTICS) {
            from = readFrom(from);
        }
        return new YamlFile(name, text, documents, diagnostics, comments.found());
    }

    /// Reads documents until the end or until something is wrong.
    ///
    /// @return where to go on, or -1
    private int readFrom(int from) {
        String rest = text.substring(from);
        Offsets offsets = new Offsets(rest, from);
        int stoppedAt;
        try {
            ParserImpl events = new ParserImpl(SETTINGS, new StreamReader(SETTINGS, rest));
            composer.read(events, offsets, documents);
            comments.collect(from, text.length());
            return -1;
        } catch (Refused refused) {
            report(refused.span(), refused.problem(), refused.mend());
            stoppedAt = refused.span().start();
        } catch (MarkedYamlEngineException e) {
            stoppedAt = offsets.of(e.getProblemMark());
            report(lines.span(stoppedAt, stoppedAt), problem(e), mend(e, stoppedAt));
        } catch (ReaderException e) {
            stoppedAt = offsets.of(e.getPosition());
            report(
                    lines.span(stoppedAt, stoppedAt),
                    "a control character stands here",
                    "Remove it.");
        } catch (YamlEngineException _) {
            stoppedAt = offsets.of(0);
            report(lines.span(stoppedAt, stoppedAt), "this is no YAML", "Mend the YAML.");
        }
        comments.collect(from, stoppedAt);
        return nextDocument(Math.max(stoppedAt, from));
    }

    /// Where a line that begins a document stands after an offset, or -1.
    private int nextDocument(int offset) {
        int at = lines.nextLine(offset);
        while (at < text.length()) {
            boolean begins =
                    text.startsWith("---", at)
                            && (at + 3 == text.length()
                                    || Character.isWhitespace(text.charAt(at + 3)));
            if (begins) {
                return at;
            }
            at = lines.nextLine(at);
        }
        return -1;
    }

    private void report(Span span, String problem, String mend) {
        if (diagnostics.size() < MAX_DIAGNOSTICS) {
            diagnostics.add(new Diagnostic(Diagnostic.Severity.ERROR, name, span, problem, mend));
        }
    }

    private static String problem(MarkedYamlEngineException e) {
        String problem = String.valueOf(e.getProblem()).lines().findFirst().orElse("no YAML");
        String shortened =
                problem.length() > MAX_MESSAGE ? problem.substring(0, MAX_MESSAGE) + "…" : problem;
        return "the YAML cannot be read: " + shortened;
    }

    private String mend(MarkedYamlEngineException e, int at) {
        if (at < text.length() && text.charAt(at) == '\t') {
            return "Indent with spaces instead of tabs.";
        }
        return String.valueOf(e.getProblem()).contains("alias")
                ? "Write the anchor before the alias."
                : "Indent with spaces, two a level, and quote texts that hold ': ' or ' #'.";
    }

    /// Turns places of the library, counted in code points, into offsets of the text.
    static final class Offsets {

        private final String rest;
        private final int from;
        private final boolean wide;
        private int knownPoint;
        private int knownOffset;

        Offsets(String rest, int from) {
            this.rest = rest;
            this.from = from;
            this.wide = rest.chars().anyMatch(c -> Character.isSurrogate((char) c));
        }

        int of(Optional<Mark> mark) {
            return mark.map(found -> of(found.getIndex())).orElse(from);
        }

        /// Events come nearly in order, so that counting goes on from the last place.
        int of(int point) {
            if (!wide) {
                return from + Math.clamp(point, 0, rest.length());
            }
            if (point < knownPoint) {
                knownPoint = 0;
                knownOffset = 0;
            }
            while (knownPoint < point && knownOffset < rest.length()) {
                knownOffset += Character.charCount(rest.codePointAt(knownOffset));
                knownPoint++;
            }
            return from + knownOffset;
        }
    }

    /// Stops the reading of a document.
    static final class Refused extends Exception {

        private final Span span;
        private final String problem;
        private final String mend;

        Refused(Span span, String problem, String mend) {
            super(problem, null, false, false);
            this.span = span;
            this.problem = problem;
            this.mend = mend;
        }

        Span span() {
            return span;
        }

        String problem() {
            return problem;
        }

        String mend() {
            return mend;
        }
    }

    /// Takes what is wrong without stopping the reading.
    interface Reports {
        void add(Span span, String problem, String mend);
    }
}
