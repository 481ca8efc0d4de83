/// Work that goes on without a caller, by db-scheduler on the program's own PostgreSQL: it survives
/// the process, and any process that is there takes it over.
///
/// Lives here: when work is picked up, and what happens with a dead process' share. Does not live
/// here: what the work is.
@NullMarked
package dev.devopspack.adapter.schedule;

import org.jspecify.annotations.NullMarked;
