package dev.devopspack.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.CommitAuthor;
import dev.devopspack.identity.People;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.identity.Tokens;
import dev.devopspack.testing.Tools;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A person's whole way through the pages, in a real browser with a virtual authenticator.
///
/// `-Dpages.screenshots=FOLDER` keeps pictures of every step.
@QuarkusTest
class PageJourneyTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TestHTTPResource("/")
    URI server;

    @Inject People people;
    @Inject Tokens tokens;

    @Test
    void aPersonEnrolsReadsDecidesAndThePipelineUsesTheGrantOnce() throws Exception {
        Path node = Tools.require("node");
        Path chromium = Tools.require("chromium");
        Path modules = Tools.requireNodeModule("playwright-core");
        String base = "http://localhost:" + server.getPort();

        Path log = Files.createTempFile("pages", ".log");
        ProcessBuilder command =
                new ProcessBuilder(
                                node.toString(),
                                "src/test/node/pages.mjs",
                                base,
                                base + "/enrol/" + link(),
                                token(),
                                chromium.toString(),
                                System.getProperty("pages.screenshots", ""))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        command.environment().put("NODE_PATH", modules.toString());
        Process browser = command.start();
        boolean ended = browser.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (!ended) {
            browser.destroy();
            browser.waitFor(10, TimeUnit.SECONDS);
            browser.destroyForcibly();
        }

        String said = Files.readString(log);
        assertTrue(ended, "the browser took longer than " + PATIENCE + ":\n" + said);
        assertEquals(0, browser.exitValue(), said);
        Files.delete(log);
    }

    /// A person of its own: other tests share the database and may have enrolled the first admin.
    private String link() {
        // Somebody else must be able to approve what Ada wrote.
        people.add(Principal.SYSTEM, "Grace Example", Set.of(Role.APPROVER));
        People.Invitation ada =
                people.add(
                        Principal.SYSTEM,
                        "Ada Example",
                        Set.of(
                                Role.ADMIN,
                                Role.APPROVER,
                                Role.AUDITOR,
                                Role.REQUESTER,
                                Role.VIEWER));
        people.setRoles(
                Principal.SYSTEM,
                ada.person().id(),
                ada.person().roles(),
                Set.of(),
                Set.of(new CommitAuthor("ada@journey.example")));
        return ada.secret();
    }

    private String token() {
        return tokens.issue(
                        Principal.SYSTEM,
                        people.trialRequester().id(),
                        "journey",
                        Set.of(Role.VIEWER, Role.REQUESTER, Role.PIPELINE),
                        Duration.ofHours(1))
                .secret();
    }
}
