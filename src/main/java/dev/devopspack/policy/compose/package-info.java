/// What rules judge in Compose files: services with what they extend, their published ports and
/// their mounts, and named volumes. Decides nothing itself.
@NullMarked
package dev.devopspack.policy.compose;

import org.jspecify.annotations.NullMarked;
