/// The kill switch: who paused what and why. Everything that begins work or uses a grant asks here.
/// Knows no gate and no HTTP, and stops nothing that has begun.
@NullMarked
package dev.devopspack.approval.pause;

import org.jspecify.annotations.NullMarked;
