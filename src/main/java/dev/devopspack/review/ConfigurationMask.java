package dev.devopspack.review;

import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// Masks the literal values in a plan's `configuration`.
///
/// References, names and sources stay readable; only `constant_value` and `default` hold values.
final class ConfigurationMask {

    private final ValueMask values;

    ConfigurationMask(ValueMask values) {
        this.values = values;
    }

    Datum mask(Datum configuration) {
        Datum providers =
                PlanMask.with(
                        configuration,
                        "provider_config",
                        all ->
                                eachMember(
                                        all,
                                        provider -> expressions(provider, Datum.Nothing.VALUE)));
        return PlanMask.with(providers, "root_module", this::module);
    }

    private Datum module(Datum module) {
        Datum result = PlanMask.with(module, "variables", this::variables);
        result = PlanMask.with(result, "outputs", this::outputs);
        result = PlanMask.with(result, "resources", list -> PlanMask.each(list, this::resource));
        return PlanMask.with(result, "module_calls", all -> eachMember(all, this::call));
    }

    private Datum variables(Datum variables) {
        TreeMap<String, Datum> result = new TreeMap<>();
        variables
                .members()
                .forEach((name, variable) ->
                        result.put(
                                name,
                                PlanMask.with(
                                        variable,
                                        "default",
                                        value -> value(value, isSecret(name, variable)))));
        return new Datum.Members(result);
    }

    private Datum outputs(Datum outputs) {
        TreeMap<String, Datum> result = new TreeMap<>();
        outputs.members()
                .forEach((name, output) ->
                        result.put(
                                name,
                                PlanMask.with(
                                        output,
                                        "expression",
                                        expression ->
                                                expression(
                                                        "", expression, isSecret(name, output)))));
        return new Datum.Members(result);
    }

    private Datum resource(Datum resource) {
        String type = resource.at("type").text().orElse("");
        Datum result =
                PlanMask.with(resource, "expressions", value -> expression(type, value, false));
        return PlanMask.with(
                result,
                "provisioners",
                list -> PlanMask.each(list, item -> expressions(item, Datum.Nothing.VALUE)));
    }

    private Datum call(Datum call) {
        Datum result = expressions(call, call.at("module").at("variables"));
        return PlanMask.with(result, "module", this::module);
    }

    /// @param declared the variables that the expressions fill, where they fill some
    private Datum expressions(Datum holder, Datum declared) {
        return PlanMask.with(
                holder,
                "expressions",
                all -> {
                    TreeMap<String, Datum> result = new TreeMap<>();
                    all.members()
                            .forEach((name, expression) ->
                                    result.put(
                                            name,
                                            expression(
                                                    "",
                                                    expression,
                                                    isSecret(name, declared.at(name)))));
                    return all instanceof Datum.Members ? new Datum.Members(result) : all;
                });
    }

    /// An expression, or a block or list of blocks that holds expressions.
    private Datum expression(String type, Datum expression, boolean secret) {
        return switch (expression) {
            case Datum.Items _ -> PlanMask.each(expression, item -> expression(type, item, secret));
            case Datum.Members members -> {
                TreeMap<String, Datum> result = new TreeMap<>();
                members.map()
                        .forEach((name, value) ->
                                result.put(
                                        name,
                                        switch (name) {
                                            case "constant_value" -> value(value, secret);
                                            case "references" -> value;
                                            default ->
                                                    expression(
                                                            "",
                                                            value,
                                                            secret
                                                                    || SecretNames.KNOWN.isSecret(
                                                                            type, name));
                                        }));
                yield new Datum.Members(result);
            }
            default -> values.plain(expression);
        };
    }

    private Datum value(Datum value, boolean secret) {
        return secret && !(value instanceof Datum.Flag)
                ? values.mask("", value, new Datum.Flag(true))
                : values.plain(value);
    }

    private static boolean isSecret(String name, Datum declaration) {
        return declaration.at("sensitive").isTrue() || SecretNames.KNOWN.isSecret(name);
    }

    private static Datum eachMember(Datum object, UnaryOperator<Datum> mask) {
        TreeMap<String, Datum> result = new TreeMap<>();
        object.members().forEach((name, value) -> result.put(name, mask.apply(value)));
        return object instanceof Datum.Members ? new Datum.Members(result) : object;
    }
}
