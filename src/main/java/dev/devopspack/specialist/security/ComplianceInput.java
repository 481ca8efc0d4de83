package dev.devopspack.specialist.security;

import dev.devopspack.specialist.Described;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `compliance_checking` is asked with.
///
/// @param controls ids of controls that are shown with every resource behind them
public record ComplianceInput(
        @Described("Which controls; baseline where left out.") @Nullable String profile,
        @Described("The files, all of a module together. Judged and forgotten.")
                @Nullable List<FileInput> files,
        @Described("A stored change set instead of files.") @Nullable String changeSetId,
        @Described(
                        value = "Ids of controls to show with every rule and resource behind them.",
                        example = "2.1.4")
                @Nullable List<String> controls)
        implements JudgesFiles.Given {}
