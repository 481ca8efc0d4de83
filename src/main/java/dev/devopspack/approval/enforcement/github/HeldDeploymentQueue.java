package dev.devopspack.approval.enforcement.github;

/// Has deployments looked at soon, again and again until they are answered, also when this process
/// ends.
public interface HeldDeploymentQueue {

    void add(String id);
}
