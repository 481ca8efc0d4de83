package dev.devopspack.web;

/// A change set as a row of a list.
record ChangeSetRow(
        String id,
        String code,
        String stack,
        String environment,
        String askedBy,
        Pill status,
        Moment createdAt) {}
