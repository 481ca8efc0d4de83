package dev.devopspack.language.hcl;

/// Why the parser gave an item up. Never leaves this package: it becomes a diagnostic.
final class SyntaxProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int start;
    private final int end;
    private final String mend;

    SyntaxProblem(String message, String mend, int start, int end) {
        super(message, null, false, false);
        this.mend = mend;
        this.start = start;
        this.end = end;
    }

    String message() {
        return String.valueOf(getMessage());
    }

    String mend() {
        return mend;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }
}
