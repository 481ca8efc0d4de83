package dev.devopspack.adapter.database;

/// The database cannot be used. The message says in one line what is wrong and how to mend it.
public final class DatabaseUnavailable extends RuntimeException {

    public DatabaseUnavailable(String message) {
        super(message);
    }

    public DatabaseUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
