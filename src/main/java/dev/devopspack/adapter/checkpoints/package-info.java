/// Has the audit log's checkpoints made while the server runs, keeps them a second time in a file
/// outside of the database, and has the log read from its first entry on. What a checkpoint says
/// and how it is signed is none of its business.
@NullMarked
package dev.devopspack.adapter.checkpoints;

import org.jspecify.annotations.NullMarked;
