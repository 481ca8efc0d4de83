/// The walls around HTTP: plain paths, known hosts and origins, size limits, headers, and who is
/// calling. They stand before every route, also before `/mcp`. They know no change set and decide
/// nothing but who may knock.
@NullMarked
package dev.devopspack.web.guard;

import org.jspecify.annotations.NullMarked;
