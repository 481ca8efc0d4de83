/// What we read and write: parsers with positions, evaluators and printers, one sub-package a
/// language. Every parser is total and bounded: a bad file is a diagnostic with a position, never
/// an escaping exception. Knows nothing of rules, gates or tasks.
@NullMarked
package dev.devopspack.language;

import org.jspecify.annotations.NullMarked;
