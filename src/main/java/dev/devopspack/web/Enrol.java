package dev.devopspack.web;

/// @param link the secret of the one-time link
/// @param name what the person is called so far
record Enrol(String link, String name) {}
