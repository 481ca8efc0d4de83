package dev.devopspack.language.hcl.value;

/// Why an expression has no value: what is wrong and how to mend it. Becomes a diagnostic of the
/// expression it happened in.
public final class ValueProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String mend;

    public ValueProblem(String message, String mend) {
        super(message, null, false, false);
        this.mend = mend;
    }

    public String message() {
        return String.valueOf(getMessage());
    }

    public String mend() {
        return mend;
    }
}
