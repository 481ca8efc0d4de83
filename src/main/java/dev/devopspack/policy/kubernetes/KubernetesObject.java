package dev.devopspack.policy.kubernetes;

import dev.devopspack.language.kubernetes.ClusterWide;
import dev.devopspack.policy.subject.Attributes;
import java.util.Map;

/// One object of a manifest. Each stands for itself: comparing all that is written in them costs
/// more than judging them.
final class KubernetesObject {

    private final Attributes raw;
    private final Places places;
    private final String address;
    private final String kind;
    private final String name;
    private final String namespace;

    /// @param raw as written
    /// @param places where its parts stand
    /// @param address what a report calls it
    KubernetesObject(Attributes raw, Places places, String address) {
        this.raw = raw;
        this.places = places;
        this.address = address;
        this.kind = Values.text(raw, "kind");
        Attributes metadata = Values.object(raw, "metadata");
        String written = Values.text(metadata, "name");
        this.name = written.isEmpty() ? Values.text(metadata, "generateName") : written;
        String inside = Values.text(metadata, "namespace");
        this.namespace = inside.isEmpty() ? "default" : inside;
    }

    Attributes raw() {
        return raw;
    }

    Places places() {
        return places;
    }

    String address() {
        return address;
    }

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
        return kind;
    }

    Attributes metadata() {
        return Values.object(raw, "metadata");
    }

    String name() {
        return name;
    }

    /// As the API server puts it: `default` where none is written.
    String namespace() {
        return namespace;
    }

    boolean isClusterWide() {
        return ClusterWide.contains(kind());
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
        values.put("terraform", places.asBlocks());
        values.put("schemaChecked", places instanceof YamlPlaces);
        values.put("clusterWide", isClusterWide());
        values.put("labels", labels());
        values.put("annotations", annotations());
    }
}
