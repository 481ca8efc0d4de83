package dev.devopspack.change;

import java.util.Arrays;
import java.util.Optional;

/// The four gates, in the order in which they are shown.
public enum GateId {
    SECURITY("gate.security.infra", "Security of the configuration"),
    QUALITY("gate.quality.terraform", "Quality of the Terraform module"),
    COMPLIANCE("gate.compliance.audit", "Compliance with the chosen profile"),
    APPROVAL("gate.approval.production", "A person's approval");

    private final String id;
    private final String title;

    GateId(String id, String title) {
        this.id = id;
        this.title = title;
    }

    /// For example `gate.security.infra`.
    public String id() {
        return id;
    }

    public String title() {
        return title;
    }

    /// As a tool's name, which may hold no dot: `gate_security_infra`.
    public String toolName() {
        return id.replace('.', '_');
    }

    /// Accepts the id with or without `.v1`.
    public static Optional<GateId> find(String name) {
        String plain = name.endsWith(".v1") ? name.substring(0, name.length() - 3) : name;
        return Arrays.stream(values()).filter(gate -> gate.id.equals(plain)).findFirst();
    }

    @Override
    public String toString() {
        return id;
    }
}
