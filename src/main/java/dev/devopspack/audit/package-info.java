/// What happened: entries, their leaf format and chain, the log's interface and its verification.
/// Append only. Knows who and what by id; never holds a secret's value. An appended entry must
/// verify for ever: see `docs/formats.md`.
@NullMarked
package dev.devopspack.audit;

import org.jspecify.annotations.NullMarked;
