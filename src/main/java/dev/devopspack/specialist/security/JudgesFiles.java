package dev.devopspack.specialist.security;

import dev.devopspack.change.Artifacts;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.specialist.Capability;
import dev.devopspack.specialist.Outcome;
import dev.devopspack.specialist.Work;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A capability that looks at files: given in its input, or those of a stored change set.
interface JudgesFiles<I extends Record & JudgesFiles.Given> extends Capability<I> {

    /// An input that names files.
    interface Given {

        @Nullable List<FileInput> files();

        /// Instead of files.
        @Nullable String changeSetId();
    }

    /// Where change sets are looked up.
    ChangeSetStore changeSets();

    /// @param files at least one
    Outcome judge(I input, Artifacts files);

    /// What is found in files holds wherever they go.
    @Override
    default boolean targetsEnvironment() {
        return false;
    }

    @Override
    default Set<String> judgedInputs() {
        return GivenFiles.JUDGED;
    }

    @Override
    default Map<String, Object> example() {
        return Map.of("files", List.of(GivenFiles.EXAMPLE));
    }

    @Override
    default Outcome perform(I input, Work work) {
        return GivenFiles.none(input)
                ? GivenFiles.required(this)
                : judge(input, GivenFiles.of(input, changeSets()));
    }
}
