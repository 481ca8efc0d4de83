package dev.devopspack.adapter.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.ArtifactName;
import dev.devopspack.change.Artifacts;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.change.ChangeSetStore.Summary;
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
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StoredChangeSetsTest {

    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00.123456Z");

    @Inject ChangeSetStore changeSets;

    @Test
    void aChangeSetComesBackWholeAndWithItsDigest() {
        ChangeSet changeSet = full("whole", "content");

        ChangeSet stored = changeSets.store(changeSet);

        assertEquals(changeSet, stored);
        assertEquals(Optional.of(changeSet), changeSets.find(changeSet.id()));
    }

    @Test
    void theFirstStoringOfTheSameManifestIsKept() {
        ChangeSet first = full("same", "content");
        ChangeSet again =
                ChangeSet.of(
                        first.manifest(), "other-client", List.of("other"), NOON.plusSeconds(5));
        changeSets.store(first);

        ChangeSet stored = changeSets.store(again);

        assertEquals(first, stored);
    }

    @Test
    void listsShowTheNewestFirst() {
        ChangeSet older = changeSets.store(full("lists", "one"));
        ChangeSet newer = changeSets.store(full("lists", "two"));

        List<Summary> summaries = changeSets.ofStack(new StackName("lists"), 10);

        assertEquals(List.of(summary(newer), summary(older)), summaries);
        assertEquals(List.of(summary(newer)), changeSets.newest(1));
    }

    @Test
    void theLastReleasedIsTheNewestThatDidNotFail() {
        StackName stack = new StackName("released");
        ChangeSet first = changeSets.store(full("released", "one"));
        ChangeSet second = changeSets.store(full("released", "two"));
        assertEquals(Optional.empty(), changeSets.lastReleased(stack));

        changeSets.markReleased(first.id(), NOON);
        changeSets.markReleased(second.id(), NOON.plusSeconds(1));
        assertEquals(Optional.of(second), changeSets.lastReleased(stack));

        changeSets.markFailed(second.id());
        assertEquals(Optional.of(first), changeSets.lastReleased(stack));

        changeSets.markReleased(second.id(), NOON.plusSeconds(2));
        assertEquals(Optional.of(second), changeSets.lastReleased(stack));
    }

    private static Summary summary(ChangeSet changeSet) {
        return new Summary(
                changeSet.id(),
                changeSet.digest(),
                changeSet.target(),
                changeSet.manifest().requester(),
                changeSet.client(),
                changeSet.createdAt());
    }

    private static ChangeSet full(String stack, String content) {
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
