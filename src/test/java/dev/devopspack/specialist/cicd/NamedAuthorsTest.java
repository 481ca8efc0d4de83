package dev.devopspack.specialist.cicd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.testing.Bash;
import dev.devopspack.testing.Bash.Ended;
import dev.devopspack.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pipeline's script tells the server who wrote what it submits: a real repository, and a
/// `curl` that answers as the server does.
class NamedAuthorsTest {

    private static final int MOST = 100;
    private static final int LISTED = 50;

    @TempDir Path folder;

    private Bash bash;

    @BeforeEach
    void aRepositoryAndAServer() throws IOException {
        Tools.require("jq");
        Tools.require("git");
        bash = in(folder);
        run("git init -q -b main .");
        Files.writeString(folder.resolve("list.json"), "[]");
    }

    private static Bash in(Path folder) throws IOException {
        Files.write(
                folder.resolve("devops-pack.sh"),
                ScriptLibrary.shipped().scripts().get("devops-pack.sh"));
        Files.createDirectories(folder.resolve("release"));
        Files.writeString(folder.resolve("release/release.json"), "{}");
        Path curl = Files.createDirectories(folder.resolve("bin")).resolve("curl");
        Files.writeString(
                curl,
                """
                #!/usr/bin/env bash
                set -eu
                while [ $# -gt 1 ]; do
                  case $1 in
                    --output) out=$2 ;;
                    --data-binary) cp "${2#@}" posted ;;
                  esac
                  shift
                done
                case $1 in
                  *\\?stack=*) cp list.json "$out" ;;
                  */files/release.json) id=${1%/files/*} && cp "${id##*/}.json" "$out" ;;
                  */cs-waited) cp waited.json "$out" ;;
                  */cs-other) echo '{"approval":{"status":"SUCCEEDED"},"changeSet":{"files":[]}}' >"$out" ;;
                  */cs-judged*) echo '{"verdicts":[{"gate":"gate.security.infra","status":"PASSED"}],\
                "changeSet":{"files":[{"name":"release.json"}]}}' >"$out" ;;
                  */cs-shut) echo '{"verdicts":[{"gate":"gate.security.infra","status":"FAILED"}],\
                "changeSet":{"files":[{"name":"release.json"}]}}' >"$out" ;;
                  */cs-*) echo '{"approval":{"status":"SUCCEEDED"},\
                "changeSet":{"files":[{"name":"release.json"}]}}' >"$out" ;;
                  *) echo '{"verdicts":[],"changeSet":{"id":"cs-a","digest":"sha256:\
                aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","code":"AA-BBB"},\
                "approval":{"id":"ap-a","url":"https://devops-pack.example.com/a"}}' >"$out" ;;
                esac
                echo 200
                """);
        assertTrue(curl.toFile().setExecutable(true));
        return Bash.in(folder)
                .with("GITHUB_SERVER_URL", "https://github.com")
                .with("GITHUB_REPOSITORY", "acme/shop")
                .with("GITHUB_SHA", "0".repeat(40))
                .with("GITHUB_STEP_SUMMARY", folder.resolve("summary").toString())
                .with("DEVOPS_PACK_URL", "https://devops-pack.example.com")
                .with("DEVOPS_PACK_TOKEN", "dpk_x")
                .with("DEVOPS_PACK_ENVIRONMENT", "production");
    }

    @Test
    void whoWroteTheCommitsSinceTheLastReleaseIsNamedOnce() throws IOException {
        String released = commit("old@example.com");
        commit("ada@example.com");
        String rolledBack = commit("Bert@Example.com");
        commit("bert@example.com");
        commit("49699333+dependabot[bot]@users.noreply.github.com");
        release("cs-b", "rollback", rolledBack);
        release("cs-c", "release", released);
        Files.writeString(
                folder.resolve("list.json"),
                "[{\"id\":\"cs-other\"},{\"id\":\"cs-b\"},{\"id\":\"cs-c\"}]");

        assertEquals(
                List.of(
                        "49699333+dependabot[bot]@users.noreply.github.com",
                        "bert@example.com",
                        "ada@example.com"),
                named(bash));
    }

    /// Where nobody is asked nothing is reported either. What passed the gates stands for it; what
    /// did not, and what is asked about now, does not.
    @Test
    void whereNobodyIsAskedTheAuthorsSinceTheLastCommitThatPassedAreNamed() throws IOException {
        String passed = commit("old@example.com");
        String shut = commit("ada@example.com");
        String now = commit("bert@example.com");
        release("cs-judgednow", "release", now);
        release("cs-shut", "release", shut);
        release("cs-judged", "release", passed);
        Files.writeString(
                folder.resolve("list.json"),
                "[{\"id\":\"cs-judgednow\"},{\"id\":\"cs-shut\"},{\"id\":\"cs-judged\"}]");
        Bash staging = bash.with("GITHUB_SHA", now).with("DEVOPS_PACK_ENVIRONMENT", "staging");

        assertEquals(
                List.of("bert@example.com", "ada@example.com"),
                named(staging.with("DEVOPS_PACK_PEOPLE", "where-asked")));
        assertEquals(List.of("bert@example.com"), named(staging));
    }

    @Test
    void beforeTheFirstReleaseTheLastCommitsAuthorIsNamed() throws IOException {
        commit("ada@example.com");
        commit("bert@example.com");

        assertEquals(List.of("bert@example.com"), named(bash));
    }

    @Test
    void whereTheReleasedCommitIsGoneTheNewestCommitsCount() throws IOException {
        commit("ada@example.com");
        commit("bert@example.com");
        release("cs-c", "release", "1".repeat(40));
        Files.writeString(folder.resolve("list.json"), "[{\"id\":\"cs-c\"}]");

        assertEquals(List.of("bert@example.com", "ada@example.com"), named(bash));
    }

    @Test
    void manyRequestsDoNotPushTheLastReleaseOutOfSightUnnoticed() throws IOException {
        commit("ada@example.com");
        String head = commit("bert@example.com");
        release("cs-b", "rollback", head);
        Files.writeString(
                folder.resolve("list.json"),
                "["
                        + String.join(
                                ",",
                                Stream.generate(() -> "{\"id\":\"cs-b\"}").limit(LISTED).toList())
                        + "]");

        assertEquals(List.of("bert@example.com", "ada@example.com"), named(bash));
    }

    @Test
    void aCloneThatIsTooShallowAsksNobody() throws IOException {
        String released = commit("ada@example.com");
        commit("bert@example.com");
        commit("cleo@example.com");
        run("git clone -q --depth 1 \"file://$PWD\" shallow");
        Path shallow = folder.resolve("shallow");
        Bash job = in(shallow);
        Files.writeString(shallow.resolve("list.json"), "[{\"id\":\"cs-c\"}]");
        Files.writeString(
                shallow.resolve("cs-c.json"),
                "{\"kind\":\"release\",\"commit\":\"" + released + "\"}");

        Ended ended = job.run("bash devops-pack.sh submit release");

        assertEquals(1, ended.code(), ended::toString);
        assertTrue(ended.err().contains("fetch-depth: 0"), ended::toString);
        assertFalse(Files.exists(shallow.resolve("posted")));
    }

    @Test
    void anOddAddressRunsNothingAndIsCountedRatherThanSent() throws IOException {
        String released = commit("old@example.com");
        for (String odd :
                List.of(
                        "$(touch pwned)@example.com",
                        "`touch pwned`@example.com",
                        "a\"; touch pwned; \"@example.com",
                        "ada\u202e@example.com",
                        "ada\u001b[2J@example.com",
                        "ada::error::@example.com",
                        "--output=pwned",
                        "no address")) {
            commit(odd);
        }
        commit("-ada@example.com");
        release("cs-c", "release", released);
        Files.writeString(folder.resolve("list.json"), "[{\"id\":\"cs-c\"}]");

        assertEquals(List.of("-ada@example.com"), named(bash));
        assertFalse(Files.exists(folder.resolve("pwned")));
        assertTrue(
                Files.readString(folder.resolve("summary"))
                        .contains("Only 1 of the 9 who wrote commits"));
    }

    @Test
    void ofTenThousandAuthorsTheNewestAreNamedAndTheOthersCounted() throws IOException {
        String released = commit("old@example.com");
        StringBuilder stream = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            stream.append(
                            "commit refs/heads/main\nauthor U <u"
                                    + i
                                    + "@example.com> 1790000000 +0000\n")
                    .append("committer U <u@example.com> 1790000000 +0000\ndata 1\nm\n")
                    .append(i == 0 ? "from " + released + "\n" : "");
        }
        Files.writeString(folder.resolve("stream"), stream);
        run("git fast-import --quiet --force <stream");
        release("cs-c", "release", released);
        Files.writeString(folder.resolve("list.json"), "[{\"id\":\"cs-c\"}]");

        List<String> named = named(bash);

        assertEquals(MOST, named.size());
        assertEquals("u9999@example.com", named.getFirst());
        assertTrue(
                Files.readString(folder.resolve("summary"))
                        .contains("Only 100 of the 10000 who wrote commits"));
    }

    @Test
    void aReleaseWhoseCommitIsNoCommitIsNotBelieved() throws IOException {
        commit("ada@example.com");
        release("cs-c", "release", "--output=pwned");
        Files.writeString(folder.resolve("list.json"), "[{\"id\":\"cs-c\"}]");

        assertEquals(1, bash.run("bash devops-pack.sh submit release").code());
        assertFalse(Files.exists(folder.resolve("pwned")));
        assertFalse(Files.exists(folder.resolve("posted")));
    }

    @Test
    void anOlderCommitThanTheLastReleaseIsNotAskedFor() throws IOException {
        commit("ada@example.com");
        String released = commit("bert@example.com");
        release("cs-c", "release", released);
        Files.writeString(folder.resolve("list.json"), "[{\"id\":\"cs-c\"}]");
        run("git checkout -q HEAD~1");

        Ended release = bash.with("KIND", "release").run("bash devops-pack.sh submit release");

        assertEquals(1, release.code(), release::toString);
        assertTrue(
                release.err()
                        .contains(
                                "a newer commit, "
                                        + released.substring(0, 12)
                                        + ", was released to production meanwhile"),
                release::toString);
        assertFalse(Files.exists(folder.resolve("posted")));
        assertEquals(List.of(), named(bash.with("KIND", "rollback")));
        run("git checkout -q " + released);
        assertEquals(List.of(), named(bash.with("KIND", "release")));
    }

    @Test
    void aRunThatANewerReleaseOvertookWhileItWaitedDoesNotGoOn() throws IOException {
        commit("ada@example.com");
        String released = commit("bert@example.com");
        release("cs-c", "release", released);
        Files.writeString(
                folder.resolve("waited.json"),
                """
                {"approval": {"id": "ap-a", "status": "APPROVED", "url": "https://devops-pack.example.com/a"}}
                """);
        Bash waiting =
                bash.with("KIND", "release")
                        .with("DEVOPS_PACK_CHANGE_SET", "cs-waited")
                        .with("DEVOPS_PACK_APPROVAL", "ap-a");

        Ended alone = waiting.run("bash devops-pack.sh wait");
        Files.writeString(folder.resolve("list.json"), "[{\"id\":\"cs-c\"}]");
        Ended newest = waiting.run("bash devops-pack.sh wait");
        run("git checkout -q HEAD~1");
        Ended overtaken = waiting.run("bash devops-pack.sh wait");

        assertEquals(0, alone.code(), alone::toString);
        assertEquals(0, newest.code(), newest::toString);
        assertEquals(1, overtaken.code(), overtaken::toString);
        assertTrue(
                overtaken.err().contains("this run would go back behind it"), overtaken::toString);
    }

    @Test
    void withoutARepositoryNobodyIsNamed() throws IOException {
        run("rm -rf .git");

        assertEquals(List.of(), named(bash));
    }

    private void release(String id, String kind, String commit) throws IOException {
        Files.writeString(
                folder.resolve(id + ".json"),
                "{\"kind\":\"" + kind + "\",\"commit\":\"" + commit + "\"}");
    }

    private List<String> named(Bash job) throws IOException {
        Ended ended = job.run("bash devops-pack.sh submit release");
        assertEquals(0, ended.code(), ended::toString);
        List<String> named = new ArrayList<>();
        for (JsonNode each :
                new ObjectMapper().readTree(folder.resolve("posted").toFile()).path("authors")) {
            named.add(each.asText());
        }
        return named;
    }

    /// @return the commit's id
    private String commit(String address) {
        return run(
                        bash.with("GIT_AUTHOR_NAME", "A")
                                .with("GIT_AUTHOR_EMAIL", address)
                                .with("GIT_COMMITTER_NAME", "C")
                                .with("GIT_COMMITTER_EMAIL", "c@example.com"),
                        "git commit -q --allow-empty -m m && git rev-parse HEAD")
                .strip();
    }

    private String run(String line) {
        return run(bash, line);
    }

    private static String run(Bash job, String line) {
        Ended ended = job.run(line);
        assertEquals(0, ended.code(), ended::toString);
        return ended.out();
    }
}
