/// Several tasks as one run: its steps, what each came to, and what is kept so that another process
/// can go on where one was killed. Performs nothing itself: the manager does.
@NullMarked
package dev.devopspack.manager.run;

import org.jspecify.annotations.NullMarked;
