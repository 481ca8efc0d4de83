/// The command line: thin. Reads arguments and files, calls a server or the program itself, prints,
/// says the exit code. Decides nothing; the same documents come out as through every other front
/// door. The only package that knows picocli.
@NullMarked
package dev.devopspack.command;

import org.jspecify.annotations.NullMarked;
