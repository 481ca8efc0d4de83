package dev.devopspack.adapter.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.devopspack.task.InvalidInput;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// With a real git in a repository of its own.
class GitTest {

    @TempDir Path folder;

    private Path top;

    @BeforeEach
    void repository() throws IOException {
        assumeTrue(hasGit(), "git is not installed");
        top = Files.createDirectory(folder.resolve("repository")).toRealPath();
        git("init", "--quiet", "--initial-branch=main");
        write("kept.tf", "# 1\n");
        write("modules/a b/main.tf", "# 1\n");
        write("gone.tf", "# 1\n");
        write(".gitignore", "ignored.tf\n");
        commit("first");
        git("tag", "v1");
    }

    @Test
    void changedFilesAreCommittedOnesStagedOnesAndNewOnes() throws IOException {
        write("modules/a b/main.tf", "# 2\n");
        commit("second");
        write("staged.tf", "# 1\n");
        git("add", "staged.tf");
        write("modules/new ü.tf", "# 1\n");
        write("ignored.tf", "# 1\n");
        Files.delete(top.resolve("gone.tf"));

        assertEquals(
                Set.of(
                        top.resolve("modules/a b/main.tf"),
                        top.resolve("staged.tf"),
                        top.resolve("modules/new ü.tf")),
                changed(top, "v1"));
        assertEquals(changed(top, "v1"), changed(top.resolve("modules"), "v1"));
    }

    /// What others did on the branch since is theirs.
    @Test
    void changesAreCountedFromWhereTheRevisionParted() throws IOException {
        git("checkout", "--quiet", "-b", "feature");
        write("mine.tf", "# 1\n");
        commit("mine");
        git("checkout", "--quiet", "main");
        write("kept.tf", "# 2\n");
        commit("theirs");
        git("checkout", "--quiet", "feature");

        assertEquals(Set.of(top.resolve("mine.tf")), changed(top, "main"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--output=/tmp/x", "-v", "", "a b", "v1;ls", "nothing-of-that-name", "v1\n"})
    void whatIsNoRevisionIsRefused(String revision) {
        InvalidInput refusal = assertThrows(InvalidInput.class, () -> changed(top, revision));

        assertEquals("--changed-since", refusal.where());
    }

    @Test
    void folderOutsideOfARepositoryIsRefused() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));

        assertThrows(InvalidInput.class, () -> changed(outside, "v1"));
    }

    @Test
    void machineWithoutGitIsRefused() {
        InvalidInput refusal =
                assertThrows(
                        InvalidInput.class,
                        () -> new Git(Map.of("PATH", "/nowhere")).changedSince(top, "v1"));

        assertFalse(refusal.mend().isEmpty());
    }

    /// A repository can name programs for git to start; looking at it starts none.
    @Test
    void programsThatARepositoryNamesAreNotStarted() throws IOException {
        Path started = folder.resolve("started");
        Path program = folder.resolve("program.sh");
        Files.writeString(program, "#!/bin/sh\ntouch '" + started + "'\n");
        assertTrue(program.toFile().setExecutable(true));
        git("config", "core.fsmonitor", program.toString());
        git("config", "diff.external", program.toString());
        git("config", "diff.shown.textconv", program.toString());
        write(".gitattributes", "*.tf diff=shown\n");
        write("kept.tf", "# 2\n");

        assertTrue(changed(top, "v1").contains(top.resolve("kept.tf")));

        assertFalse(Files.exists(started));
    }

    private Set<Path> changed(Path in, String revision) {
        return new Git(System.getenv()).changedSince(in, revision);
    }

    private static boolean hasGit() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "git")));
    }

    private void write(String name, String text) throws IOException {
        Path file = top.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void commit(String message) {
        git("add", "--all");
        git("commit", "--quiet", "--message", message);
    }

    private void git(String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of("git", "-c", "user.name=Ada", "-c", "user.email=ada@example.com"));
        command.addAll(List.of(arguments));
        OutsideResult result =
                OutsideProcess.run(
                        new OutsideCommand(
                                command,
                                top,
                                Map.of("PATH", System.getenv("PATH"), "HOME", folder.toString()),
                                Duration.ofSeconds(30),
                                100_000));
        assertTrue(
                result instanceof OutsideResult.Finished(int code, String _, String _) && code == 0,
                result::toString);
    }
}
