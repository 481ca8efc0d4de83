package dev.devopspack.policy;

import dev.devopspack.language.data.ShippedFile;
import java.util.Map;
import java.util.stream.Collectors;

/// The names of tfsec's checks, such as `aws-s3-enable-versioning`. Trivy took the checks over
/// under ids of its own; the comments that name them stayed in people's files.
final class TfsecNames {

    private static final Map<String, String> IDS =
            ShippedFile.text("/suppressions/trivy-names.tsv")
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t"))
                    .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1]));

    private TfsecNames() {}

    /// Trivy's id of the check; what was given where it is no such name.
    static String id(String name) {
        return IDS.getOrDefault(name, name);
    }
}
