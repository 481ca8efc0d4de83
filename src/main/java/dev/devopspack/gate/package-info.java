/// Gates, their verdicts and what they weigh. A gate judges a change set; it stores, asks and
/// changes nothing. When in doubt a gate stays shut: what could not be read, run or decided never
/// counts as passed. Outside tools are behind interfaces declared here and implemented in
/// `adapter`.
@NullMarked
package dev.devopspack.gate;

import org.jspecify.annotations.NullMarked;
