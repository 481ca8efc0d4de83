package dev.devopspack.approval.enforcement.github;

import java.time.Instant;

/// A deployment that waits for an answer.
///
/// @param id GitHub's id of the event
/// @param app the App's name
/// @param commented whether people were shown where to decide
public record HeldDeployment(
        String id, String app, Delivery delivery, Instant askedAt, boolean commented) {}
