package dev.devopspack.specialist.cicd;

/// The cloud that jobs sign in to by OpenID Connect.
public enum Cloud {
    AWS,
    GCP,
    AZURE
}
