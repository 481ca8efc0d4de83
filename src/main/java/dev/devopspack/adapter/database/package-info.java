/// PostgreSQL: the beans that implement the stores of the inner packages, and their statements.
/// Tables are made by the migrations in `db/migration`, as their owner; everything here runs as a
/// role that cannot change what is append-only. Decides nothing.
@NullMarked
package dev.devopspack.adapter.database;

import org.jspecify.annotations.NullMarked;
