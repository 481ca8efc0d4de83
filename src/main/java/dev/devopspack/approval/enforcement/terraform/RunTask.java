package dev.devopspack.approval.enforcement.terraform;

import dev.devopspack.approval.enforcement.Secret;
import dev.devopspack.task.Environment;
import dev.devopspack.task.StackName;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A run task of an organization.
///
/// @param name stands in the path that is called
/// @param api the one address that plans are fetched from and answers go to, for example
///   `https://app.terraform.io`
/// @param storage where that server keeps what it hands out, for example
///   `https://archivist.terraform.io`: the only address that a plan's answer may lead on to
/// @param key what questions are signed with
public record RunTask(
        String name, URI api, @Nullable URI storage, Secret key, List<Workspace> workspaces) {

    public RunTask {
        workspaces = List.copyOf(workspaces);
    }

    /// Whose approvals count for the runs of a workspace.
    public record Workspace(
            String organization, String workspace, StackName stack, Environment environment) {}

    Optional<Workspace> find(RunQuestion question) {
        return workspaces.stream()
                .filter(each ->
                        each.organization().equals(question.organization())
                                && each.workspace().equals(question.workspace()))
                .findFirst();
    }
}
