package dev.devopspack.specialist.security;

import dev.devopspack.policy.Severity;
import dev.devopspack.specialist.Described;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `security_scanning` and `hardening_recommendations` are asked with.
///
/// @param atLeast the least severity that is listed; `low` where left out. The score counts all
public record ScanInput(
        @Described("The files, all of a module together. Judged and forgotten.")
                @Nullable List<FileInput> files,
        @Described("A stored change set instead of files.") @Nullable String changeSetId,
        @Described("Least severity to list; low where left out.") @Nullable Severity atLeast)
        implements JudgesFiles.Given {

    Severity least() {
        return atLeast == null ? Severity.LOW : atLeast;
    }
}
