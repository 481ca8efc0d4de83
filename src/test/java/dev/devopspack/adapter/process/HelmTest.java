package dev.devopspack.adapter.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelmTest {

    @TempDir Path folder;

    @Test
    void helmGetsNothingOfThisProcess() throws IOException {
        program(
                "cat chart/charts/a/values.yaml; for each in \"$@\"; do echo \"$each\"; done; env | grep -v '^_=\\|^PWD=\\|^SHLVL=' | sort | sed \"s,=$PWD$,=here,\"");
        Path values = Files.writeString(folder.resolve("values.txt"), "a: b\n");

        Optional<OutsideResult> result =
                new Helm(Map.of("PATH", "/none:" + folder, "TOKEN", "x"))
                        .template(Map.of("charts/a/values.yaml", values), "1.36.0");

        List<String> expected =
                List.of(
                        "a: b",
                        "template",
                        "release",
                        "chart",
                        "--namespace",
                        "default",
                        "--kube-version",
                        "1.36.0",
                        "--skip-tests",
                        "HELM_CACHE_HOME=here",
                        "HELM_CONFIG_HOME=here",
                        "HELM_DATA_HOME=here",
                        "HELM_PLUGINS=here",
                        "HOME=here",
                        "KUBECONFIG=/dev/null");
        assertEquals(
                Optional.of(new OutsideResult.Finished(0, String.join("\n", expected) + "\n", "")),
                result);
    }

    @Test
    void aProgramInTheCurrentFolderIsNotTaken() throws IOException {
        program("echo taken");

        for (String path : List.of("", ".", "/none")) {
            assertFalse(new Helm(Map.of("PATH", path)).template(Map.of(), "1.36.0").isPresent());
        }
    }

    private void program(String script) throws IOException {
        Path program =
                Files.writeString(
                        folder.resolve("helm"), "#!/bin/sh\nPATH=/usr/bin:/bin\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
