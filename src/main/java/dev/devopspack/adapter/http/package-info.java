/// How the server calls other systems. What it says to each of them is in the package that knows
/// it.
@NullMarked
package dev.devopspack.adapter.http;

import org.jspecify.annotations.NullMarked;
