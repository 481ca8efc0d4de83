package dev.devopspack.policy.workflow;

import dev.devopspack.language.workflow.Step;
import java.util.Set;

/// Actions that give what was built to others.
final class Publishers {

    private static final Set<String> ALL =
            Set.of(
                    "aws-actions/amazon-ecs-deploy-task-definition",
                    "aws-actions/aws-cloudformation-github-deploy",
                    "azure/aci-deploy",
                    "azure/container-apps-deploy-action",
                    "azure/functions-action",
                    "azure/webapps-deploy",
                    "cloudflare/wrangler-action",
                    "docker/build-push-action",
                    "google-github-actions/deploy-appengine",
                    "google-github-actions/deploy-cloud-functions",
                    "google-github-actions/deploy-cloudrun",
                    "goreleaser/goreleaser-action",
                    "jreleaser/release-action",
                    "js-devtools/npm-publish",
                    "ncipollo/release-action",
                    "pypa/gh-action-pypi-publish",
                    "redhat-actions/push-to-registry",
                    "rubygems/release-gem",
                    "softprops/action-gh-release");

    private Publishers() {}

    static boolean publishes(Step step) {
        boolean isPublisher =
                step.uses().filter(uses -> ALL.contains(uses.repository())).isPresent();
        boolean isBuildOnly =
                step.uses().filter(u -> u.name().equals("docker/build-push-action")).isPresent()
                        && (!step.with().containsKey("push")
                                || step.with().get("push").content().strip().equals("false"));
        return isPublisher && !isBuildOnly;
    }
}
