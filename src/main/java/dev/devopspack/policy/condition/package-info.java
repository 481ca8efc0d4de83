/// Conditions of rules as trees: read from text, bound to functions, worked out over a subject.
/// What is unknown stays unknown with its reason, and what cannot be answered is a value too. Knows
/// no rule, no file and no subject's language.
@NullMarked
package dev.devopspack.policy.condition;

import org.jspecify.annotations.NullMarked;
