package dev.devopspack.approval.enforcement;

import dev.devopspack.change.Hidden;
import dev.devopspack.language.data.DataNode;
import dev.devopspack.task.InvalidInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An object of the operator's file, read member by member; a refusal names file, line and column.
record Section(String file, DataNode.Mapping mapping) {

    /// A name, an address or a path.
    private static final int MAX_LENGTH = 1_000;

    /// More of one thing than anybody configures by hand.
    private static final int MAX_ITEMS = 1_000;

    /// A secret that is shorter can be guessed.
    private static final int MIN_SECRET_LENGTH = 16;

    private static final int MAX_SECRET_LENGTH = 4_096;

    static Section of(String file, DataNode node) {
        if (node instanceof DataNode.Mapping mapping) {
            return new Section(file, mapping);
        }
        throw refusal(file, node.place(), "it is no object", "Write 'name: value' lines.");
    }

    /// @throws InvalidInput if there is another member than these
    Section only(String... names) {
        Set<String> known = Set.of(names);
        mapping.entries()
                .forEach((name, entry) -> {
                    if (!known.contains(name)) {
                        throw refusal(
                                file,
                                entry.key(),
                                "'" + Hidden.marked(name) + "' is no setting here",
                                "Use one of " + String.join(", ", names) + ".");
                    }
                });
        return this;
    }

    String text(String name) {
        String text = optionalText(name);
        if (text == null) {
            throw missing(name);
        }
        return text;
    }

    @Nullable String optionalText(String name) {
        DataNode.Entry entry = mapping.entries().get(name);
        return entry == null ? null : plain(name, entry.value());
    }

    String text(String name, String otherwise) {
        String text = optionalText(name);
        return text == null ? otherwise : text;
    }

    private String plain(String name, DataNode node) {
        if (node instanceof DataNode.Text text
                && !text.value().isBlank()
                && text.value().length() <= MAX_LENGTH
                && Hidden.firstIn(text.value()) < 0) {
            return text.value();
        }
        throw refusal(
                file,
                node.place(),
                "'" + name + "' is empty, too long or no plain text",
                "Write one line of text.");
    }

    /// At least one text.
    List<String> texts(String name) {
        List<String> texts = optionalTexts(name);
        if (texts.isEmpty()) {
            throw missing(name);
        }
        return texts;
    }

    List<String> optionalTexts(String name) {
        List<String> texts = new ArrayList<>();
        for (DataNode item : items(name)) {
            texts.add(plain(name, item));
        }
        return texts;
    }

    List<Section> sections(String name) {
        return items(name).stream().map(item -> of(file, item)).toList();
    }

    private List<DataNode> items(String name) {
        DataNode.Entry entry = mapping.entries().get(name);
        if (entry == null) {
            return List.of();
        }
        if (entry.value() instanceof DataNode.Sequence list && list.items().size() <= MAX_ITEMS) {
            return list.items();
        }
        throw refusal(
                file,
                entry.value().place(),
                "'" + name + "' is no list, or one of more than " + MAX_ITEMS,
                "Write a list.");
    }

    /// A text that a value of ours is made of; what the value refuses is told with its place.
    <T> T value(String name, Function<String, T> make) {
        String text = text(name);
        try {
            return make.apply(text);
        } catch (InvalidInput e) {
            throw refusal(name, e.problem(), e.mend());
        } catch (IllegalArgumentException e) {
            throw refusal(name, String.valueOf(e.getMessage()), "Write another value.");
        }
    }

    /// The secret in the file that is named, without the line's end.
    Secret secret(String name) {
        Path path = Path.of(text(name));
        try {
            if (Files.size(path) > MAX_SECRET_LENGTH) {
                throw refusal(
                        name, "'" + path + "' is no secret's file: it is long", "Look at it.");
            }
            String text = Files.readString(path, StandardCharsets.UTF_8).strip();
            if (text.length() < MIN_SECRET_LENGTH) {
                throw refusal(
                        name,
                        "the secret in '" + path + "' is shorter than " + MIN_SECRET_LENGTH,
                        "Make one: openssl rand -hex 32 > " + path);
            }
            return new Secret(text);
        } catch (IOException e) {
            throw refusal(name, "'" + path + "' cannot be read", "Put the secret's file there.");
        }
    }

    InvalidInput missing(String name) {
        return refusal(
                file, mapping.place(), "'" + name + "' is missing", "Add '" + name + ": …'.");
    }

    InvalidInput refusal(String name, String problem, String mend) {
        DataNode.Entry entry = mapping.entries().get(name);
        return refusal(
                file,
                entry == null ? mapping.place() : entry.value().place(),
                "'" + name + "': " + problem,
                mend);
    }

    private static InvalidInput refusal(
            String file, DataNode.Place place, String problem, String mend) {
        return new InvalidInput(file + ":" + place.line() + ":" + place.column(), problem, mend);
    }
}
