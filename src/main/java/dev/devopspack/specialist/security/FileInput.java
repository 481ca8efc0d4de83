package dev.devopspack.specialist.security;

import dev.devopspack.specialist.Described;

/// A file of the caller's.
public record FileInput(
        @Described(value = "Relative name; it tells the language.", example = "main.tf")
                String name,
        @Described("The text.") String content) {}
