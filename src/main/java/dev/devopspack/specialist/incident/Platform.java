package dev.devopspack.specialist.incident;

/// Where a service runs.
public enum Platform {
    KUBERNETES,
    SYSTEMD,
    MANAGED_DATABASE
}
