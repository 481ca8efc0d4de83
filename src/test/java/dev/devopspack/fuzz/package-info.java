/// Damages texts for those who read them: the part that is the same for every language. What the
/// texts are and what may not happen stands beside each reader's own tests.
@NullMarked
package dev.devopspack.fuzz;

import org.jspecify.annotations.NullMarked;
