package dev.devopspack.specialist;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A `blueprint.yaml` as it is written. [BlueprintReader] makes a [Blueprint] of it.
record BlueprintFile(
        int format,
        String type,
        String provider,
        String title,
        String description,
        Map<String, String> pins,
        String environmentVariable,
        String summary,
        List<Note> notes,
        List<Input> inputs,
        List<String> files) {

    /// @param without the input whose absence the text is about; always, where there is none
    record Note(@Nullable String without, String text) {}

    record Input(
            String name,
            String fills,
            String type,
            String description,
            @Nullable Boolean required,
            @Nullable Object example,
            @Nullable Object defaultValue,
            @Nullable Choice defaultBy,
            @Nullable String defaultText,
            @Nullable Choice fixedBy,
            @Nullable List<Object> choices,
            @Nullable Integer min,
            @Nullable Integer max,
            @Nullable Integer minItems,
            @Nullable Integer maxItems,
            @Nullable String pattern,
            @Nullable String shape,
            @Nullable String keyPattern,
            @Nullable List<String> keys,
            @Nullable String format,
            @Nullable Integer minPrefix,
            @Nullable Integer maxPrefix,
            @Nullable String atLeast,
            @Nullable String atMost,
            @Nullable String startsWith) {}

    /// A value chosen by another input's value.
    record Choice(String input, Map<String, Object> values, @Nullable Object otherwise) {}
}
