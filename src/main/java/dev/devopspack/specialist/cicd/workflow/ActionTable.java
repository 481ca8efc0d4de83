package dev.devopspack.specialist.cicd.workflow;

import dev.devopspack.change.Digest;
import dev.devopspack.language.data.ShippedFile;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The actions that our workflows use, each at one commit, and the tools that they fetch, each at
/// one version, as they stood on a day.
///
/// @param asOf the day on which the versions were looked up
/// @param tools versions by name
/// @param digest of the table's file
public record ActionTable(
        LocalDate asOf, Map<String, Action> actions, Map<String, String> tools, Digest digest) {

    private static final String SHIPPED = "/actions/github.yaml";

    /// Marks an input that must be passed.
    private static final String REQUIRED = "!";

    public ActionTable {
        actions = Map.copyOf(actions);
        tools = Map.copyOf(tools);
    }

    /// The table that the program ships.
    public static ActionTable shipped() {
        return read(ShippedFile.bytes(SHIPPED));
    }

    static ActionTable read(byte[] yaml) {
        Map<?, ?> file =
                (Map<?, ?>)
                        new Load(LoadSettings.builder().setLabel(SHIPPED).build())
                                .loadFromString(new String(yaml, StandardCharsets.UTF_8));
        Map<String, Action> actions = new TreeMap<>();
        member(file, "actions", Map.class)
                .forEach((name, entry) ->
                        actions.put(name.toString(), action(name.toString(), (Map<?, ?>) entry)));
        Map<String, String> tools = new TreeMap<>();
        member(file, "tools", Map.class)
                .forEach((name, version) -> tools.put(name.toString(), version.toString()));
        return new ActionTable(
                LocalDate.parse(String.valueOf(file.get("as_of"))),
                actions,
                tools,
                Digest.of(yaml));
    }

    private static Action action(String name, Map<?, ?> entry) {
        Map<String, Boolean> inputs = new LinkedHashMap<>();
        for (Object input : member(entry, "inputs", List.class)) {
            String text = input.toString();
            boolean required = text.endsWith(REQUIRED);
            inputs.put(required ? text.substring(0, text.length() - 1) : text, required);
        }
        return new Action(
                name,
                String.valueOf(entry.get("version")),
                String.valueOf(entry.get("sha")),
                inputs);
    }

    private static <T> T member(Map<?, ?> map, String key, Class<T> type) {
        Object value = map.get(key);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("the table of actions has no usable '" + key + "'");
        }
        return type.cast(value);
    }

    /// The action of that name.
    ///
    /// @throws IllegalArgumentException if the table does not hold it
    public Action get(String name) {
        Action action = actions.get(name);
        if (action == null) {
            throw new IllegalArgumentException("the table of actions has no '" + name + "'");
        }
        return action;
    }

    /// The version of the tool of that name.
    ///
    /// @throws IllegalArgumentException if the table does not hold it
    public String version(String tool) {
        String version = tools.get(tool);
        if (version == null) {
            throw new IllegalArgumentException("the table of actions has no tool '" + tool + "'");
        }
        return version;
    }
}
