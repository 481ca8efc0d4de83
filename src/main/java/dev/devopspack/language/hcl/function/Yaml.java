package dev.devopspack.language.hcl.function;

import com.google.re2j.Pattern;
import dev.devopspack.language.hcl.value.Conversions;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.ListValue;
import dev.devopspack.language.hcl.value.Value.Num;
import dev.devopspack.language.hcl.value.Value.ObjectValue;
import dev.devopspack.language.hcl.value.Value.Str;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// YAML as `yamldecode` and `yamlencode` have it. Read from the stream of events, without
/// recursion: aliases share their value, and the budget counts what they would expand to.
final class Yaml {

    private static final int DEPTH = 100;

    private static final Set<String> TRUE =
            Set.of("true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y");
    private static final Set<String> FALSE =
            Set.of("false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", "n", "N");
    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");

    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    /// A collection that is being read.
    private static final class Open {
        final @Nullable Anchor anchor;
        final boolean mapping;
        final List<Value> items = new ArrayList<>();
        final Map<String, Value> members = new TreeMap<>();
        final Map<String, Value> merged = new TreeMap<>();
        @Nullable String key;

        Open(@Nullable Anchor anchor, boolean mapping) {
            this.anchor = anchor;
            this.mapping = mapping;
        }

        Value value() {
            if (!mapping) {
                return Value.list(items);
            }
            Map<String, Value> all = new TreeMap<>(merged);
            all.putAll(members);
            return new ObjectValue(all, null);
        }
    }

    private final Arguments arguments;
    private final Map<Anchor, Value> anchors = new HashMap<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private Value document = Value.Null.VALUE;
    private int documents;

    private Yaml(Arguments arguments) {
        this.arguments = arguments;
    }

    static Value read(String text, Arguments arguments) {
        Yaml yaml = new Yaml(arguments);
        try {
            LoadSettings settings =
                    LoadSettings.builder().setCodePointLimit(Budget.TEXT_CHARS).build();
            Iterator<Event> events = new Parse(settings).parseString(text).iterator();
            while (events.hasNext()) {
                yaml.take(events.next());
            }
        } catch (YamlEngineException notYaml) {
            throw arguments.problem("the text is not YAML", "Give it one YAML document");
        }
        if (yaml.documents != 1) {
            throw arguments.problem(
                    "the text has " + yaml.documents + " documents", "Give it one YAML document");
        }
        return yaml.document;
    }

    private void take(Event event) {
        arguments.budget().charge(1);
        switch (event) {
            case ScalarEvent scalar -> add(scalar(scalar), scalar.getAnchor().orElse(null));
            case AliasEvent alias -> add(aliased(alias), null);
            case SequenceStartEvent start -> push(new Open(start.getAnchor().orElse(null), false));
            case MappingStartEvent start -> push(new Open(start.getAnchor().orElse(null), true));
            default -> {
                boolean ends =
                        event.getEventId() == Event.ID.SequenceEnd
                                || event.getEventId() == Event.ID.MappingEnd;
                if (ends) {
                    Open done = open.pop();
                    add(arguments.budget().checked(done.value()), done.anchor);
                }
            }
        }
    }

    private Value aliased(AliasEvent alias) {
        Value value = anchors.get(alias.getAlias());
        if (value == null) {
            throw arguments.problem(
                    "the alias \"" + alias.getAlias() + "\" has no anchor before it", "Define it");
        }
        return value;
    }

    private void push(Open collection) {
        if (open.size() >= DEPTH) {
            throw arguments.problem("it is nested deeper than " + DEPTH + " levels", "Flatten it");
        }
        open.push(collection);
    }

    private void add(Value value, @Nullable Anchor anchor) {
        if (anchor != null) {
            anchors.put(anchor, value);
        }
        Open parent = open.peek();
        if (parent == null) {
            document = value;
            documents++;
        } else if (!parent.mapping) {
            parent.items.add(value);
        } else if (parent.key == null) {
            parent.key =
                    Conversions.text(value)
                            .orElseThrow(() ->
                                    arguments.problem(
                                            "a key is " + value.kind(), "Use a string as key"));
        } else {
            member(parent, parent.key, value);
            parent.key = null;
        }
    }

    private static void member(Open mapping, String key, Value value) {
        if (key.equals("<<")) {
            List<Value> sources = value instanceof ListValue list ? list.items() : List.of(value);
            for (Value source : sources.reversed()) {
                if (source instanceof ObjectValue object) {
                    mapping.merged.putAll(object.members());
                }
            }
        } else {
            mapping.members.put(key, value);
        }
    }

    private static Value scalar(ScalarEvent scalar) {
        String text = scalar.getValue();
        boolean plain = scalar.isPlain() && scalar.getTag().isEmpty();
        if (!plain) {
            return new Str(text);
        }
        if (NULL.contains(text)) {
            return Value.Null.VALUE;
        }
        if (TRUE.contains(text)) {
            return Value.Bool.TRUE;
        }
        if (FALSE.contains(text)) {
            return Value.Bool.FALSE;
        }
        if (DATE.matcher(text).matches()) {
            return new Str(text + "T00:00:00Z");
        }
        return number(text);
    }

    /// A leading `0` alone does not mean octal there, `0o` does.
    private static Value number(String text) {
        if (text.startsWith("0x") || text.startsWith("0o")) {
            return based(text, text.startsWith("0x") ? 16 : 8);
        }
        boolean mayBe = !text.isEmpty() && "0123456789.+-".indexOf(text.charAt(0)) >= 0;
        return mayBe
                ? Conversions.number(new Str(text)).<Value>map(Num::new).orElse(new Str(text))
                : new Str(text);
    }

    private static Value based(String text, int base) {
        String digits = text.substring(2);
        boolean readable =
                !digits.isEmpty()
                        && digits.length() < 100
                        && digits.chars().allMatch(c -> Character.digit(c, base) >= 0);
        return readable ? new Num(new BigDecimal(new BigInteger(digits, base))) : new Str(text);
    }

    static String write(Value value, Arguments arguments) {
        YamlWriter writer = new YamlWriter(arguments);
        writer.document(value);
        return writer.text();
    }
}
