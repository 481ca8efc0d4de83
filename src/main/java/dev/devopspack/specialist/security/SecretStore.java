package dev.devopspack.specialist.security;

/// Where a secret can be kept, so that files hold its name only.
public enum SecretStore {
    /// Given from outside when the program runs: a variable.
    ENVIRONMENT,
    AWS_SECRETS_MANAGER,
    AZURE_KEY_VAULT,
    GOOGLE_SECRET_MANAGER,
    VAULT
}
