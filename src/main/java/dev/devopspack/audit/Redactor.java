package dev.devopspack.audit;

/// Replaces what is, or looks like, a secret's value by a mark. Every text passes through it before
/// it is appended.
@FunctionalInterface
public interface Redactor {

    String redact(String text);
}
