package dev.devopspack.policy;

/// What a rule says of one subject.
sealed interface Answer {

    record Holds() implements Answer {}

    record Fails() implements Answer {}

    /// @param why what cannot be known from the files
    record Unknown(String why) implements Answer {}

    /// The rule itself could not be evaluated: the scan has an error, nothing passed.
    record Broken(String why) implements Answer {}
}
