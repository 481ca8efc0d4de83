package dev.devopspack.web;

import java.util.List;

/// What went wrong, and the way on.
///
/// @param kept long texts of a form that was not taken, so that nobody types them again
/// @param wayOn the first thing to try
record ErrorPage(
        int status, String problem, String mend, String where, List<String> kept, Link wayOn) {

    static final Link OVERVIEW = new Link("/", "To the overview");

    ErrorPage(int status, Problem problem) {
        this(status, problem.problem(), problem.mend(), problem.where(), List.of(), OVERVIEW);
    }

    record Link(String href, String text) {}
}
