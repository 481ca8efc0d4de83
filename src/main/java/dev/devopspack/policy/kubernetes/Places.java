package dev.devopspack.policy.kubernetes;

import dev.devopspack.policy.subject.Subject.Place;
import java.util.List;
import java.util.Optional;

/// Where the parts of one object stand.
interface Places {

    /// @param path keys and, for items of lists, indexes as decimal texts
    Optional<Place> at(List<String> path);

    /// Where the object begins.
    Place start();

    int lastLine();

    /// Whether it is written as blocks of Terraform, which have defaults of their own.
    boolean asBlocks();

    /// The last line of the part at a path.
    int lastLine(List<String> path);
}
