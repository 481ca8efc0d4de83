package dev.devopspack.specialist;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Digest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A folder of real files that their own tool accepts as they stand, with the inputs that a caller
/// may give.
///
/// @param folder where it lies, for example `terraform/aws/eks_cluster`
/// @param type what it makes, for example `eks_cluster`
/// @param provider for example `aws`
/// @param pins the versions that the files ask for, by tool or provider
/// @param environmentVariable the variable that takes the environment's name
/// @param summary one line for people, with the names of inputs in braces
/// @param notes what to know beforehand, with the input whose absence each is about
/// @param inputs in the order in which they are written
/// @param files the files without `blueprint.yaml`, sorted by name
/// @param digest over `blueprint.yaml` and all files
public record Blueprint(
        String folder,
        String type,
        String provider,
        String title,
        String description,
        Map<String, String> pins,
        String environmentVariable,
        String summary,
        List<Note> notes,
        List<BlueprintInput> inputs,
        List<Artifact> files,
        Digest digest) {

    /// The name that stands for the task's environment where inputs name one another.
    public static final String ENVIRONMENT = "environment";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_]+)}");

    /// @param without the input whose absence the text is about; always, where empty
    public record Note(Optional<String> without, String text) {}

    public Blueprint {
        pins = new LinkedHashMap<>(pins);
        notes = List.copyOf(notes);
        inputs = List.copyOf(inputs);
        files = List.copyOf(files);
    }

    public List<String> inputNames() {
        return inputs.stream().map(BlueprintInput::name).toList();
    }

    /// The JSON schema of one resource of this type.
    public Map<String, Object> schema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<Object> required = new ArrayList<>(List.of("type"));
        Map<String, Object> constant = new LinkedHashMap<>();
        constant.put("const", type);
        constant.put("description", description);
        properties.put("type", constant);
        for (BlueprintInput input : inputs) {
            properties.put(input.name(), input.schema());
            if (input.required()) {
                required.add(input.name());
            }
        }
        return InputSchema.object(properties, required);
    }

    /// The smallest resource of this type that is accepted.
    public Map<String, Object> example() {
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("type", type);
        inputs.stream()
                .filter(BlueprintInput::required)
                .forEach(input -> example.put(input.name(), input.example()));
        return example;
    }

    /// A text of the blueprint with values in the place of their names in braces.
    static String fill(String text, Map<String, Object> values) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> {
                    Object value = values.get(found.group(1));
                    return Matcher.quoteReplacement(value == null ? found.group() : words(value));
                });
    }

    /// Whether a name in braces was left, because it has no value.
    static boolean hasPlaceholder(String text) {
        return PLACEHOLDER.matcher(text).find();
    }

    /// A value as a sentence holds it.
    static String words(Object value) {
        return switch (value) {
            case Collection<?> items ->
                    items.isEmpty()
                            ? "none"
                            : items.stream().map(String::valueOf).collect(Collectors.joining(", "));
            case Map<?, ?> pairs ->
                    pairs.isEmpty()
                            ? "none"
                            : pairs.entrySet().stream()
                                    .map(pair -> pair.getKey() + "=" + pair.getValue())
                                    .collect(Collectors.joining(", "));
            default -> value.toString();
        };
    }
}
