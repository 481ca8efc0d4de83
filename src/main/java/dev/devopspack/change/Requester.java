package dev.devopspack.change;

import org.jspecify.annotations.Nullable;

/// Who asked for a change set, as the manifest keeps it.
///
/// @param principal what was signed in, for example `token:9f3c…` or `person:7b1e…`
/// @param person the id of the human behind it, where known: this person never counts as an
///   approver
public record Requester(String principal, @Nullable String person) {}
