package dev.devopspack.intake;

import java.util.List;

/// What one document asks for.
///
/// @param several whether it was written as a list: its tasks are one run with one report, also
///   where there is one
public record Tasks(List<TaskDocument> list, boolean several) {

    /// What one person can still review when it is done.
    public static final int MOST = 10;

    public Tasks {
        list = List.copyOf(list);
    }
}
