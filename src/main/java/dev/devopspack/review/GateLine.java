package dev.devopspack.review;

/// What is shown of one gate's verdict.
///
/// @param name for example `gate.security.infra`
/// @param status for example `PASSED`
/// @param summary for example `98.2 % of 95 %, 2 findings open`
public record GateLine(String name, String status, String summary) {}
