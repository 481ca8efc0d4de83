/// Plain language to typed input by a language model, where one is configured. What comes back is
/// read, refused and judged like anything a caller sends; it decides nothing.
@NullMarked
package dev.devopspack.manager.draft;

import org.jspecify.annotations.NullMarked;
