/// YAML and JSON composed to nodes with places: anchors, aliases, merge keys and several documents
/// resolved as the platform that will read the file resolves them. Duplicate keys, recursive
/// aliases, depth and expanded size are diagnostics. Knows no platform's meaning of a document.
@NullMarked
package dev.devopspack.language.yaml;

import org.jspecify.annotations.NullMarked;
