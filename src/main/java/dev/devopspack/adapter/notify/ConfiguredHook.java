package dev.devopspack.adapter.notify;

import dev.devopspack.identity.PersonId;
import dev.devopspack.manager.notice.Hook;
import dev.devopspack.manager.notice.NoticeKind;
import dev.devopspack.task.InvalidInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One hook, checked.
record ConfiguredHook(
        String name,
        Shape shape,
        Target target,
        Set<NoticeKind> kinds,
        Duration every,
        @Nullable PersonId person) {

    /// Who hears of a request a day later has missed its deadline.
    private static final Duration LONGEST = Duration.ofHours(12);

    /// One person is not told more often than four times an hour, unless he wants to be.
    private static final Duration USUAL_FOR_ONE = Duration.ofMinutes(15);

    private static final String SETTING = "devopspack.notify.hooks.";

    ConfiguredHook {
        if (!name.matches("[a-z0-9][-a-z0-9]{0,39}")) {
            throw new IllegalStateException(
                    SETTING
                            + "…: a hook's name is 1 to 40 lower-case letters, digits or '-', for"
                            + " example "
                            + SETTING
                            + "ops.url");
        }
        kinds = Set.copyOf(kinds);
        if (every.isNegative() || every.compareTo(LONGEST) > 0) {
            throw new IllegalStateException(
                    SETTING + name + ".every is at most " + LONGEST.toHours() + "H");
        }
        if (person != null && every.isZero()) {
            throw new IllegalStateException(
                    SETTING
                            + name
                            + ".every is zero: to one person requests are told together. Set it to"
                            + " 15M, or leave it out.");
        }
        if (person != null && !Hook.PERSONAL.containsAll(kinds)) {
            throw new IllegalStateException(
                    SETTING
                            + name
                            + ".events has more than concerns its person. Use some of: "
                            + words(Hook.PERSONAL)
                            + ".");
        }
    }

    /// In the order of their names.
    ///
    /// @throws IllegalStateException where one cannot be used
    static List<ConfiguredHook> all(NotifySettings settings) {
        Set<String> inside =
                settings.privateHosts().orElse(List.of()).stream()
                        .map(host -> host.strip().toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
        return new TreeMap<>(settings.hooks())
                .entrySet().stream()
                        .map(each -> of(each.getKey(), each.getValue(), inside))
                        .toList();
    }

    private static ConfiguredHook of(
            String name, NotifySettings.HookSettings settings, Set<String> inside) {
        String address =
                settings.url()
                        .or(() -> settings.urlFile().map(file -> firstLine(name, file)))
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        SETTING
                                                + name
                                                + " has no address. Set "
                                                + SETTING
                                                + name
                                                + ".url or .url-file."));
        PersonId person = settings.person().map(id -> person(name, id)).orElse(null);
        return new ConfiguredHook(
                name,
                shape(name, settings.shape().orElse(Shape.CLOUDEVENTS.word())),
                Target.of(address, inside, SETTING + name + ".url"),
                kinds(
                        name,
                        settings.events().orElse(List.of()),
                        person == null ? EnumSet.allOf(NoticeKind.class) : Hook.PERSONAL),
                settings.every().orElse(person == null ? Duration.ZERO : USUAL_FOR_ONE),
                person);
    }

    private static String firstLine(String name, Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            return lines.isEmpty() ? "" : lines.getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    SETTING + name + ".url-file names '" + file + "', which cannot be read", e);
        }
    }

    private static Shape shape(String name, String word) {
        return Arrays.stream(Shape.values())
                .filter(shape -> shape.word().equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException(
                                SETTING
                                        + name
                                        + ".shape is '"
                                        + word
                                        + "'. Set it to cloudevents, slack or teams."));
    }

    private static PersonId person(String name, String id) {
        try {
            return PersonId.parse(id.strip());
        } catch (InvalidInput e) {
            throw new IllegalStateException(
                    SETTING
                            + name
                            + ".person is no person's id. The access page shows the id of each"
                            + " person.",
                    e);
        }
    }

    private static Set<NoticeKind> kinds(String name, List<String> words, Set<NoticeKind> usual) {
        Set<NoticeKind> kinds = EnumSet.noneOf(NoticeKind.class);
        for (String word : words) {
            kinds.add(
                    NoticeKind.of(word.strip())
                            .orElseThrow(() ->
                                    new IllegalStateException(
                                            SETTING
                                                    + name
                                                    + ".events has '"
                                                    + word
                                                    + "'. Use some of: "
                                                    + all()
                                                    + ".")));
        }
        return words.isEmpty() ? usual : kinds;
    }

    private static String all() {
        return words(EnumSet.complementOf(EnumSet.of(NoticeKind.TEST)));
    }

    private static String words(Set<NoticeKind> kinds) {
        return kinds.stream().sorted().map(NoticeKind::kind).collect(Collectors.joining(", "));
    }

    Hook open() {
        return new Hook(name, shape.word(), target.host(), kinds, every, person);
    }
}
