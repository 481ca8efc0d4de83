package dev.devopspack.review;

import java.time.Instant;

/// A finding that a person accepts for a while, as the signed text shows it.
///
/// @param id the waiver's
/// @param place the file and the resource in it
/// @param finding what the rule says
/// @param who the person's name
/// @param person the person's id
public record WaiverLine(
        String id,
        String rule,
        String place,
        String finding,
        String who,
        String person,
        Instant until,
        String reason) {}
