package dev.devopspack.identity.workload;

import static dev.devopspack.testing.PipelinePlatform.gitHubClaims;
import static dev.devopspack.testing.PipelinePlatform.gitLabClaims;
import static dev.devopspack.testing.PipelinePlatform.header;
import static dev.devopspack.testing.PipelinePlatform.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Canonical;
import dev.devopspack.identity.Workload;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.testing.MovingClock;
import dev.devopspack.testing.PipelinePlatform;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class WorkloadsTest {

    private static final Instant START = Instant.parse("2026-11-26T10:00:00Z");
    private static final PipelinePlatform PLATFORM = new PipelinePlatform();

    private final MovingClock clock = new MovingClock(START);
    private final Map<String, Object> claims = gitHubClaims(START);
    private String keySet = PLATFORM.keySet();
    private boolean down;
    private int fetched;

    private final Workloads workloads =
            new Workloads(
                    List.of(
                            new Issuer(
                                    "github",
                                    Issuer.Kind.GITHUB_ACTIONS,
                                    PipelinePlatform.GITHUB,
                                    PipelinePlatform.AUDIENCE,
                                    "https://example.com/jwks"),
                            new Issuer(
                                    "gitlab",
                                    Issuer.Kind.GITLAB,
                                    PipelinePlatform.GITLAB,
                                    PipelinePlatform.AUDIENCE,
                                    "https://gitlab.example.com/keys")),
                    new IssuerKeys(this::fetch, clock),
                    clock);

    private String fetch(Issuer issuer) throws IOException {
        fetched++;
        if (down) {
            throw new IOException("away");
        }
        return keySet;
    }

    private String problem(String token) {
        return assertThrows(InvalidInput.class, () -> workloads.authenticate(token)).problem();
    }

    @Test
    void aJobOfGitHubIsWhoItsTokenSays() {
        Workload job =
                new Workload(
                        "github",
                        "run-1234567890-1",
                        "acme/payments",
                        "refs/heads/main",
                        "0123456789abcdef0123456789abcdef01234567",
                        ".github/workflows/deploy.yml",
                        "refs/heads/main",
                        "production");

        assertEquals(job, workloads.authenticate(PLATFORM.rs256(claims)));
        assertEquals(job, workloads.authenticate(PLATFORM.es256(claims)));
        assertEquals("workload:github-run-1234567890-1", job.principal().actor());
    }

    @Test
    void aJobOfGitLabIsWhoItsTokenSays() {
        assertEquals(
                new Workload(
                        "gitlab",
                        "pipeline-77",
                        "acme/payments",
                        "refs/heads/main",
                        "0123456789abcdef0123456789abcdef01234567",
                        ".gitlab-ci.yml",
                        "refs/heads/main",
                        "production"),
                workloads.authenticate(PLATFORM.rs256(gitLabClaims(START))));
    }

    @Test
    void aTokenThatNobodySignedIsNone() {
        String none = PipelinePlatform.message(header("none", "rsa-1"), claims) + ".";

        assertEquals("its algorithm is none of [RS256, ES256]", problem(none));
        assertEquals(
                "its algorithm is none of [RS256, ES256]",
                problem(PipelinePlatform.message(header("NONE", "rsa-1"), claims) + "."));
        assertEquals(
                "its signature does not fit the issuer's key",
                problem(PipelinePlatform.message(header("RS256", "rsa-1"), claims) + "."));
    }

    @Test
    void aKeySignsInItsOwnWayAlone() {
        String message = PipelinePlatform.message(header("ES256", "rsa-1"), claims);

        assertEquals(
                "its signature does not fit the issuer's key",
                problem(message + "." + PLATFORM.rsaSignature(message)));
    }

    @Test
    void thePublicKeyIsNoSharedSecret() throws GeneralSecurityException {
        String message = PipelinePlatform.message(header("HS256", "rsa-1"), claims);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(PLATFORM.publicKeyBytes(), "HmacSHA256"));
        String token =
                message
                        + "."
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(
                                        mac.doFinal(message.getBytes(StandardCharsets.US_ASCII)));

        assertEquals("its algorithm is none of [RS256, ES256]", problem(token));
    }

    @Test
    void aKeySignsOnlyWithItsOwnAlgorithm() {
        String token = PLATFORM.signed(header("ES256", "rsa-1"), claims);

        assertEquals("its signature does not fit the issuer's key", problem(token));
    }

    @Test
    void aKeyThatTheTokenBringsAlongIsNotLookedAt() {
        PipelinePlatform attacker = new PipelinePlatform();
        Map<String, Object> header = header("RS256", "rsa-1");
        header.put("jwk", PipelinePlatform.rsaKey("rsa-1", attacker.rsaModulus(), "AQAB"));
        header.put("jku", "https://attacker.example/jwks");

        assertEquals(
                "its signature does not fit the issuer's key",
                problem(attacker.signed(header, claims)));
    }

    @Test
    void aDamagedTokenAndOneOfAnotherFormAreNone() {
        String token = PLATFORM.rs256(claims);
        Map<String, Object> critical = header("RS256", "rsa-1");
        critical.put("crit", List.of("exp"));

        assertEquals(
                List.of(
                        "its signature does not fit the issuer's key",
                        "it has not three parts",
                        "a part is no base64url",
                        "it is longer than 8192 characters",
                        "its header asks for an extension (crit)",
                        "it names no key (kid)"),
                List.of(
                        problem(PipelinePlatform.damaged(token)),
                        problem(token + ".x"),
                        problem(token + "="),
                        problem(token + "a".repeat(8_192)),
                        problem(PLATFORM.signed(critical, claims)),
                        problem(PLATFORM.signed(Map.of("alg", "RS256"), claims))));
    }

    @Test
    void aTokenForAnotherAudienceOrOfAnotherIssuerIsNone() {
        assertEquals(
                List.of(
                        "it was made for another audience",
                        "it was made for another audience",
                        "it was made for another audience",
                        "its issuer is none of those that are configured",
                        "its issuer is none of those that are configured"),
                List.of(
                        problem(PLATFORM.rs256(with(claims, "aud", "https://other.example.com"))),
                        problem(PLATFORM.rs256(with(claims, "aud", List.of("sts.amazonaws.com")))),
                        problem(PLATFORM.rs256(with(claims, "aud", null))),
                        problem(PLATFORM.rs256(with(claims, "iss", "https://evil.example"))),
                        problem(
                                PLATFORM.rs256(
                                        with(claims, "iss", PipelinePlatform.GITHUB + "/")))));
    }

    @Test
    void aTokenCountsInItsTimeAlone() {
        String token = PLATFORM.rs256(claims);
        clock.move(Duration.ofSeconds(300 + 59));
        workloads.authenticate(token);
        clock.move(Duration.ofSeconds(1));

        assertEquals("it expired at 2026-11-26T10:05:00Z", problem(token));
        assertEquals(
                "it is not valid yet",
                problem(PLATFORM.rs256(gitHubClaims(clock.instant().plusSeconds(61)))));
        assertEquals(
                "it is valid for longer than 24 hours",
                problem(
                        PLATFORM.rs256(
                                with(claims, "exp", START.plusSeconds(90_000).getEpochSecond()))));
        assertEquals(
                "its claim 'exp' is missing or no time",
                problem(PLATFORM.rs256(with(claims, "exp", null))));
    }

    @Test
    void theFileOfThePipelineLiesInItsRepository() {
        String other = "acme/other/.github/workflows/deploy.yml@refs/heads/main";
        String longer = "acme/payments-fork/.github/workflows/deploy.yml@refs/heads/main";

        assertEquals(
                "the file of its pipeline lies outside of its repository",
                problem(PLATFORM.rs256(with(claims, "workflow_ref", other))));
        assertEquals(
                "the file of its pipeline lies outside of its repository",
                problem(PLATFORM.rs256(with(claims, "workflow_ref", longer))));
    }

    @Test
    void hiddenCharactersAndStrangeFormsAreRefused() {
        assertEquals(
                "its claim 'repository' is missing or no plain text",
                problem(PLATFORM.rs256(with(claims, "repository", "acme/pay\u202ements"))));
        assertEquals(
                "its claim 'run_id' has another form",
                problem(PLATFORM.rs256(with(claims, "run_id", "1; drop"))));
        assertEquals(
                "its claim 'sha' has another form",
                problem(PLATFORM.rs256(with(claims, "sha", "main"))));
    }

    @Test
    void anUnknownKeyMakesUsLookAgainButNotAllTheTime() {
        workloads.authenticate(PLATFORM.rs256(claims));
        PipelinePlatform rotated = new PipelinePlatform();
        String stranger = rotated.signed(header("RS256", "rsa-2"), claims);
        clock.move(IssuerKeys.LOOK_AGAIN);
        for (int i = 0; i < 100; i++) {
            assertEquals("its key is none of the issuer 'github'", problem(stranger));
        }
        assertEquals(2, fetched);

        keySet =
                Canonical.text(
                        Map.of(
                                "keys",
                                List.of(
                                        PipelinePlatform.rsaKey(
                                                "rsa-2", rotated.rsaModulus(), "AQAB"))));
        clock.move(IssuerKeys.LOOK_AGAIN);
        workloads.authenticate(stranger);
        assertEquals(3, fetched);
        assertEquals("its key is none of the issuer 'github'", problem(PLATFORM.rs256(claims)));
    }

    @Test
    void anIssuerThatIsAwayIsRememberedForAWhile() {
        String keptOn = PLATFORM.rs256(with(claims, "exp", START.getEpochSecond() + 86_400));
        workloads.authenticate(keptOn);
        down = true;
        clock.move(IssuerKeys.FRESH);
        workloads.authenticate(keptOn);
        clock.move(IssuerKeys.STALE);

        assertEquals("the keys of the issuer 'github' cannot be had now", problem(keptOn));
    }

    @Test
    void weakAndBrokenKeySetsGiveNoKeys() {
        for (String bad :
                List.of(
                        "[]",
                        "{\"keys\": 5}",
                        "{\"keys\": [",
                        Canonical.text(
                                Map.of(
                                        "keys",
                                        List.of(
                                                PipelinePlatform.rsaKey(
                                                        "rsa-1",
                                                        BigInteger.ONE.shiftLeft(1_023),
                                                        "AQAB")))),
                        Canonical.text(
                                Map.of(
                                        "keys",
                                        List.of(
                                                PipelinePlatform.rsaKey(
                                                        "rsa-1", PLATFORM.rsaModulus(), "AQ")))),
                        "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"ec-1\",\"x\":\"AQ\",\"y\":\"AQ\"}]}")) {
            keySet = bad;
            clock.move(IssuerKeys.LOOK_AGAIN);

            assertEquals(
                    "the keys of the issuer 'github' cannot be had now",
                    problem(PLATFORM.rs256(gitHubClaims(clock.instant()))),
                    bad);
        }
    }

    @Test
    void aJobsTokenIsToldFromOneThatTheSameIssuerMadeForAPerson() {
        Map<String, Object> person = with(gitLabClaims(START), "pipeline_id", null);

        assertEquals(
                List.of(true, true, false, false, false),
                List.of(
                        workloads.claims(PLATFORM.rs256(gitLabClaims(START))),
                        workloads.claims(PLATFORM.rs256(claims)),
                        workloads.claims(PLATFORM.rs256(person)),
                        workloads.claims(
                                PLATFORM.rs256(with(claims, "iss", "https://other.example.com"))),
                        workloads.claims("eyJ.eyJ.x")));
    }

    @Test
    void aTokenOfOursIsTakenForNone() {
        assertFalse(Workloads.looksLikeOne("dpk_" + "a".repeat(43)));
        assertTrue(Workloads.looksLikeOne(PLATFORM.rs256(claims)));
    }
}
