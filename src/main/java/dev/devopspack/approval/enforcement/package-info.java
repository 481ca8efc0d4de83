/// Where approval is enforced outside of this program, as an operator configures it: which
/// pipelines may use the grants of which stack, and the points at which others ask. Compares what
/// is about to happen with what was approved; sends nothing itself and knows no HTTP. What is not
/// configured is refused.
@NullMarked
package dev.devopspack.approval.enforcement;

import org.jspecify.annotations.NullMarked;
