package dev.devopspack.language.schema;

/// A schema pack that this program cannot read: it is damaged or of another format.
public final class SchemaPackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SchemaPackException(String message) {
        super(message);
    }

    public SchemaPackException(String message, Throwable cause) {
        super(message, cause);
    }
}
