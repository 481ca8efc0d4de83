/// What several adapters do with files of their own. What lies in them is in the package that knows
/// it.
@NullMarked
package dev.devopspack.adapter.files;

import org.jspecify.annotations.NullMarked;
