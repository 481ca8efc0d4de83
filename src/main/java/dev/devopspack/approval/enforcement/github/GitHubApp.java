package dev.devopspack.approval.enforcement.github;

import dev.devopspack.approval.enforcement.Secret;
import dev.devopspack.task.Environment;
import dev.devopspack.task.StackName;
import java.net.URI;
import java.util.List;

/// A GitHub App that asks this server about deployments.
///
/// @param name stands in the path that GitHub calls
/// @param api the one address that is ever answered to, for example `https://api.github.com`
/// @param app the App's id
/// @param privateKey the App's key, as GitHub gave it (PEM)
/// @param webhookSecret what GitHub signs its events with
public record GitHubApp(
        String name,
        URI api,
        String app,
        Secret privateKey,
        Secret webhookSecret,
        List<Rule> rules) {

    public GitHubApp {
        rules = List.copyOf(rules);
    }

    /// Whose approvals count for the deployments of one repository to one of its environments.
    ///
    /// @param deployment the environment's name at GitHub
    /// @param consumes whether letting a deployment go on uses the grant up; else the job does it
    /// @param workflows the paths of the workflows whose runs may go on; none means all. A job that
    ///   is to use the grant itself is trusted to do so, and only these are known to
    public record Rule(
            String repository,
            String deployment,
            StackName stack,
            Environment environment,
            boolean consumes,
            List<String> workflows) {

        public Rule {
            workflows = List.copyOf(workflows);
        }
    }

    /// @return the id of this App as somebody who uses grants
    String actor() {
        return "github-" + name;
    }
}
