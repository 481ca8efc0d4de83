package dev.devopspack.testing;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.ArtifactName;
import dev.devopspack.change.Artifacts;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.Digest;
import dev.devopspack.change.GateId;
import dev.devopspack.change.GivenPlan;
import dev.devopspack.change.Manifest;
import dev.devopspack.change.Origin;
import dev.devopspack.change.Requester;
import dev.devopspack.change.SecretReference;
import dev.devopspack.change.Target;
import dev.devopspack.task.Environment;
import dev.devopspack.task.StackName;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Change sets that use every field there is.
public final class TestChangeSets {

    public static final Instant NOON = Instant.parse("2026-03-04T12:00:00.123456Z");

    private TestChangeSets() {}

    public static ChangeSet of(String stack, String content) {
        Manifest manifest =
                new Manifest(
                        new Origin.Generated(
                                "devops_terraform",
                                "configuration_generation",
                                Digest.of("catalogue")),
                        Artifacts.of(
                                Artifact.of("main.tf", content),
                                new Artifact(
                                        new ArtifactName("bin/Über.sh"),
                                        "text/x-shellscript",
                                        new byte[] {0, -1, 13, 10},
                                        true)),
                        new GivenPlan(
                                Digest.of("file"),
                                Digest.of("semantic"),
                                GivenPlan.Source.AS_SUBMITTED,
                                "{\"masked\":true}"),
                        new Target(
                                new Environment("production"),
                                new StackName(stack),
                                "https://example.com/acme/infra",
                                "0123456789012345678901234567890123456789"),
                        Set.of(GateId.SECURITY, GateId.APPROVAL),
                        List.of(new SecretReference("aws_secret.db", "aws_secret")),
                        new Requester("token:abc", "person-1"),
                        Digest.of("policy"));
        return ChangeSet.of(manifest, "claude-code", List.of("it is fine", "“quoted”"), NOON);
    }
}
