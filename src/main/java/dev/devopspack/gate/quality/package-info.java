/// The steps of the quality gate for Terraform: ours, over the syntax tree, and terraform's own.
///
/// Lives here: the steps, the check of what a foreign module may not contain, the interface to
/// terraform. Does not live here: starting processes. No module reaches terraform that was not
/// cleared here first.
@NullMarked
package dev.devopspack.gate.quality;

import org.jspecify.annotations.NullMarked;
