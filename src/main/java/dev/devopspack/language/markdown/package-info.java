/// Markdown (CommonMark with tables) and Mermaid flowcharts as typed values, and their printers. A
/// text never becomes markup, a link from outside leads to http or https only. Nothing is parsed
/// here but the marks in our own constant texts.
@NullMarked
package dev.devopspack.language.markdown;

import org.jspecify.annotations.NullMarked;
