package dev.devopspack.review;

import dev.devopspack.language.hcl.value.Reference;
import dev.devopspack.language.hcl.value.Value;
import java.math.BigDecimal;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Values of Terraform's language as values that are compared and shown.
final class Evaluated {

    /// Numbers are written out up to here; `1E+999999999` would fill the memory.
    private static final int MAX_SCALE = 100;

    private Evaluated() {}

    static Datum datum(Value value) {
        return switch (value) {
            case Value.Null _ -> Datum.Nothing.VALUE;
            case Value.Bool bool -> new Datum.Flag(bool.value());
            case Value.Num number -> new Datum.Number(plain(number.value()));
            case Value.Str text -> new Datum.Text(text.value());
            case Value.ListValue list ->
                    new Datum.Items(list.items().stream().map(Evaluated::datum).toList());
            case Value.ObjectValue object -> {
                TreeMap<String, Datum> members = new TreeMap<>();
                object.members().forEach((name, member) -> members.put(name, datum(member)));
                yield new Datum.Members(members);
            }
            case Value.Unknown unknown -> unknown(unknown);
        };
    }

    /// What is known in parts is kept in parts, so that a policy that names a key to come can still
    /// be judged.
    private static Datum unknown(Value.Unknown unknown) {
        if (unknown.hint() instanceof Value.Hint.Json json) {
            return datum(json.value());
        }
        String references =
                unknown.references().stream()
                        .map(Reference::text)
                        .sorted()
                        .distinct()
                        .collect(Collectors.joining(", "));
        return new Datum.Unknown(
                unknown.textWith("…").map(text -> text + " with " + references).orElse(references));
    }

    private static String plain(BigDecimal number) {
        return Math.abs(number.scale()) > MAX_SCALE ? number.toString() : number.toPlainString();
    }
}
