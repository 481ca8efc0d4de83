/// Shell commands as typed values and their printer. A text can only become one quoted word, so
/// nothing that a value holds is ever read as syntax. Nothing is run or parsed here.
@NullMarked
package dev.devopspack.language.shell.print;

import org.jspecify.annotations.NullMarked;
