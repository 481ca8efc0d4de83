/// Who decides in whose place: signed, for one environment, until a day, never passed on. Counts
/// nobody; the quorum does, with what is in force here.
@NullMarked
package dev.devopspack.approval.delegation;

import org.jspecify.annotations.NullMarked;
