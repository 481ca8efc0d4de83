/// What rules judge in a Dockerfile: the file, its stages, its instructions and the shell commands
/// of its `RUN` instructions, with the facts that follow from them. Decides nothing itself.
@NullMarked
package dev.devopspack.policy.dockerfile;

import org.jspecify.annotations.NullMarked;
