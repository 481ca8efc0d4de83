package dev.devopspack.adapter.database;

import java.sql.SQLException;

/// The database did not run a statement, or its answer could not be read. What it said about it is
/// the cause's alone: it may name values.
final class StatementRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StatementRefused(SQLException cause) {
        super("the database did not run a statement", cause);
    }
}
