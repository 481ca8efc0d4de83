/// Finds out from plain language which agent's capability is meant: by weighted words, explained,
/// and asking back when unsure. Runs nothing, stores nothing, calls no network.
@NullMarked
package dev.devopspack.manager.route;

import org.jspecify.annotations.NullMarked;
