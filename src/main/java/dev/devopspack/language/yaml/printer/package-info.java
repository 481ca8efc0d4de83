/// Writes YAML: a small tree of values with comments, and the printer that quotes every text which
/// a reader of YAML 1.1 or 1.2 could take for something else. Nothing is read here.
@NullMarked
package dev.devopspack.language.yaml.printer;

import org.jspecify.annotations.NullMarked;
