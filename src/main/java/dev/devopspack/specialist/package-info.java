/// Specialists write work and return it: files to be gated, reports, or what they still need to
/// know. What every specialist is made of lives here, each specialist in a package of its own
/// below. No storing, gating, asking or auditing: that is done around a capability, once, by the
/// manager.
@NullMarked
package dev.devopspack.specialist;

import org.jspecify.annotations.NullMarked;
