/// A PostgreSQL that somebody else runs: reading its address, checking it and making the role that
/// the program works as. It runs before Quarkus, so nothing here is a bean or knows a table.
@NullMarked
package dev.devopspack.adapter.database.external;

import org.jspecify.annotations.NullMarked;
