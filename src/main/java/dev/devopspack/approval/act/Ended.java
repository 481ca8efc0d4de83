package dev.devopspack.approval.act;

import dev.devopspack.change.Digest;
import dev.devopspack.identity.PersonId;
import java.time.Instant;

/// How something that was signed for a while was taken back or lifted.
///
/// @param act the signed act that did it
public record Ended(PersonId by, Instant at, Digest act) {}
