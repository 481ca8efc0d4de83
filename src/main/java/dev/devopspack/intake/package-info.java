/// Reads what comes in: tasks in YAML or JSON, submitted files. Parses, checks types, refuses
/// literal secrets. Says for every mistake where it is, what is expected and gives a filled
/// example. Routes and runs nothing.
@NullMarked
package dev.devopspack.intake;

import org.jspecify.annotations.NullMarked;
