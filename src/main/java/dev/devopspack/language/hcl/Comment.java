package dev.devopspack.language.hcl;

import dev.devopspack.language.Span;

/// A comment with its marks (`#`, `//` or `/* */`), without the newline that ends it.
public record Comment(String text, Span span) {}
