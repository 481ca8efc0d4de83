/// What was asked: tasks and the narrow value types that everything else is written in. Values
/// only: no reading of files, no storage, no clock. Knows no other package of the program.
@NullMarked
package dev.devopspack.task;

import org.jspecify.annotations.NullMarked;
