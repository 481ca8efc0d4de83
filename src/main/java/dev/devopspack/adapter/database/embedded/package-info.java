/// The PostgreSQL that comes with the program: its data folder, its binaries, its process. It runs
/// before and after everything else, so nothing here is a bean and nothing here knows a table. The
/// program's `main` opens it, Quarkus connects to it, and it is closed last.
@NullMarked
package dev.devopspack.adapter.database.embedded;

import org.jspecify.annotations.NullMarked;
