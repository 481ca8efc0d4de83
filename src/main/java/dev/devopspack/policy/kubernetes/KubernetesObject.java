package dev.devopspack.policy.kubernetes;

import dev.devopspack.policy.subject.Attributes;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One object of a manifest.
///
/// @param raw as written
/// @param places where its parts stand
/// @param address what a report calls it
record KubernetesObject(Attributes raw, Places places, String address) {

    /// Each stands for itself: comparing all that is written in them costs more than judging them.
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    /// Kinds that stand in no namespace; a namespace written there means nothing.
    private static final Set<String> CLUSTER_WIDE =
            Set.of(
                    "APIService",
                    "CSIDriver",
                    "CSINode",
                    "CertificateSigningRequest",
                    "ClusterRole",
                    "ClusterRoleBinding",
                    "ComponentStatus",
                    "CustomResourceDefinition",
                    "FlowSchema",
                    "IngressClass",
                    "MutatingWebhookConfiguration",
                    "MutatingAdmissionPolicy",
                    "MutatingAdmissionPolicyBinding",
                    "Namespace",
                    "Node",
                    "PersistentVolume",
                    "PodSecurityPolicy",
                    "PriorityClass",
                    "PriorityLevelConfiguration",
                    "RuntimeClass",
                    "SecurityContextConstraints",
                    "StorageClass",
                    "ValidatingAdmissionPolicy",
                    "ValidatingAdmissionPolicyBinding",
                    "ValidatingWebhookConfiguration",
                    "VolumeAttachment");

    String apiVersion() {
        return Values.text(raw, "apiVersion");
    }

    /// `apps` of `apps/v1`; empty for the core group.
    String group() {
        int slash = apiVersion().indexOf('/');
        return slash < 0 ? "" : apiVersion().substring(0, slash);
    }

    String version() {
        return apiVersion().substring(apiVersion().indexOf('/') + 1);
    }

    String kind() {
        return Values.text(raw, "kind");
    }

    Attributes metadata() {
        return Values.object(raw, "metadata");
    }

    String name() {
        String name = Values.text(metadata(), "name");
        return name.isEmpty() ? Values.text(metadata(), "generateName") : name;
    }

    /// As the API server puts it: `default` where none is written.
    String namespace() {
        String namespace = Values.text(metadata(), "namespace");
        return namespace.isEmpty() ? "default" : namespace;
    }

    boolean isClusterWide() {
        return CLUSTER_WIDE.contains(kind());
    }

    Attributes labels() {
        return Values.object(metadata(), "labels");
    }

    Attributes annotations() {
        return Values.object(metadata(), "annotations");
    }

    Attributes spec() {
        return Values.object(raw, "spec");
    }

    /// With an address of its own: `Deployment.default.web`, with `default` where no namespace is
    /// written.
    static KubernetesObject of(Attributes raw, Places places) {
        KubernetesObject object = new KubernetesObject(raw, places, "");
        return new KubernetesObject(
                raw, places, object.kind() + "." + object.namespace() + "." + object.name());
    }

    /// What every object has for rules beside what is written.
    void describe(Map<String, Object> values) {
        values.put("apiVersion", apiVersion());
        values.put("group", group());
        values.put("version", version());
        values.put("kind", kind());
        values.put("name", name());
        values.put("namespace", namespace());
        values.put("namespaceWritten", Values.isWritten(metadata().get("namespace")));
        values.put("clusterWide", isClusterWide());
        values.put("labels", labels());
        values.put("annotations", annotations());
    }
}
