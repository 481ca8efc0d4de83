package dev.devopspack.specialist.security;

import dev.devopspack.specialist.Described;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `secret_management` is asked with.
public record SecretsInput(
        @Described("The files, as they are. Judged and forgotten; no value is repeated.")
                @Nullable List<FileInput> files,
        @Described("A stored change set instead of files.") @Nullable String changeSetId,
        @Described("Where secrets shall be kept; environment where left out.")
                @Nullable SecretStore store)
        implements JudgesFiles.Given {}
