package dev.devopspack.attack;

/// One attack and its positive twin: the same call without the attack.
///
/// @param family what is attacked
/// @param name a sentence's part that says what is tried
/// @param tried must be refused
/// @param twin must pass, so that a server which refuses everything does not look safe
record Attack(String family, String name, Call tried, Call twin) {

    /// Something that is asked of the server.
    @FunctionalInterface
    interface Call {
        Answer answer() throws Exception;
    }

    /// What came of a call.
    ///
    /// @param refused false if it did what was asked
    /// @param shown for the report of a failure
    record Answer(boolean refused, String shown) {

        static Answer of(boolean refused, Object shown) {
            String text = String.valueOf(shown);
            return new Answer(refused, text.substring(0, Math.min(400, text.length())));
        }
    }

    @Override
    public String toString() {
        return family + ": " + name;
    }
}
