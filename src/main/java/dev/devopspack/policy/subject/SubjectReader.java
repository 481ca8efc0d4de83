package dev.devopspack.policy.subject;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads the files of one language into the things that rules judge.
///
/// A reader knows its files by what stands in them rather than by their names, because people name
/// them as they like. It is total: what it cannot read it reports, and it throws nothing.
public interface SubjectReader {

    /// @param texts the text of every file of the scan by its name, sorted by name
    Reading read(Map<String, String> texts);

    /// @param subjects what was found, in the order of the files
    /// @param problems what is of this language and cannot be read
    /// @param files the names of the files that are of this language
    record Reading(List<Subject> subjects, List<Problem> problems, Set<String> files) {

        public static final Reading NOTHING = new Reading(List.of(), List.of(), Set.of());

        public Reading {
            subjects = List.copyOf(subjects);
            problems = List.copyOf(problems);
            files = Set.copyOf(files);
        }
    }

    /// @param line from 1
    /// @param column from 1
    record Problem(String file, int line, int column, String message) {}
}
