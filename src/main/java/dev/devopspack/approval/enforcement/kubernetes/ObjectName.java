package dev.devopspack.approval.enforcement.kubernetes;

/// Which object of a cluster it is.
///
/// @param apiVersion group and version, for example `apps/v1`
/// @param namespace empty where the object belongs to none
record ObjectName(String apiVersion, String kind, String namespace, String name) {

    @Override
    public String toString() {
        return apiVersion + " " + kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }
}
