package dev.devopspack.specialist.incident;

/// A cause that triage may find, with mitigations of its own.
///
/// @param letter `A` to `Z`, as headings and tables call it
/// @param helper who knows more where the mitigations do not help
record Branch(char letter, String cause, Helper helper) {

    /// Whom a branch is handed to.
    enum Helper {
        OWNER,
        DATABASE,
        PLATFORM
    }

    Branch {
        if (letter < 'A' || letter > 'Z') {
            throw new IllegalArgumentException("a branch is named by a letter");
        }
    }

    static Branch owner(char letter, String cause) {
        return new Branch(letter, cause, Helper.OWNER);
    }

    static Branch database(char letter, String cause) {
        return new Branch(letter, cause, Helper.DATABASE);
    }

    static Branch platform(char letter, String cause) {
        return new Branch(letter, cause, Helper.PLATFORM);
    }

    String title() {
        return letter + ": " + cause;
    }
}
