package dev.devopspack.adapter.terraform;

import dev.devopspack.adapter.files.FolderTree;
import dev.devopspack.change.Artifact;
import dev.devopspack.gate.quality.ClearedModule;
import dev.devopspack.language.Span;
import dev.devopspack.language.hcl.Hcl;
import dev.devopspack.language.hcl.HclParser;
import dev.devopspack.language.hcl.ParsedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// A private folder with a copy of a module, for one run; deleted at its end.
///
/// `module` holds the files, `scratch` what terraform writes, `root` is where the isolated view is
/// mounted.
final class Workspace implements AutoCloseable {
    /// Keeps terraform from every registry and mirror: all providers are attached, none is
    /// downloaded.
    private static final String NO_INSTALLATION =
            "provider_installation {\n  direct {\n    exclude = [\"*/*/*\"]\n  }\n}\ndisable_checkpoint = true\n";

    private static final Set<String> LEFT_OUT_NAMES =
            Set.of(".terraform.lock.hcl", ".terraformrc", "terraform.rc");
    private static final List<String> LEFT_OUT_ENDINGS =
            List.of(
                    ".tfstate",
                    ".tfstate.backup",
                    ".tfrc",
                    ".tf.json",
                    ".tofu",
                    ".tofu.json",
                    ".tfplan");
    private static final List<String> TEST_ENDINGS =
            List.of(".tftest.hcl", ".tftest.json", ".tfmock.hcl", ".tfmock.json");

    private static final Logger LOG = Logger.getLogger(Workspace.class);

    private static final String PREFIX = "devops-pack-terraform-";

    /// Several times longer than any run: whoever made it was killed.
    private static final Duration ABANDONED = Duration.ofMinutes(30);

    private final Path folder;

    private Workspace(Path folder) {
        this.folder = folder;
    }

    /// A workspace without a module, to ask terraform about itself.
    static Workspace empty() {
        return filled(workspace -> {});
    }

    static Workspace of(ClearedModule cleared) {
        return filled(workspace -> workspace.copy(cleared));
    }

    /// Fills a new workspace.
    @FunctionalInterface
    private interface Filling {
        void fill(Workspace workspace) throws IOException;
    }

    private static Workspace filled(Filling filling) {
        try {
            Workspace workspace = new Workspace(Files.createTempDirectory(PREFIX));
            try {
                sweep(workspace.folder.toAbsolutePath(), Instant.now());
                workspace.prepare();
                filling.fill(workspace);
                return workspace;
            } catch (IOException | RuntimeException e) {
                workspace.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The copy of the module cannot be written", e);
        }
    }

    /// Deletes what killed processes of this user left beside the folder: a plan file in it holds
    /// values in clear.
    static void sweep(Path folder, Instant now) throws IOException {
        UserPrincipal mine = Files.getOwner(folder);
        try (DirectoryStream<Path> beside =
                Files.newDirectoryStream(folder.getParent(), PREFIX + "*")) {
            for (Path other : beside) {
                try {
                    if (Files.isDirectory(other, LinkOption.NOFOLLOW_LINKS)
                            && Files.getOwner(other, LinkOption.NOFOLLOW_LINKS).equals(mine)
                            && Files.getLastModifiedTime(other)
                                    .toInstant()
                                    .plus(ABANDONED)
                                    .isBefore(now)) {
                        new Workspace(other).close();
                    }
                } catch (IOException | UncheckedIOException e) {
                    LOG.debugf(e, "not deleted: folder=%s", other); // another process was quicker
                }
            }
        }
    }

    Path folder() {
        return folder;
    }

    Path module() {
        return folder.resolve("module");
    }

    Path scratch() {
        return folder.resolve("scratch");
    }

    Path root() {
        return folder.resolve("root");
    }

    private void prepare() throws IOException {
        Files.createDirectories(module());
        Files.createDirectories(root());
        Files.createDirectories(scratch().resolve("tmp"));
        Files.writeString(scratch().resolve("terraform.rc"), NO_INSTALLATION);
    }

    private void copy(ClearedModule cleared) throws IOException {
        for (Artifact file : cleared.files()) {
            if (copied(file.name().value(), cleared.ownBlueprint())) {
                Path target = module().resolve(file.name().value());
                Files.createDirectories(target.getParent());
                Files.write(target, file.bytes());
            }
        }
        Files.createDirectories(module().resolve(cleared.root()));
    }

    private static boolean copied(String name, boolean withTests) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        boolean dataFolder = name.startsWith(".terraform/") || name.contains("/.terraform/");
        boolean test = TEST_ENDINGS.stream().anyMatch(name::endsWith);
        return !dataFolder
                && !LEFT_OUT_NAMES.contains(last)
                && LEFT_OUT_ENDINGS.stream().noneMatch(last::endsWith)
                && (!test || withTests);
    }

    /// Takes `backend` and `cloud` out of the copy, so that a plan needs no remote state. Lines
    /// keep their numbers.
    void removeBackends(ClearedModule cleared) {
        for (Artifact file : cleared.files()) {
            String name = file.name().value();
            if (name.endsWith(".tf") && copied(name, cleared.ownBlueprint())) {
                String without = withoutBackend(HclParser.parse(name, file.bytes()));
                if (without != null) {
                    write(module().resolve(name), without);
                }
            }
        }
    }

    private static @Nullable String withoutBackend(ParsedFile file) {
        List<Span> spans =
                file.body().blocks("terraform").stream()
                        .flatMap(terraform -> terraform.body().blocks().stream())
                        .filter(block ->
                                block.type().equals("backend") || block.type().equals("cloud"))
                        .map(Hcl.Block::span)
                        .toList();
        if (spans.isEmpty()) {
            return null;
        }
        StringBuilder text = new StringBuilder(file.text());
        for (Span span : spans) {
            for (int at = span.start(); at < span.end(); at++) {
                if (text.charAt(at) != '\n' && text.charAt(at) != '\r') {
                    text.setCharAt(at, ' ');
                }
            }
        }
        return text.toString();
    }

    private static void write(Path file, String text) {
        try {
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Deletes the folder with all that terraform left in it.
    @Override
    public void close() {
        FolderTree.delete(folder);
    }
}
