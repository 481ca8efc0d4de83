package dev.devopspack.approval.waiver;

import dev.devopspack.task.Environment;
import dev.devopspack.task.StackName;

/// What a waiver is for: one finding of one rule on one resource of one stack in one environment.
///
/// The message belongs to it: a waiver for an open port 443 is none for an open port 22.
///
/// @param rule the rule's id, for example `DP-AWS-S3-001`
/// @param file the artifact's name
/// @param resource the address; empty where the finding is about the file
/// @param message what the rule says
public record WaiverScope(
        String rule,
        String file,
        String resource,
        String message,
        StackName stack,
        Environment environment) {

    /// The file and the resource in it, for people.
    public String place() {
        return resource.isEmpty() ? file : file + " " + resource;
    }
}
