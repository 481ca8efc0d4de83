/// What expressions evaluate to: values, the unknown among them, and Terraform's conversions. Knows
/// no syntax, no module and no file.
@NullMarked
package dev.devopspack.language.hcl.value;

import org.jspecify.annotations.NullMarked;
