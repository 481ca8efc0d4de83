package dev.devopspack.language.yaml;

import dev.devopspack.language.Span;
import dev.devopspack.language.yaml.Yaml.Offsets;
import dev.devopspack.language.yaml.Yaml.Refused;
import dev.devopspack.language.yaml.Yaml.Reports;
import dev.devopspack.language.yaml.YamlNode.Entry;
import dev.devopspack.language.yaml.YamlNode.Mapping;
import dev.devopspack.language.yaml.YamlNode.Scalar;
import dev.devopspack.language.yaml.YamlNode.Sequence;
import dev.devopspack.language.yaml.YamlNode.Style;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;

/// Makes nodes of the events of a file, counting size and depth as if aliases were copied.
final class Composer {

    private static final String CORE = "tag:yaml.org,2002:";

    private final YamlSchema schema;
    private final Lines lines;
    private final Comments comments;
    private final Reports reports;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private int nodes;
    private int deepest;

    Composer(YamlSchema schema, Lines lines, Comments comments, Reports reports) {
        this.schema = schema;
        this.lines = lines;
        this.comments = comments;
        this.reports = reports;
    }

    /// @param node null while it is still being read
    /// @param size nodes in it with aliases copied
    /// @param height levels in it
    private record Anchored(@Nullable YamlNode node, int size, int height) {}

    /// @param documents where the documents go as they are read
    void read(ParserImpl events, Offsets offsets, List<YamlNode> documents) throws Refused {
        Stream stream = new Stream(events, offsets);
        Event event = stream.next();
        while (event.getEventId() != Event.ID.StreamEnd) {
            switch (event.getEventId()) {
                case DocumentStart -> anchors.clear();
                case Scalar, SequenceStart, MappingStart, Alias ->
                        documents.add(stream.node(event, 0));
                default -> {}
            }
            event = stream.next();
        }
    }

    private final class Stream {

        private final ParserImpl events;
        private final Offsets offsets;

        /// Where the node read last ends in the file; an alias ends where it stands itself.
        private int lastEnd;

        Stream(ParserImpl events, Offsets offsets) {
            this.events = events;
            this.offsets = offsets;
        }

        /// The library also throws what it does not declare, for example on a cut escape.
        private Event next() throws Refused {
            try {
                return events.next();
            } catch (YamlEngineException e) {
                throw e;
            } catch (RuntimeException _) {
                throw new Refused(
                        lines.span(lastEnd, lastEnd),
                        "the YAML cannot be read after this place",
                        "Look for a broken escape or a missing quote.");
            }
        }

        private YamlNode node(Event event, int depth) throws Refused {
            if (event instanceof AliasEvent alias) {
                return aliased(alias, depth);
            }
            count(1, event);
            reach(depth, event);
            Optional<Anchor> anchor = ((NodeEvent) event).getAnchor();
            if (anchor.isEmpty()) {
                return content(event, depth);
            }
            String name = anchor.get().getValue();
            anchors.put(name, new Anchored(null, 0, 0));
            int nodesBefore = nodes;
            int deepestBefore = deepest;
            deepest = depth;
            YamlNode node = content(event, depth);
            anchors.put(name, new Anchored(node, nodes - nodesBefore + 1, deepest - depth));
            deepest = Math.max(deepest, deepestBefore);
            return node;
        }

        private YamlNode aliased(AliasEvent alias, int depth) throws Refused {
            Anchored anchored = anchors.get(alias.getAlias().getValue());
            YamlNode node = anchored == null ? null : anchored.node();
            lastEnd = offsets.of(alias.getEndMark());
            if (anchored == null || node == null) {
                Span span = span(alias);
                String name = "*" + alias.getAlias().getValue();
                count(1, alias);
                if (anchored == null) {
                    reports.add(
                            span,
                            "the alias '" + name + "' has no anchor before it",
                            "Write the anchor '&" + name.substring(1) + "' at the value meant.");
                } else {
                    reports.add(
                            span,
                            "the alias '" + name + "' stands inside the value it names",
                            "Write the value out.");
                }
                return new Scalar("", null, Style.PLAIN, span, "");
            }
            count(anchored.size(), alias);
            reach(depth + anchored.height(), alias);
            return node;
        }

        private void count(int more, Event event) throws Refused {
            if (more > Yaml.MAX_NODES - nodes) {
                throw new Refused(
                        span(event),
                        "the file has more than "
                                + Yaml.MAX_NODES
                                + " values, counting each alias as what it stands for",
                        "Split the file, or use fewer aliases.");
            }
            nodes += more;
        }

        private void reach(int depth, Event event) throws Refused {
            if (depth >= Yaml.MAX_DEPTH) {
                throw new Refused(
                        span(event),
                        "the document nests deeper than " + Yaml.MAX_DEPTH + " levels",
                        "Write it flatter.");
            }
            deepest = Math.max(deepest, depth);
        }

        private YamlNode content(Event event, int depth) throws Refused {
            return switch (event) {
                case ScalarEvent scalar -> scalar(scalar);
                case SequenceStartEvent sequence -> sequence(sequence, depth);
                case MappingStartEvent mapping -> mapping(mapping, depth);
                default -> throw new IllegalStateException("no node: " + event.getEventId());
            };
        }

        private YamlNode sequence(SequenceStartEvent start, int depth) throws Refused {
            List<YamlNode> items = new ArrayList<>();
            Event event = next();
            int end = offsets.of(start.getEndMark());
            while (event.getEventId() != Event.ID.SequenceEnd) {
                items.add(node(event, depth + 1));
                end = Math.max(end, lastEnd);
                event = next();
            }
            boolean flow = start.isFlow();
            lastEnd = flow ? offsets.of(event.getEndMark()) : end;
            Span span = lines.span(offsets.of(start.getStartMark()), lastEnd);
            return new Sequence(items, flow, span, start.getTag().orElse(""));
        }

        private YamlNode mapping(MappingStartEvent start, int depth) throws Refused {
            Map<String, Entry> entries = new LinkedHashMap<>();
            List<YamlNode> merged = new ArrayList<>();
            Event event = next();
            int end = offsets.of(start.getEndMark());
            while (event.getEventId() != Event.ID.MappingEnd) {
                YamlNode key = node(event, depth + 1);
                YamlNode value = node(next(), depth + 1);
                end = Math.max(end, lastEnd);
                add(key, value, entries, merged);
                event = next();
            }
            boolean flow = start.isFlow();
            lastEnd = flow ? offsets.of(event.getEndMark()) : end;
            merged.forEach(node -> merge(node, entries));
            Span span = lines.span(offsets.of(start.getStartMark()), lastEnd);
            return new Mapping(entries, flow, span, start.getTag().orElse(""));
        }

        private void add(
                YamlNode key, YamlNode value, Map<String, Entry> entries, List<YamlNode> merged) {
            if (!(key instanceof Scalar scalar)) {
                reports.add(
                        key.span(),
                        "a key is a " + (key instanceof Mapping ? "mapping" : "sequence"),
                        "Use a text as the key; quote it where it begins with a bracket or brace.");
                return;
            }
            if (schema.merges() && isMergeKey(scalar)) {
                merged.add(value);
                return;
            }
            String name = name(scalar);
            Entry duplicate = entries.putIfAbsent(name, new Entry(name, scalar, value, false));
            if (duplicate != null) {
                reports.add(
                        scalar.span(),
                        "the key '"
                                + name
                                + "' stands twice, first on line "
                                + duplicate.node().span().line(),
                        "Remove one of them.");
            }
        }

        private void merge(YamlNode node, Map<String, Entry> entries) {
            switch (node) {
                case Mapping mapping ->
                        mapping.entries()
                                .forEach((name, entry) ->
                                        entries.putIfAbsent(
                                                name,
                                                new Entry(
                                                        name, entry.node(), entry.value(), true)));
                case Sequence sequence
                        when sequence.items().stream().allMatch(Mapping.class::isInstance) ->
                        sequence.items().forEach(item -> merge(item, entries));
                case Sequence _, Scalar _ ->
                        reports.add(
                                node.span(),
                                "the merge key '<<' has no mapping to merge",
                                "Give it an alias of a mapping, such as '<<: *defaults'.");
            }
        }

        private YamlNode scalar(ScalarEvent event) {
            int start = offsets.of(event.getStartMark());
            int end = offsets.of(event.getEndMark());
            lastEnd = end;
            Style style =
                    switch (event.getScalarStyle()) {
                        case SINGLE_QUOTED -> Style.SINGLE_QUOTED;
                        case DOUBLE_QUOTED -> Style.DOUBLE_QUOTED;
                        case LITERAL -> Style.LITERAL;
                        case FOLDED -> Style.FOLDED;
                        default -> Style.PLAIN;
                    };
            switch (style) {
                case SINGLE_QUOTED, DOUBLE_QUOTED -> comments.exclude(start, end);
                // The line with the `|` may end in a comment.
                case LITERAL, FOLDED -> comments.exclude(lines.nextLine(start), end);
                case PLAIN -> {}
            }
            String tag = event.getTag().orElse("");
            return new Scalar(
                    event.getValue(),
                    value(event.getValue(), style, tag),
                    style,
                    lines.span(start, end),
                    tag);
        }

        private Span span(Event event) {
            int start = offsets.of(event.getStartMark());
            int end = offsets.of(event.getEndMark());
            return lines.span(start, end);
        }
    }

    private @Nullable Object value(String content, Style style, String tag) {
        return switch (tag) {
            case "" -> style == Style.PLAIN ? schema.resolved(content) : content;
            case CORE + "null" -> null;
            case CORE + "bool", CORE + "int", CORE + "float" -> schema.resolved(content);
            default -> content;
        };
    }

    private static boolean isMergeKey(Scalar key) {
        return key.content().equals("<<")
                && ((key.style() == Style.PLAIN && key.tag().isEmpty())
                        || key.tag().equals(CORE + "merge"));
    }

    /// GitHub takes keys by their characters; Go's readers turn what they mean into text again.
    private String name(Scalar key) {
        boolean meant = key.value() instanceof Boolean || key.value() instanceof Long;
        return meant && schema != YamlSchema.GITHUB ? String.valueOf(key.value()) : key.content();
    }
}
