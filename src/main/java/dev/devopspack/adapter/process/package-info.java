/// Runs programs outside the JVM: with a time limit, an output limit and an environment of its own.
///
/// Lives here: starting, limiting and ending processes. Does not live here: what a program is for;
/// and nothing passes through a shell unless a caller names one and gives its script as a constant.
@NullMarked
package dev.devopspack.adapter.process;

import org.jspecify.annotations.NullMarked;
