/// Dockerfiles: parser with positions and recovery, stages, expansion of variables. Works on text
/// alone and knows no rule.
@NullMarked
package dev.devopspack.language.dockerfile;

import org.jspecify.annotations.NullMarked;
