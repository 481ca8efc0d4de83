package dev.devopspack.specialist.cicd;

import dev.devopspack.specialist.cicd.workflow.Step;
import dev.devopspack.specialist.cicd.workflow.Value;
import java.util.ArrayList;
import java.util.List;

/// Signs a job in to the cloud by OpenID Connect, to the registry and to what runs the images. No
/// step holds a key.
final class CloudAccess {

    /// As whom a job signs in: each can do only its own work.
    enum Role {
        /// Changes what runs in an environment.
        DEPLOY(""),
        /// Pushes images.
        BUILD("BUILD_"),
        /// Reads the state of the infrastructure.
        PLAN("PLAN_");

        private final String part;

        Role(String part) {
            this.part = part;
        }
    }

    private static final String GCP_STEP = "google";

    private final Pipeline pipeline;
    private final Toolbox tools;
    private final Settings settings;

    CloudAccess(Pipeline pipeline, Toolbox tools, Settings settings) {
        this.pipeline = pipeline;
        this.tools = tools;
        this.settings = settings;
    }

    /// @param scope the environment of the job; empty where it has none
    /// @param suffix for variables of the repository that differ by environment; else empty
    Step signIn(Role role, String scope, String suffix) {
        String end = suffix.isEmpty() ? "" : "_" + suffix;
        return switch (pipeline.cloud()) {
            case AWS ->
                    tools.use(
                            "Sign in to AWS",
                            "aws-actions/configure-aws-credentials",
                            "aws-region",
                            settings.variable(scope, "AWS_REGION", "for example eu-west-1"),
                            "role-to-assume",
                            settings.variable(
                                    scope,
                                    "AWS_" + role.part + "ROLE_ARN" + end,
                                    "ARN of the role that trusts this repository's OpenID Connect"
                                            + " token "
                                            + what(role)));
            case GCP ->
                    tools.use(
                                    "Sign in to Google Cloud",
                                    "google-github-actions/auth",
                                    "workload_identity_provider",
                                    settings.variable(
                                            scope,
                                            "GCP_WORKLOAD_IDENTITY_PROVIDER",
                                            "full name of the workload identity provider"),
                                    "service_account",
                                    settings.variable(
                                            scope,
                                            "GCP_" + role.part + "SERVICE_ACCOUNT" + end,
                                            "address of the service account " + what(role)),
                                    "token_format",
                                    "access_token",
                                    // The file would stand among those that the image is built of.
                                    "create_credentials_file",
                                    role != Role.BUILD)
                            .id(GCP_STEP);
            case AZURE ->
                    tools.use(
                            "Sign in to Azure",
                            "azure/login",
                            "client-id",
                            azureClient(role, scope, end),
                            "tenant-id",
                            azureTenant(scope),
                            "subscription-id",
                            azureSubscription(scope));
        };
    }

    private Value azureClient(Role role, String scope, String end) {
        return settings.variable(
                scope,
                "AZURE_" + role.part + "CLIENT_ID" + end,
                "client id of the application with a federated credential " + what(role));
    }

    private Value azureTenant(String scope) {
        return settings.variable(scope, "AZURE_TENANT_ID", "id of the tenant");
    }

    private Value azureSubscription(String scope) {
        return settings.variable(scope, "AZURE_SUBSCRIPTION_ID", "id of the subscription");
    }

    /// Signs terraform itself in, where what the job signed in is not enough: the providers and the
    /// backend of Azure take a person's login from the command line, but no application's.
    ///
    /// @param suffix for variables of the repository that differ by environment; else empty
    Step terraform(Step step, Role role, String scope, String suffix) {
        if (pipeline.cloud() != Cloud.AZURE) {
            return step;
        }
        return step.env("ARM_USE_OIDC", Value.text("true"))
                .env(
                        "ARM_CLIENT_ID",
                        azureClient(role, scope, suffix.isEmpty() ? "" : "_" + suffix))
                .env("ARM_TENANT_ID", azureTenant(scope))
                .env("ARM_SUBSCRIPTION_ID", azureSubscription(scope));
    }

    private static String what(Role role) {
        return switch (role) {
            case DEPLOY -> "and may change what runs there";
            case BUILD -> "and may push images";
            case PLAN -> "and may only read";
        };
    }

    /// Signs in to the registry; to its cloud before, where that was not done yet.
    List<Step> registry(Role role, String scope, boolean signedIn) {
        List<Step> steps = new ArrayList<>();
        if (pipeline.registry().cloud() != null && !signedIn) {
            steps.add(signIn(role, scope, ""));
        }
        steps.add(
                switch (pipeline.registry()) {
                    case GHCR ->
                            tools.use(
                                    "Sign in to the registry",
                                    "docker/login-action",
                                    "registry",
                                    "ghcr.io",
                                    "username",
                                    Value.expression("github.actor"),
                                    "password",
                                    Value.expression("github.token"));
                    case ECR ->
                            tools.use("Sign in to the registry", "aws-actions/amazon-ecr-login");
                    case ARTIFACT_REGISTRY ->
                            tools.use(
                                    "Sign in to the registry",
                                    "docker/login-action",
                                    "registry",
                                    settings.variable(
                                            "",
                                            "REGISTRY_HOST",
                                            "for example europe-west1-docker.pkg.dev"),
                                    "username",
                                    "oauth2accesstoken",
                                    "password",
                                    Value.stepOutput(GCP_STEP, "access_token"));
                    case ACR ->
                            Step.run("Sign in to the registry", "az acr login --name \"$REGISTRY\"")
                                    .env(
                                            "REGISTRY",
                                            settings.variable(
                                                    "",
                                                    "REGISTRY_NAME",
                                                    "name of the container registry"));
                });
        return steps;
    }

    /// Reaches what runs the images.
    List<Step> runtime(String scope) {
        return switch (pipeline.deployTo()) {
            case KUBERNETES -> kubernetes(scope);
            case ECS, CONTAINER_APPS -> List.of();
            case CLOUD_RUN ->
                    List.of(
                            tools.use(
                                    "Set up gcloud",
                                    "google-github-actions/setup-gcloud",
                                    "version",
                                    tools.version("gcloud")));
        };
    }

    private List<Step> kubernetes(String scope) {
        Value cluster = settings.variable(scope, "KUBERNETES_CLUSTER", "name of the cluster");
        return switch (pipeline.cloud()) {
            case AWS ->
                    List.of(
                            Step.run(
                                            "Reach the cluster",
                                            "aws eks update-kubeconfig --name \"$CLUSTER\"")
                                    .env("CLUSTER", cluster));
            case GCP ->
                    List.of(
                            tools.use(
                                    "Reach the cluster",
                                    "google-github-actions/get-gke-credentials",
                                    "cluster_name",
                                    cluster,
                                    "location",
                                    settings.variable(
                                            scope,
                                            "KUBERNETES_LOCATION",
                                            "region or zone of the cluster")));
            case AZURE ->
                    List.of(
                            Step.run("Reach the cluster", aks())
                                    .env("CLUSTER", cluster)
                                    .env("RESOURCE_GROUP", resourceGroup(scope)));
        };
    }

    private String aks() {
        return """
        mkdir -p "$HOME/.local/bin"
        echo "$HOME/.local/bin" >>"$GITHUB_PATH"
        az aks install-cli --client-version %s --install-location "$HOME/.local/bin/kubectl" \\
          --kubelogin-version %s --kubelogin-install-location "$HOME/.local/bin/kubelogin"
        az aks get-credentials --resource-group "$RESOURCE_GROUP" --name "$CLUSTER"
        "$HOME/.local/bin/kubelogin" convert-kubeconfig --login azurecli
        """
                .formatted(tools.version("kubectl"), tools.version("kubelogin"));
    }

    private Value resourceGroup(String scope) {
        return settings.variable(scope, "AZURE_RESOURCE_GROUP", "name of the resource group");
    }

    /// A step that runs `deploy.sh`, told where the images run.
    Step deploy(String name, String command, String scope) {
        Step step = Step.run(name, "bash .github/scripts/deploy.sh " + command);
        return switch (pipeline.deployTo()) {
            case KUBERNETES ->
                    step.env(
                            "NAMESPACE",
                            settings.variable(
                                    scope, "KUBERNETES_NAMESPACE", "namespace of the Deployments"));
            case ECS ->
                    step.env(
                            "CLUSTER",
                            settings.variable(scope, "ECS_CLUSTER", "name of the ECS cluster"));
            case CLOUD_RUN ->
                    step.env(
                            "REGION",
                            settings.variable(scope, "GCP_REGION", "region of the services"));
            case CONTAINER_APPS -> step.env("RESOURCE_GROUP", resourceGroup(scope));
        };
    }
}
