package dev.devopspack.language.hcl.function;

import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.Hint;
import dev.devopspack.language.hcl.value.Value.ListValue;
import dev.devopspack.language.hcl.value.Value.ObjectValue;
import dev.devopspack.language.hcl.value.Value.Str;
import dev.devopspack.language.hcl.value.Value.Unknown;
import dev.devopspack.language.hcl.value.ValueProblem;
import org.jspecify.annotations.Nullable;

/// What the evaluation of one module tree may cost. Counted in steps, not in time, so that the same
/// files give the same answer on every machine.
public final class Budget {

    /// Nodes evaluated and values built; some seconds of work. Real modules need less than a
    /// hundredth.
    public static final long STEPS = 20_000_000;

    /// Characters of one string: a rendered template of this size is no configuration.
    public static final int TEXT_CHARS = 1024 * 1024;

    /// Nodes of one value, counted with what is shared, since whoever walks it walks them all.
    public static final int VALUE_NODES = 200_000;

    private static final String MEND = "Make the expression smaller, or split the module";

    private long left;

    public Budget(long steps) {
        left = steps;
    }

    /// @throws ValueProblem once the budget is used up
    public void charge(long steps) {
        left -= steps;
        if (left < 0) {
            throw new ValueProblem("the module needs too many steps to evaluate", MEND);
        }
    }

    /// Whether nothing more will be evaluated.
    public boolean spent() {
        return left < 0;
    }

    /// Refuses a text that grew too long, before it is built.
    public void chargeText(long chars) {
        if (chars > TEXT_CHARS) {
            throw new ValueProblem(
                    "a text would have more than " + TEXT_CHARS + " characters", MEND);
        }
        charge(1 + chars / 16);
    }

    /// Refuses a list that grew too long, before it is built.
    public void chargeItems(long items) {
        if (items > VALUE_NODES) {
            throw new ValueProblem("a list would have more than " + VALUE_NODES + " items", MEND);
        }
        charge(1 + items);
    }

    /// Refuses a value that grew too large, also where its parts are shared.
    public Value checked(Value value) {
        switch (value) {
            case ListValue _, ObjectValue _, Unknown _ -> charge(count(value, 0));
            case Str s -> chargeText(s.value().length());
            case Value.Null _, Value.Bool _, Value.Num _ -> {}
        }
        return value;
    }

    private static int count(Value value, int before) {
        int count = before + 1;
        if (count > VALUE_NODES) {
            throw new ValueProblem("a value would have more than " + VALUE_NODES + " parts", MEND);
        }
        switch (value) {
            case ListValue list -> {
                for (Value item : list.items()) {
                    count = count(item, count);
                }
            }
            case ObjectValue object -> {
                for (Value member : object.members().values()) {
                    count = count(member, count);
                }
            }
            case Unknown unknown -> {
                count += unknown.references().size();
                count = count(unknown.hint(), count);
            }
            case Value.Null _, Value.Bool _, Value.Num _, Str _ -> {}
        }
        return count;
    }

    private static int count(@Nullable Hint hint, int before) {
        int count = before;
        switch (hint) {
            case Hint.Text text -> {
                for (Value piece : text.pieces()) {
                    count = count(piece, count);
                }
            }
            case Hint.Json json -> count = count(json.value(), count);
            case Hint.Itself _ -> count++;
            case null -> {}
        }
        return count;
    }
}
