package dev.devopspack.review;

import dev.devopspack.task.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What an AWS policy document in JSON gives away.
final class PolicyDocument {

    enum Trait {
        EVERY_ACTION("allows every action"),
        ALL_BUT("allows every action but some"),
        EVERY_ACTION_OF_A_SERVICE("allows every action of a service"),
        ANYONE("lets anyone in"),
        ANYONE_ON_CONDITION("lets anyone in who meets a condition"),
        NOT_KNOWN("has a policy that is not known before it is applied");

        private final String says;

        Trait(String says) {
            this.says = says;
        }

        String says() {
            return says;
        }
    }

    private PolicyDocument() {}

    static Set<Trait> traits(Datum document) {
        if (document.isOpaque()) {
            return EnumSet.of(Trait.NOT_KNOWN);
        }
        if (document.isNothing() || document.text().filter(String::isBlank).isPresent()) {
            return EnumSet.noneOf(Trait.class);
        }
        Datum parsed = document instanceof Datum.Members ? document : parse(document);
        if (!(parsed instanceof Datum.Members)) {
            return EnumSet.of(Trait.NOT_KNOWN);
        }
        EnumSet<Trait> traits = EnumSet.noneOf(Trait.class);
        for (Datum statement : oneOrMany(parsed.at("Statement"))) {
            traits.addAll(ofStatement(statement));
        }
        return traits;
    }

    private static Datum parse(Datum document) {
        try {
            return DatumReader.read(
                    "policy", document.text().orElse("").getBytes(StandardCharsets.UTF_8));
        } catch (InvalidInput _) {
            return Datum.Unknown.WHOLE;
        }
    }

    private static Set<Trait> ofStatement(Datum statement) {
        EnumSet<Trait> traits = EnumSet.noneOf(Trait.class);
        if (statement.isOpaque()) {
            return EnumSet.of(Trait.NOT_KNOWN);
        }
        if (!statement.at("Effect").text().orElse("").equals("Allow")) {
            return traits;
        }
        if (!statement.at("NotAction").isNothing()) {
            traits.add(Trait.ALL_BUT);
        }
        for (Datum action : oneOrMany(statement.at("Action"))) {
            action(action, traits);
        }
        if (!statement.at("NotPrincipal").isNothing() || isAnyone(statement.at("Principal"))) {
            boolean conditional = !statement.at("Condition").members().isEmpty();
            traits.add(conditional ? Trait.ANYONE_ON_CONDITION : Trait.ANYONE);
        }
        return traits;
    }

    private static void action(Datum action, Set<Trait> traits) {
        String text = action.text().orElse("").toLowerCase(Locale.ROOT);
        String plain = text.replace("?", "*");
        if (action.isOpaque() || text.contains(Marks.SENSITIVE)) {
            traits.add(Trait.NOT_KNOWN);
        } else if (!plain.isEmpty() && plain.chars().allMatch(c -> c == '*' || c == ':')) {
            traits.add(Trait.EVERY_ACTION);
        } else if (text.endsWith(":*")) {
            traits.add(Trait.EVERY_ACTION_OF_A_SERVICE);
        }
    }

    private static boolean isAnyone(Datum principal) {
        return switch (principal) {
            case Datum.Text text -> text.value().equals("*");
            case Datum.Members members ->
                    oneOrMany(members.at("AWS")).stream()
                            .anyMatch(who -> who.text().orElse("").equals("*"));
            default -> false;
        };
    }

    private static List<Datum> oneOrMany(Datum value) {
        if (value.isNothing()) {
            return List.of();
        }
        return value instanceof Datum.Items items ? items.list() : List.of(value);
    }
}
