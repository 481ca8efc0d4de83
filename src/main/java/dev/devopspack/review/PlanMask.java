package dev.devopspack.review;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// Replaces the sensitive values of a plan by marks.
///
/// Several passes over the same rooms: the first ones learn which texts are sensitive, the last one
/// replaces them wherever they stand, so that a secret handed on through a local or an output that
/// lost its mark is not shown either.
final class PlanMask {

    /// The first learns what is marked, the second the other side of what lost its mark.
    private static final int LEARNING_PASSES = 2;

    private final Secrets secrets;
    private final ValueMask values;
    private final ConfigurationMask configuration;
    private final Datum root;

    private PlanMask(Datum root, Secrets secrets) {
        this.root = root;
        this.secrets = secrets;
        this.values = new ValueMask(secrets);
        this.configuration = new ConfigurationMask(values);
    }

    static Datum mask(Datum root) {
        Secrets secrets = new Secrets();
        for (int pass = 0; pass < LEARNING_PASSES; pass++) {
            new PlanMask(root, secrets).root();
            secrets.learned();
        }
        return new PlanMask(root, secrets).root();
    }

    private Datum root() {
        TreeMap<String, Datum> result = new TreeMap<>();
        root.members().forEach((name, value) -> result.put(name, part(name, value)));
        return new Datum.Members(result);
    }

    private Datum part(String name, Datum value) {
        return switch (name) {
            case "resource_changes", "resource_drift" -> each(value, this::resourceChange);
            case "deferred_changes" ->
                    each(value, item -> with(item, "resource_change", this::resourceChange));
            case "output_changes" -> outputChanges(value);
            case "planned_values" -> state(value);
            case "prior_state" -> with(value, "values", this::state);
            case "variables" -> variables(value);
            case "configuration" -> configuration.mask(value);
            case "format_version", "terraform_version", "timestamp" -> value;
            default -> values.plain(value);
        };
    }

    private Datum resourceChange(Datum item) {
        String type = item.at("type").text().orElse("");
        return with(item, "change", change -> change(type, change));
    }

    private Datum change(String type, Datum change) {
        Datum before = change.at("before");
        Datum after = change.at("after");
        Datum beforeFlags = change.at("before_sensitive");
        Datum afterFlags = change.at("after_sensitive");
        ValueMask.Other later = new ValueMask.Other(after, afterFlags, false);
        ValueMask.Other earlier = new ValueMask.Other(before, beforeFlags, true);
        Datum result =
                with(change, "before", value -> values.mask(type, value, beforeFlags, later));
        result = with(result, "after", value -> values.mask(type, value, afterFlags, earlier));
        return with(result, "generated_config", secrets::scrub);
    }

    private Datum outputChanges(Datum outputs) {
        TreeMap<String, Datum> result = new TreeMap<>();
        outputs.members()
                .forEach((name, change) ->
                        result.put(
                                name,
                                SecretNames.KNOWN.isSecret(name)
                                        ? change("", sensitive(change))
                                        : change("", change)));
        return outputs instanceof Datum.Members ? new Datum.Members(result) : outputs;
    }

    private static Datum sensitive(Datum change) {
        TreeMap<String, Datum> result = new TreeMap<>(change.members());
        result.put("before_sensitive", new Datum.Flag(true));
        result.put("after_sensitive", new Datum.Flag(true));
        return new Datum.Members(result);
    }

    /// `planned_values`, or the `values` of a state.
    private Datum state(Datum state) {
        Datum outputs = with(state, "outputs", this::outputValues);
        return with(outputs, "root_module", this::module);
    }

    private Datum outputValues(Datum outputs) {
        TreeMap<String, Datum> result = new TreeMap<>();
        outputs.members()
                .forEach((name, output) -> {
                    boolean secret =
                            output.at("sensitive").isTrue() || SecretNames.KNOWN.isSecret(name);
                    result.put(
                            name,
                            with(
                                    output,
                                    "value",
                                    value -> values.mask("", value, new Datum.Flag(secret))));
                });
        return outputs instanceof Datum.Members ? new Datum.Members(result) : outputs;
    }

    private Datum module(Datum module) {
        Datum resources = with(module, "resources", list -> each(list, this::resource));
        return with(resources, "child_modules", list -> each(list, this::module));
    }

    private Datum resource(Datum resource) {
        String type = resource.at("type").text().orElse("");
        return with(
                resource,
                "values",
                value -> values.mask(type, value, resource.at("sensitive_values")));
    }

    private Datum variables(Datum variables) {
        Datum declared = root.at("configuration").at("root_module").at("variables");
        TreeMap<String, Datum> result = new TreeMap<>();
        variables
                .members()
                .forEach((name, variable) -> {
                    boolean secret =
                            declared.at(name).at("sensitive").isTrue()
                                    || SecretNames.KNOWN.isSecret(name);
                    result.put(
                            name,
                            with(
                                    variable,
                                    "value",
                                    value -> values.mask("", value, new Datum.Flag(secret))));
                });
        return variables instanceof Datum.Members ? new Datum.Members(result) : variables;
    }

    /// The object with one member replaced; unchanged where it has none of that name.
    static Datum with(Datum object, String name, UnaryOperator<Datum> mask) {
        if (!object.members().containsKey(name)) {
            return object;
        }
        TreeMap<String, Datum> result = new TreeMap<>(object.members());
        result.put(name, mask.apply(object.at(name)));
        return new Datum.Members(result);
    }

    static Datum each(Datum list, UnaryOperator<Datum> mask) {
        if (!(list instanceof Datum.Items items)) {
            return list;
        }
        List<Datum> result = new ArrayList<>();
        items.list().forEach(item -> result.add(mask.apply(item)));
        return new Datum.Items(result);
    }
}
