/// What each agent may and may not do, as a table kept as data, and where a request, an input or a
/// submitted file asks for what it may not. Says what to do instead. Decides nothing about files
/// that gates judge.
@NullMarked
package dev.devopspack.manager.conduct;

import org.jspecify.annotations.NullMarked;
