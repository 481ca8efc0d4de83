package dev.devopspack.gate.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.policy.Finding;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ForeignFileCheckTest {

    @TestFactory
    Stream<DynamicTest> hostileModuleIsRefused() {
        return HostileModules.all().stream()
                .map(hostile ->
                        DynamicTest.dynamicTest(
                                hostile.name(),
                                () ->
                                        assertInstanceOf(
                                                Clearance.Refused.class,
                                                ForeignFileCheck.check(
                                                        hostile.hostileFiles(
                                                                "/etc/passwd", "/tmp/mark"),
                                                        ""))));
    }

    @TestFactory
    Stream<DynamicTest> harmlessTwinIsCleared() {
        return HostileModules.all().stream()
                .map(hostile ->
                        DynamicTest.dynamicTest(
                                hostile.name(),
                                () ->
                                        assertInstanceOf(
                                                Clearance.Cleared.class,
                                                ForeignFileCheck.check(hostile.twinFiles(), ""),
                                                () ->
                                                        hostile.name()
                                                                + ForeignFileCheck.check(
                                                                        hostile.twinFiles(), ""))));
    }

    @Test
    void findingNamesThePlaceAndTheWayToMendIt() {
        Artifacts files =
                Artifacts.of(
                        Artifact.of(
                                "live/main.tf",
                                "locals {\n  a = 1\n  b = file(\"/etc/passwd\")\n}\n"));

        Clearance.Refused refused =
                assertInstanceOf(Clearance.Refused.class, ForeignFileCheck.check(files, "live"));

        assertEquals(
                List.of(
                        "quality.self-contained live/main.tf:3: 'file' reads a path that is not provably inside the module. "
                                + "Write the path as a literal below the module: \"${path.module}/name\", without '..'"),
                refused.findings().stream().map(Finding::text).toList());
    }

    @Test
    void providerWithoutASchemaPackIsNamed() {
        Artifacts files =
                Artifacts.of(
                        Artifact.of(
                                "main.tf",
                                "terraform {\n  required_providers {\n    aws = {\n      source = \"evil/aws\"\n    }\n  }\n}\n"
                                        + "resource \"aws_vpc\" \"a\" {}\nresource \"random_id\" \"a\" {\n  byte_length = 4\n}\n"));

        assertEquals(
                new Clearance.NotServed(
                        "No schema pack for evil/aws, hashicorp/random: terraform cannot be run offline"),
                ForeignFileCheck.check(files, ""));
    }

    @Test
    void providersOfCalledModulesAreServedToo() {
        Artifacts files =
                Artifacts.of(
                        Artifact.of("main.tf", "module \"a\" {\n  source = \"./a\"\n}\n"),
                        Artifact.of(
                                "a/main.tf",
                                "resource \"aws_vpc\" \"a\" {}\nresource \"kubernetes_namespace\" \"a\" {\n  provider = kubernetes.blue\n}\n"));

        Clearance.Cleared cleared =
                assertInstanceOf(Clearance.Cleared.class, ForeignFileCheck.check(files, ""));

        assertEquals(List.of("aws", "kubernetes"), cleared.module().providers());
    }

    @Test
    void thereAreAtLeastFortyHostileModules() {
        assertTrue(HostileModules.all().size() >= 40, HostileModules.all().size() + " cases");
    }
}
