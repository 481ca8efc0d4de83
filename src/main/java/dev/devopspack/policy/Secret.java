package dev.devopspack.policy;

/// A secret in plain text: what and where it is, never its value.
///
/// @param kind for example `private-key`, `aws-access-key`, `password`
/// @param title what a person calls it, for example `a private key`
/// @param name the key it stands under, or empty
/// @param start the offset of its first character
/// @param end the offset behind its last character
/// @param line from 1
/// @param column from 1
/// @param pointer the JSON pointer where it was found in a tree, else empty
public record Secret(
        String kind,
        String title,
        String name,
        int start,
        int end,
        int line,
        int column,
        String pointer) {

    Secret of(String newKind) {
        return new Secret(newKind, title, name, start, end, line, column, pointer);
    }

    Secret at(String newPointer) {
        return new Secret(kind, title, name, start, end, line, column, newPointer);
    }
}
