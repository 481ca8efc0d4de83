/// Terraform's functions over values, and the budget that bounds what evaluation may cost. Pure:
/// nothing here reads a file, the clock, the environment or a source of randomness.
@NullMarked
package dev.devopspack.language.hcl.function;

import org.jspecify.annotations.NullMarked;
