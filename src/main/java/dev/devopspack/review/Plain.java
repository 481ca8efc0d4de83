package dev.devopspack.review;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Our own documents as the plain values that any JSON library writes.
final class Plain {

    private Plain() {}

    static Object of(Datum value) {
        return switch (value) {
            case Datum.Text text -> text.value();
            case Datum.Number number -> Integer.valueOf(number.source());
            case Datum.Flag flag -> flag.value();
            case Datum.Items items -> {
                List<Object> list = new ArrayList<>();
                items.list().forEach(item -> list.add(of(item)));
                yield list;
            }
            case Datum.Members members -> {
                Map<String, Object> map = new LinkedHashMap<>();
                members.map().forEach((name, member) -> map.put(name, of(member)));
                yield map;
            }
            case Datum.Nothing _, Datum.Unknown _, Datum.Masked _ ->
                    throw new IllegalArgumentException("our documents hold no such value");
        };
    }
}
