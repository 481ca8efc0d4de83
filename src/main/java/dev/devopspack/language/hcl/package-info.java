/// The HCL native syntax: lexer, parser with positions and recovery, syntax tree, formatter,
/// printer. Works on text alone: nothing here evaluates an expression, reads a disk or knows a
/// provider. Values and evaluation live in the packages below this one.
@NullMarked
package dev.devopspack.language.hcl;

import org.jspecify.annotations.NullMarked;
