package dev.devopspack.language.kubernetes;

import java.util.Set;

/// Kinds that stand in no namespace; a namespace written there means nothing.
public final class ClusterWide {

    private static final Set<String> KINDS =
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

    private ClusterWide() {}

    /// Whether a kind of Kubernetes' own stands in no namespace.
    public static boolean contains(String kind) {
        return KINDS.contains(kind);
    }
}
