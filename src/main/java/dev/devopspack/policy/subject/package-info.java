/// The things that rules judge, whatever language they were written in, and how a language gives
/// them. Knows no rule and no language: readers beside it know one language each.
@NullMarked
package dev.devopspack.policy.subject;

import org.jspecify.annotations.NullMarked;
