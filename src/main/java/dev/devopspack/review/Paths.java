package dev.devopspack.review;

import java.util.List;
import java.util.stream.Stream;

/// Values by a path such as `ingress[].cidr_blocks[]`, where `[]` means every item.
final class Paths {

    private Paths() {}

    /// What stands at the path; an unknown or masked value on the way stands for all below it. A
    /// path that leads nowhere gives nothing.
    static List<Datum> values(Datum from, String path) {
        Stream<Datum> found = Stream.of(from);
        for (String step : path.split("\\.", -1)) {
            boolean every = step.endsWith("[]");
            String name = every ? step.substring(0, step.length() - 2) : step;
            found =
                    found.map(value -> value.isOpaque() ? value : value.at(name))
                            .filter(value -> !value.isNothing())
                            .flatMap(value -> every ? items(value) : Stream.of(value));
        }
        return found.toList();
    }

    /// A single block is a list of one where some provider's JSON leaves the list out.
    private static Stream<Datum> items(Datum value) {
        return value instanceof Datum.Items items ? items.list().stream() : Stream.of(value);
    }

    /// The text of a plain value; empty for lists, objects, nothing and what cannot be told.
    static String scalar(Datum value) {
        return switch (value) {
            case Datum.Text text -> text.value();
            case Datum.Number number -> number.source();
            case Datum.Flag flag -> Boolean.toString(flag.value());
            case Datum.Nothing _, Datum.Unknown _, Datum.Masked _, Datum.Items _, Datum.Members _ ->
                    "";
        };
    }
}
