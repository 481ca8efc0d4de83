/// Plain language as far as it is compared: words, their stems, sentences and clauses, phrases in
/// them. Knows no agent and no rule. Total and linear: any text of bounded length is read.
@NullMarked
package dev.devopspack.language.words;

import org.jspecify.annotations.NullMarked;
