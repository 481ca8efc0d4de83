package dev.devopspack.language.schema;

/// Who fills an attribute or a nested block.
///
/// @param required the configuration must give it
/// @param optional the configuration may give it
/// @param computed the provider gives it where the configuration does not
public record Presence(boolean required, boolean optional, boolean computed) {

    /// True if a configuration may write it.
    public boolean writable() {
        return required || optional;
    }
}
