package dev.devopspack.command;

/// This machine cannot do what a command needs: a folder that belongs to somebody else, a database
/// that does not answer. The message says in one line what is wrong and how to mend it.
public final class Unable extends RuntimeException {

    public Unable(String message, Throwable cause) {
        super(message, cause);
    }
}
