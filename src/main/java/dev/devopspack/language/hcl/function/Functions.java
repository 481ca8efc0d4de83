package dev.devopspack.language.hcl.function;

import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.ListValue;
import dev.devopspack.language.hcl.value.Value.ObjectValue;
import dev.devopspack.language.hcl.value.Value.Unknown;
import dev.devopspack.language.hcl.value.ValueProblem;
import dev.devopspack.task.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Terraform's functions by name.
public final class Functions {

    private static final Map<String, Function> ALL = all();

    /// Functions whose result is only known at run time.
    private static final Set<String> AT_RUN_TIME =
            Set.of(
                    "timestamp",
                    "plantimestamp",
                    "uuid",
                    "bcrypt",
                    "rsadecrypt",
                    "pathexpand",
                    "abspath",
                    "base64gzip");

    private Functions() {}

    private static Map<String, Function> all() {
        Registry all = new Registry();
        TypeFunctions.addTo(all);
        StringFunctions.addTo(all);
        RegexFunctions.addTo(all);
        FormatFunctions.addTo(all);
        NumberFunctions.addTo(all);
        CollectionFunctions.addTo(all);
        SetFunctions.addTo(all);
        EncodingFunctions.addTo(all);
        HashFunctions.addTo(all);
        NetworkFunctions.addTo(all);
        TimeFunctions.addTo(all);
        return all.functions();
    }

    /// Names of all functions there are.
    public static Set<String> names() {
        Set<String> names = new TreeSet<>(ALL.keySet());
        names.addAll(AT_RUN_TIME);
        return names;
    }

    /// Calls a function.
    ///
    /// @throws ValueProblem if there is no such function or its arguments do not fit
    public static Value call(String name, List<Value> arguments, Budget budget) {
        if (AT_RUN_TIME.contains(name)) {
            return Unknown.because(name + " is only known at run time");
        }
        Function function = ALL.get(name);
        if (function == null) {
            throw noFunction(name);
        }
        if (arguments.size() < function.least() || arguments.size() > function.most()) {
            throw new ValueProblem(
                    "\"" + name + "\" is called with " + arguments.size() + " arguments",
                    "Give it " + count(function));
        }
        List<Unknown> unknown = hindering(function.unknown(), arguments);
        return unknown.isEmpty()
                ? function.body().apply(new Arguments(name, arguments, budget))
                : Unknown.from(unknown);
    }

    private static String count(Function function) {
        if (function.most() == Function.ANY) {
            return function.least() + " or more";
        }
        return function.least() == function.most()
                ? String.valueOf(function.least())
                : function.least() + " to " + function.most();
    }

    private static ValueProblem noFunction(String name) {
        List<String> near = Nearest.to(name, names(), 1);
        return new ValueProblem(
                "there is no function \"" + name + "\"",
                near.isEmpty()
                        ? "See the functions of Terraform's language"
                        : "Did you mean \"" + near.getFirst() + "\"?");
    }

    private static List<Unknown> hindering(Function.Unknowns unknowns, List<Value> arguments) {
        List<Unknown> found = new ArrayList<>();
        for (Value argument : arguments) {
            switch (unknowns) {
                case NEEDS_ALL -> collect(argument, found);
                case NEEDS_SHAPE -> {
                    if (argument instanceof Unknown unknown) {
                        found.add(unknown);
                    }
                }
                case TAKES_ALL -> {}
            }
        }
        return found;
    }

    /// All that is unknown inside a value.
    static void collect(Value value, List<Unknown> found) {
        switch (value) {
            case Unknown unknown -> found.add(unknown);
            case ListValue list -> list.items().forEach(item -> collect(item, found));
            case ObjectValue object -> {
                object.members().values().forEach(member -> collect(member, found));
                if (object.rest() != null) {
                    found.add(Unknown.of(object.rest()));
                }
            }
            case Value.Null _, Value.Bool _, Value.Num _, Value.Str _ -> {}
        }
    }
}
