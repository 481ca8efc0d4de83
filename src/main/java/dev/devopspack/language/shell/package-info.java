/// Splits shell scripts into the commands they run: words, quotes, pipes, conditions, subshells.
/// Runs, expands and knows no command: what a command means is asked elsewhere.
@NullMarked
package dev.devopspack.language.shell;

import org.jspecify.annotations.NullMarked;
