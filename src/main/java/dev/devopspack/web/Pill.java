package dev.devopspack.web;

/// A state as a coloured word. The word alone says it; the colour only helps.
///
/// @param tone `good`, `bad`, `wait` or `quiet`: a class of the style sheet
record Pill(String text, String tone) {

    static final String GOOD = "good";
    static final String BAD = "bad";
    static final String WAIT = "wait";
    static final String QUIET = "quiet";

    static Pill good(String text) {
        return new Pill(text, GOOD);
    }

    static Pill bad(String text) {
        return new Pill(text, BAD);
    }

    static Pill wait(String text) {
        return new Pill(text, WAIT);
    }

    static Pill quiet(String text) {
        return new Pill(text, QUIET);
    }
}
