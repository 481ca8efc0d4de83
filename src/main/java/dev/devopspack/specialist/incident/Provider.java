package dev.devopspack.specialist.incident;

/// Who runs a managed database.
public enum Provider {
    AWS,
    GCP,
    AZURE
}
