package dev.devopspack.specialist.terraform;

import dev.devopspack.specialist.Described;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `configuration_generation` is asked with.
///
/// @param provider may be left out where the types tell it
/// @param resources each with its `type` and the inputs of that type's blueprint
/// @param environment may stand here or in the task
public record GenerationInput(
        @Described(value = "Cloud provider.", example = "aws") @Nullable String provider,
        @Described("What to make: each with its type and that type's inputs.")
                @Nullable List<Map<String, Object>> resources,
        @Described(
                        value =
                                "Environment that it is for; an unknown one is treated as production.",
                        example = "production")
                @Nullable String environment) {}
