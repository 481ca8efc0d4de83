package dev.devopspack.language.hcl;

/// A comment with its marks (`#`, `//` or `/* */`), without the newline that ends it.
public record Comment(String text, Span span) {}
