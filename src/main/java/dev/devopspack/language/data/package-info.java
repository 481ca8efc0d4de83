/// YAML 1.2 and JSON as one tree of values with positions. Duplicate keys, recursive aliases, depth
/// and expanded size are refused with the place. Knows no schema: what a value must be is said by
/// the reader's caller. The data files that this program ships with are read here, too.
@NullMarked
package dev.devopspack.language.data;

import org.jspecify.annotations.NullMarked;
