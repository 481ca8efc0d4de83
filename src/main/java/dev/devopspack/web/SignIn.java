package dev.devopspack.web;

/// @param next the page to go to afterwards: a path of ours
record SignIn(String next) {}
