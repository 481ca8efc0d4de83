package dev.devopspack.policy;

import dev.devopspack.task.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Reads the YAML of rules and profiles: one document, no alias, bounded, with places.
final class StrictYaml {

    /// The longest rule with examples is a few kilobytes.
    private static final int MAX_BYTES = 64 * 1_024;

    /// A rule nests four levels: examples, one example, its kind, a list of findings.
    private static final int MAX_DEPTH = 8;

    private StrictYaml() {}

    /// @throws InvalidInput with `file:line:column` where it is no YAML or too much of it
    static YamlMap read(String file, byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new InvalidInput(
                    file, "the file has more than " + MAX_BYTES + " bytes", "Shorten it.");
        }
        return new YamlMap(file, compose(file, text(file, bytes)));
    }

    private static String text(String file, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
            throw new InvalidInput(file, "the file is not UTF-8", "Save it as UTF-8.");
        }
        return text;
    }

    private static Node compose(String file, String text) {
        LoadSettings settings =
                LoadSettings.builder().setLabel(file).setCodePointLimit(MAX_BYTES).build();
        try {
            Parser parser = new ParserImpl(settings, new StreamReader(settings, text));
            return new Composer(settings, new Bounded(file, parser))
                    .getSingleNode()
                    .orElseThrow(() ->
                            new InvalidInput(file, "the file is empty", "Write a rule into it."));
        } catch (MarkedYamlEngineException e) {
            Mark mark = e.getProblemMark().orElse(null);
            String where =
                    mark == null
                            ? file
                            : file + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
            throw new InvalidInput(where, Shown.of(e.getProblem()), "Mend the YAML.");
        } catch (YamlEngineException e) {
            throw new InvalidInput(file, "this is no YAML document", "Write one rule a file.");
        }
    }

    /// Composing recurses, so depth is counted as the events come. Our files need no alias, and
    /// without one no YAML grows beyond its own size.
    private static final class Bounded implements Parser {

        private final String file;
        private final Parser parser;
        private int depth;

        Bounded(String file, Parser parser) {
            this.file = file;
            this.parser = parser;
        }

        @Override
        public boolean checkEvent(Event.ID choice) {
            return parser.checkEvent(choice);
        }

        @Override
        public Event peekEvent() {
            return parser.peekEvent();
        }

        @Override
        public boolean hasNext() {
            return parser.hasNext();
        }

        @Override
        public Event next() {
            Event event = parser.next();
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                case Alias -> throw refused(event, "the file holds an alias");
                case Comment, DocumentEnd, DocumentStart, Scalar, StreamEnd, StreamStart -> {}
            }
            if (depth > MAX_DEPTH) {
                throw refused(event, "the file nests deeper than " + MAX_DEPTH + " levels");
            }
            return event;
        }

        private InvalidInput refused(Event event, String problem) {
            int line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
            int column = event.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1);
            return new InvalidInput(
                    file + ":" + line + ":" + column, problem, "Write it out flat.");
        }
    }
}
