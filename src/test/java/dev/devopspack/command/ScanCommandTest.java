package dev.devopspack.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.testing.NothingLocal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The scan as somebody types it.
class ScanCommandTest {

    private static final String TOKEN = "ghp_" + "k2J7xQ9vLm4Nr8Tz3Wp6Yb1Cd5Fg0HsAeUi7";

    private static final String OPEN =
            """
            resource "aws_security_group" "web" {
              ingress {
                from_port   = 22
                to_port     = 22
                protocol    = "tcp"
                cidr_blocks = ["0.0.0.0/0"]
              }
            }
            """;

    @TempDir Path folder;

    private Set<Path> changed = Set.of();

    /// Terraform would read each of them.
    @Test
    void configurationThatIsNotLookedAtDoesNotPass() throws IOException {
        write("main.tf", "# " + "x".repeat(ScannedTree.MAX_CONFIGURATION_BYTES) + "\n" + OPEN);
        write("nul.tf", OPEN);
        Path elsewhere = Files.writeString(folder.resolve("elsewhere.tf"), OPEN);
        Files.createSymbolicLink(module().resolve("linked.tf"), elsewhere);
        Files.createSymbolicLink(module().resolve("nowhere.tf"), folder.resolve("none"));

        Said said = scan(module());

        assertEquals(ExitCode.REFUSED, said.code());
        assertEquals(
                """
                Could not be read:
                  linked.tf:1:1: it is a symbolic link that leads elsewhere or to a folder
                  main.tf:1:1: it has more than 16 MiB
                  nowhere.tf:1:1: it is a symbolic link that leads elsewhere or to a folder
                  nul.tf:1:1: 'nul' is a device on some systems

                0 findings in 0 evaluations of 0 resources in 0 files; 0 unknown; not everything could be read.
                """,
                said.out());
    }

    /// `scan . plan.json` is how a plan is scanned beside its module.
    @Test
    void theFolderInWhichSomebodyIsPutsNothingBeforeItsFiles() {
        Path here = folder.resolve("here");

        assertEquals(
                List.of("", "", "module/", "module/", "elsewhere/", ""),
                Stream.of(
                                here,
                                here.resolve("module/.."),
                                here.resolve("module"),
                                here.resolve("./module/"),
                                folder.resolve("elsewhere"),
                                folder.getRoot())
                        .map(each -> ScannedTree.prefix(each, here))
                        .toList());
    }

    @Test
    void aFileThatIsNamedBesideItsFolderIsOne() throws IOException {
        write("main.tf", "locals {}\n");
        Path file = module().resolve("main.tf");

        assertEquals(1, ScannedTree.of(List.of(file, file)).files().size());
    }

    /// Build results hold comments and strings of what they were built from.
    @Test
    void whatIsNotTextIsCountedAndNotJudged() throws IOException {
        write("main.tf", "# nothing\n");
        byte[] program = ("\0\0# checkov:skip=CKV_AWS_3:why\n" + TOKEN).getBytes(UTF_8);
        Files.write(module().resolve("Program.class"), program);
        Files.write(module().resolve("large.so"), Arrays.copyOf(program, 3 * 1_024 * 1_024));
        Files.write(module().resolve("large.log"), "x".repeat(3 * 1_024 * 1_024).getBytes(UTF_8));

        Said said = scan(module());

        assertEquals(ExitCode.OK, said.code(), said.out());
        assertEquals(
                "0 findings in 0 evaluations of 0 resources in 1 file; 0 unknown; everything was read.\n",
                said.out());
        assertEquals(
                """
                Left out: large.log: it has more than 2 MiB
                Left out: 2 files that are not text.
                """,
                said.err());
    }

    /// Terraform reads no such file, so nobody knows what would become of it.
    @Test
    void configurationThatIsNotTextDoesNotPass() throws IOException {
        Files.write(module().resolve("main.tf"), ("\0" + OPEN).getBytes(UTF_8));

        Said said = scan(module());

        assertEquals(ExitCode.REFUSED, said.code(), said.out());
        assertTrue(said.out().startsWith("Could not be read:\n  main.tf:1:1: "), said.out());
    }

    @Test
    void linkToAFileOfTheFolderIsReadAsThatFile() throws IOException {
        write(
                "common.tf",
                "resource \"aws_kms_key\" \"this\" {\n  enable_key_rotation = false\n}\n");
        Path environment = Files.createDirectory(module().resolve("staging"));
        Path link =
                Files.createSymbolicLink(
                        environment.resolve("common.tf"), Path.of("..", "common.tf"));

        Said before = scan(module(), "--format", "json");
        scan(module(), "--fix");

        assertTrue(before.out().contains("\"staging/common.tf\""), before.out());
        assertTrue(Files.isSymbolicLink(link));
        assertTrue(Files.readString(link).contains("enable_key_rotation = true"));
    }

    @Test
    void whatTheBaselineKnowsIsNotTold() throws IOException {
        write("main.tf", OPEN);
        Path baseline = folder.resolve("known.json");
        Said wrote = scan(module(), "--write-baseline", baseline.toString());

        Said again = scan(module(), "--baseline", baseline.toString());

        assertEquals(ExitCode.OK, wrote.code(), wrote.err());
        assertEquals(ExitCode.OK, again.code(), again.out());
        assertTrue(again.out().startsWith("0 findings"), again.out());
        assertTrue(again.err().startsWith("Known from the baseline"), again.err());
    }

    @Test
    void findingThatMovedIsStillKnownAndANewOneIsNot() throws IOException {
        write("main.tf", OPEN);
        Path baseline = folder.resolve("known.json");
        scan(module(), "--write-baseline", baseline.toString());
        write("main.tf", "# a line\n\n# and another\n" + OPEN);
        assertEquals(ExitCode.OK, scan(module(), "--baseline", baseline.toString()).code());

        write("main.tf", OPEN + OPEN.replace("\"web\"", "\"other\""));
        Said more = scan(module(), "--baseline", baseline.toString(), "--format", "json");

        assertEquals(ExitCode.REFUSED, more.code());
        assertTrue(more.out().contains("aws_security_group.other"), more.out());
        assertFalse(more.out().contains("aws_security_group.web"), more.out());
    }

    @Test
    void baselineThatKnowsTooMuchSaysSo() throws IOException {
        write("main.tf", OPEN);
        Path baseline = folder.resolve("known.json");
        scan(module(), "--write-baseline", baseline.toString());
        write("main.tf", "");

        Said said = scan(module(), "--baseline", baseline.toString());

        assertEquals(ExitCode.OK, said.code());
        assertTrue(said.err().contains("are there no longer"), said.err());
    }

    @Test
    void baselineIsTheSameTextForTheSameFiles() throws IOException {
        write("main.tf", OPEN);
        scan(module(), "--write-baseline", folder.resolve("a.json").toString());
        scan(module(), "--write-baseline", folder.resolve("b.json").toString());

        assertEquals(
                Files.readString(folder.resolve("a.json")),
                Files.readString(folder.resolve("b.json")));
    }

    @Test
    void whatIsNoBaselineIsRefused() throws IOException {
        write("main.tf", OPEN);
        List<String> wrong =
                List.of(
                        "",
                        "{",
                        "[]",
                        "{\"format\": \"other\"}",
                        "{\"format\": \"devops-pack/baseline/v1\", \"findings\": [{}]}",
                        "[".repeat(5_000));
        for (String text : wrong) {
            Path baseline = folder.resolve("known.json");
            Files.writeString(baseline, text);

            Said said = scan(module(), "--baseline", baseline.toString());

            assertEquals(ExitCode.BAD_INPUT, said.code(), text);
            assertTrue(said.err().contains("known.json"), said.err());
        }
    }

    @Test
    void onlyFilesThatChangedAreToldOfAndAllAreRead() throws IOException {
        write("rules.tf", OPEN.replace("\"0.0.0.0/0\"", "var.from"));
        write("variables.tf", "variable \"from\" {\n  default = \"0.0.0.0/0\"\n}\n");
        write("old.tf", OPEN.replace("\"web\"", "\"old\""));
        changed = Set.of(module().resolve("rules.tf").toRealPath());

        Said said = scan(module(), "--changed-since", "main", "--format", "json");

        assertEquals(ExitCode.REFUSED, said.code());
        assertTrue(said.out().contains("DP-AWS-SG-001"), said.out());
        assertFalse(said.out().contains("\"file\" : \"old.tf\""), said.out());

        changed = Set.of();
        assertEquals(ExitCode.OK, scan(module(), "--changed-since", "main").code());
    }

    @Test
    void fixesAreShownAsADifferenceAndWrittenOnlyWhenAsked() throws IOException {
        String text = "resource \"aws_ebs_volume\" \"data\" {\n  size = 10\n}\n";
        write("main.tf", text);
        Path file = module().resolve("main.tf");

        Said preview = scan(module(), "--preview-fixes");

        assertEquals(
                """
                --- a/main.tf
                +++ b/main.tf
                @@ -1,3 +1,4 @@
                 resource "aws_ebs_volume" "data" {
                -  size = 10
                +  size      = 10
                +  encrypted = true
                 }
                """,
                preview.out());
        assertEquals(text, Files.readString(file));

        Said fixed = scan(module(), "--fix");

        assertTrue(Files.readString(file).contains("  encrypted = true\n"));
        assertFalse(fixed.out().contains("DP-AWS-EC2-005"), fixed.out());
        try (var all = Files.list(module())) {
            assertEquals(List.of(file), all.toList());
        }
    }

    @Test
    void manifestsAreJudgedForTheReleaseThatIsNamed() throws IOException {
        write(
                "pod.yaml",
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: web}
                spec:
                  hostnameOverride: web.example.com
                  containers: [{name: web, image: registry.example.com/web:1}]
                """);
        String told = "DP-K8S-SCHEMA-001";

        Said older = scan(module(), "--kubernetes-version", "v1.33.4");
        Said newest = scan(module());

        assertTrue(older.out().contains(told), older.out());
        assertTrue(older.out().contains("spec has no field 'hostnameOverride'"), older.out());
        assertFalse(newest.out().contains(told), newest.out());
    }

    @Test
    void aReleaseWithoutASchemaIsRefused() throws IOException {
        Said said = scan(module(), "--kubernetes-version", "1.12");

        assertTrue(said.code() != ExitCode.OK);
        assertTrue(
                said.err()
                        .contains(
                                "there is no schema of Kubernetes '1.12'. Name a release from 1.30"
                                        + " to 1.36."),
                said.err());
    }

    @Test
    void helpNamesEveryOption() {
        Said said = run("scan", "--help");

        for (String option :
                List.of(
                        "--format",
                        "--rules",
                        "--kubernetes-version",
                        "--changed-since",
                        "--baseline",
                        "--write-baseline",
                        "--fix",
                        "--preview-fixes")) {
            assertTrue(said.out().contains(option), option);
        }
    }

    private Path module() throws IOException {
        return Files.createDirectories(folder.resolve("module"));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(module().resolve(name), text);
    }

    private record Said(int code, String out, String err) {}

    private Said scan(Path path, String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "scan";
        arguments[1] = path.toString();
        System.arraycopy(options, 0, arguments, 2, options.length);
        return run(arguments);
    }

    private Said run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                CommandLineInterface.execute(
                        new GitAlone(), new PrintWriter(out), new PrintWriter(err), arguments);
        return new Said(code, out.toString(), err.toString());
    }

    private final class GitAlone extends NothingLocal {

        @Override
        public Set<Path> changedSince(Path in, String revision) {
            return changed;
        }
    }
}
