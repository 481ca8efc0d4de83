package dev.devopspack.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.devopspack.task.InvalidInput;
import org.jspecify.annotations.Nullable;

/// What is wrong, where, and what to do next: the body of every refusal, on pages and in JSON.
///
/// @param example what would be accepted, where that helps
/// @param code the refusal's name for programs, where it has one
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(
        String where,
        String problem,
        String mend,
        @Nullable String example,
        @Nullable String code) {

    static Problem of(InvalidInput refused) {
        return new Problem(
                refused.where(), refused.problem(), refused.mend(), refused.example(), null);
    }

    static Problem of(String where, String problem, String mend) {
        return new Problem(where, problem, mend, null, null);
    }

    /// As it is sent: `{"error": {...}}`.
    record Body(Problem error) {}
}
