/// What a cluster asks before it stores an object, and the comparison with what was approved. Knows
/// no HTTP and no cluster: a review comes in as text and leaves as an answer.
@NullMarked
package dev.devopspack.approval.enforcement.kubernetes;

import org.jspecify.annotations.NullMarked;
