package dev.devopspack;

import static dev.devopspack.testing.PipelinePlatform.with;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.People;
import dev.devopspack.identity.Person;
import dev.devopspack.identity.Role;
import dev.devopspack.identity.Secrets;
import dev.devopspack.testing.CompanyProfile;
import dev.devopspack.testing.PersonAtBrowser;
import dev.devopspack.testing.PipelinePlatform;
import dev.devopspack.testing.StandIn;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// People who sign in with their company's account, and assistants that come in their name; and
/// others who try to.
@QuarkusTest
@TestProfile(CompanyProfile.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompanyJourneyTest {

    private static final String SESSION = "devops-pack-session";
    private static final String BROWSER = "devops-pack-session-company";

    @TestHTTPResource("/")
    URI server;

    @Inject People people;
    @Inject AuditLog log;

    private final PipelinePlatform keys = new PipelinePlatform();
    private StandIn provider;

    @BeforeAll
    void anIdentityProvider() throws Exception {
        RestAssured.port = server.getPort();
        String issuer = CompanyProfile.issuer();
        provider = new StandIn(CompanyProfile.port());
        provider.answer(
                "GET /realms/acme/.well-known/openid-configuration",
                StandIn.Answer.ok(
                        new JsonObject()
                                .put("issuer", issuer)
                                .put("authorization_endpoint", issuer + "/authorize")
                                .put("token_endpoint", issuer + "/token")
                                .put("jwks_uri", issuer + "/keys")
                                .encode()));
        provider.answer("GET /realms/acme/keys", StandIn.Answer.ok(keys.keySet()));
    }

    @AfterAll
    void close() {
        provider.close();
    }

    @Test
    void aPersonSignsInAndEnrolsHisFirstPasskey() throws Exception {
        Begun begun = begin();
        assertEquals("S256", begun.query().get("code_challenge_method"));
        assertEquals("code", begun.query().get("response_type"));
        provider.soFar();

        Response back = back(begun, identity("carol", begun, List.of("sre")));

        StandIn.Asked exchanged = exchange();
        assertEquals(
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString("devops-pack:s3cr3t+%26+more".getBytes()),
                exchanged.authorization());
        Map<String, String> form = query(exchanged.body());
        assertEquals(
                begun.query().get("code_challenge"),
                Secrets.base64(Digest.of(form.get("code_verifier")).bytes()));
        assertEquals(begun.query().get("redirect_uri"), form.get("redirect_uri"));
        assertEquals(303, back.statusCode(), back.asString());
        String enrol = URI.create(back.header("Location")).getPath();
        assertTrue(enrol.startsWith("/enrol/"), enrol);
        Person carol = named("Carol carol");
        assertEquals(Set.of(Role.VIEWER, Role.APPROVER), carol.roles());
        page(back, "/change-sets").then().statusCode(200);

        PersonAtBrowser browser =
                PersonAtBrowser.enrolled(
                        server, enrol.substring("/enrol/".length()), "Carol carol");
        browser.signIn();
        assertEquals(1, people.passkeys(carol.id()).size());
        Response again = signIn("carol", List.of("sre"));
        assertEquals("/audit", URI.create(again.header("Location")).getPath());
    }

    @Test
    void rolesFollowTheClaimsAndWhoHasNoneIsNotLetIn() {
        signIn("dave", List.of("engineers", "others"));
        assertEquals(Set.of(Role.VIEWER, Role.REQUESTER), named("Carol dave").roles());

        signIn("dave", List.of("sre"));
        assertEquals(Set.of(Role.VIEWER, Role.APPROVER), named("Carol dave").roles());

        Begun begun = begin();
        Response refused = back(begun, identity("dave", begun, List.of("sales", "SRE", "sre ")));
        assertEquals(403, refused.statusCode());
        assertFalse(refused.headers().hasHeaderWithName("Set-Cookie"));
        assertTrue(kinds().contains("person.sign_in_refused"));
    }

    @Test
    void anAnswerCountsOnceInTheBrowserThatAsked() {
        Begun begun = begin();
        String token = identity("erin", begun, List.of("sre"));

        assertEquals(403, back(begun.in("another-browser"), token).statusCode());
        assertEquals(403, back(begun, token).statusCode(), "the attempt used it up");
        Begun other = begin();
        Response good = back(other, identity("erin", other, List.of("sre")));
        assertEquals(303, good.statusCode());
        assertEquals(403, back(other, identity("erin", other, List.of("sre"))).statusCode());
        assertEquals(403, back(begin().withState("x".repeat(43)), token).statusCode());
    }

    @Test
    void anIdentityTokenThatIsNotMeantForThisSignInIsRefused() {
        Instant now = Instant.now();
        List<Map<String, Object>> changes =
                List.of(
                        Map.of("nonce", "another"),
                        Map.of("aud", "another-client"),
                        Map.of("iss", "https://evil.example.com"),
                        Map.of("azp", "another-client"),
                        Map.of("exp", now.getEpochSecond() - 3_600),
                        Map.of("iat", now.getEpochSecond() + 3_600),
                        Map.of("exp", now.getEpochSecond() + 30 * 86_400),
                        Map.of("sub", ""));
        for (Map<String, Object> change : changes) {
            Begun begun = begin();
            Map<String, Object> claims = claims("mallory", begun, List.of("sre"));
            claims.putAll(change);
            assertEquals(403, back(begun, keys.rs256(claims)).statusCode(), change::toString);
        }
        Begun begun = begin();
        Map<String, Object> claims = claims("mallory", begun, List.of("sre"));
        assertEquals(
                403,
                back(
                                begun,
                                PipelinePlatform.message(
                                                PipelinePlatform.header("none", "rsa-1"), claims)
                                        + ".")
                        .statusCode());
        Begun damaged = begin();
        assertEquals(
                403,
                back(
                                damaged,
                                PipelinePlatform.damaged(
                                        identity("mallory", damaged, List.of("sre"))))
                        .statusCode());
        assertTrue(people.all().stream().noneMatch(p -> p.displayName().contains("mallory")));
    }

    @Test
    void theNextPageIsOneOfOurs() {
        Begun begun = begin("https://evil.example.com/");
        signIn("frank", List.of("engineers"));
        Response back = back(begun, identity("frank", begun, List.of("engineers")));

        assertTrue(
                URI.create(back.header("Location")).getHost() == null
                        || URI.create(back.header("Location")).getHost().equals("localhost"),
                back.header("Location"));
        assertFalse(back.header("Location").contains("evil"));
    }

    @Test
    void anAssistantComesWithATokenOfItsOwnForThisServer() {
        signIn("grace", List.of("engineers"));
        String read = access("grace", "devops-pack:read");
        String request = access("grace", "openid devops-pack:read devops-pack:request");

        listed(read).then().statusCode(200);
        asked(read).then().statusCode(403);
        assertEquals(400, asked(request).statusCode(), "let in, and told what is missing");
        bearer(access("grace", "devops-pack:audit"))
                .get("/api/v1/audit/entries")
                .then()
                .statusCode(oneOf(401, 403));
    }

    @Test
    void aTokenForAnotherServerOrOfNobodyIsWorthNothing() {
        signIn("heidi", List.of("engineers"));
        Map<String, Object> good = accessClaims("heidi", "devops-pack:read");
        listed(keys.rs256(good)).then().statusCode(200);

        for (Map<String, Object> bad :
                List.of(
                        with(good, "aud", "https://other.example.com/mcp"),
                        with(good, "aud", "devops-pack"),
                        with(good, "aud", null),
                        with(good, "exp", Instant.now().getEpochSecond() - 3_600),
                        with(good, "sub", "nobody"),
                        with(good, "scope", null),
                        with(good, "scope", "devops-pack:approve devops-pack:admin"),
                        with(good, "nonce", "n"))) {
            Response refused = listed(keys.rs256(bad));
            assertEquals(401, refused.statusCode(), bad::toString);
            assertTrue(
                    refused.header("WWW-Authenticate")
                            .contains("/.well-known/oauth-protected-resource/mcp\""),
                    refused.header("WWW-Authenticate"));
        }
        listed(PipelinePlatform.damaged(keys.rs256(good))).then().statusCode(401);
        page(given().cookie(SESSION, keys.rs256(good)), "/change-sets").then().statusCode(303);
    }

    @Test
    void aCallerThatKnocksTooOftenWaitsAndTheOthersDoNot() {
        signIn("ivan", List.of("engineers"));
        signIn("judy", List.of("engineers"));
        String eager = access("ivan", "devops-pack:read");

        List<Integer> statuses =
                IntStream.range(0, 41).mapToObj(_ -> listed(eager).statusCode()).toList();

        assertEquals(40, statuses.stream().filter(status -> status == 200).count());
        assertEquals(429, statuses.getLast());
        assertEquals(
                429,
                listed(access("ivan", "devops-pack:read")).statusCode(),
                "another token of the same client is the same caller");
        listed(access("judy", "devops-pack:read")).then().statusCode(200);
    }

    @Test
    void clientsFindTheIdentityProviderByTheMetadata() {
        for (String path :
                List.of(
                        "/.well-known/oauth-protected-resource",
                        "/.well-known/oauth-protected-resource/mcp")) {
            JsonObject metadata =
                    new JsonObject(given().get(path).then().statusCode(200).extract().asString());
            assertTrue(metadata.getString("resource").endsWith("/mcp"));
            assertEquals(
                    List.of(CompanyProfile.issuer()),
                    metadata.getJsonArray("authorization_servers").getList());
            assertEquals(
                    List.of("devops-pack:audit", "devops-pack:read", "devops-pack:request"),
                    metadata.getJsonArray("scopes_supported").getList());
        }
    }

    /// @param browser the cookie that ties the sign-in to a browser
    private record Begun(Map<String, String> query, String browser) {

        Begun in(String other) {
            return new Begun(query, other);
        }

        Begun withState(String state) {
            Map<String, String> changed = new HashMap<>(query);
            changed.put("state", state);
            return new Begun(changed, browser);
        }
    }

    private Begun begin() {
        return begin("/audit");
    }

    private Begun begin(String next) {
        Response led =
                given().redirects().follow(false).queryParam("next", next).get("/sign-in/company");
        assertEquals(303, led.statusCode(), led.asString());
        String location = led.header("Location");
        assertTrue(location.startsWith(CompanyProfile.issuer() + "/authorize?"), location);
        return new Begun(query(location.substring(location.indexOf('?') + 1)), led.cookie(BROWSER));
    }

    private static Map<String, String> query(String text) {
        Map<String, String> query = new HashMap<>();
        Arrays.stream(text.split("&"))
                .map(each -> each.split("=", 2))
                .forEach(pair ->
                        query.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        return query;
    }

    private Response back(Begun begun, String token) {
        provider.answer(
                "POST /realms/acme/token",
                StandIn.Answer.ok(new JsonObject().put("id_token", token).encode()));
        return given().redirects()
                .follow(false)
                .cookie(BROWSER, begun.browser())
                .queryParam("state", begun.query().get("state"))
                .queryParam("code", "a-code")
                .get("/sign-in/company/callback");
    }

    private Response signIn(String subject, List<String> groups) {
        Begun begun = begin();
        Response back = back(begun, identity(subject, begun, groups));
        assertEquals(303, back.statusCode(), back.asString());
        return back;
    }

    private String identity(String subject, Begun begun, List<String> groups) {
        return keys.rs256(claims(subject, begun, groups));
    }

    private static Map<String, Object> claims(String subject, Begun begun, List<String> groups) {
        Map<String, Object> claims = times();
        claims.put("iss", CompanyProfile.issuer());
        claims.put("aud", "devops-pack");
        claims.put("sub", subject);
        claims.put("name", "Carol " + subject);
        claims.put("groups", groups);
        claims.put("nonce", begun.query().get("nonce"));
        return claims;
    }

    private static Map<String, Object> times() {
        long now = Instant.now().getEpochSecond();
        return new TreeMap<>(Map.of("iat", now, "exp", now + 300));
    }

    private String access(String subject, String scope) {
        return keys.signed(
                with(PipelinePlatform.header("RS256", "rsa-1"), "typ", "at+jwt"),
                accessClaims(subject, scope));
    }

    private Map<String, Object> accessClaims(String subject, String scope) {
        JsonObject metadata =
                new JsonObject(given().get("/.well-known/oauth-protected-resource").asString());
        Map<String, Object> claims = times();
        claims.put("iss", CompanyProfile.issuer());
        claims.put("aud", metadata.getString("resource"));
        claims.put("sub", subject);
        claims.put("client_id", "claude-code");
        claims.put("scope", scope);
        return claims;
    }

    private StandIn.Asked exchange() {
        return provider.soFar().stream()
                .filter(asked -> asked.what().equals("POST /realms/acme/token"))
                .findFirst()
                .orElseThrow();
    }

    private static RequestSpecification bearer(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    private static Response listed(String token) {
        return bearer(token).get("/api/v1/change-sets");
    }

    private static Response asked(String token) {
        return bearer(token).contentType("application/json").body("{}").post("/api/v1/secrets");
    }

    private static Response page(Response signedIn, String path) {
        return page(given().cookie(SESSION, signedIn.cookie(SESSION)), path);
    }

    private static Response page(RequestSpecification request, String path) {
        return request.redirects().follow(false).header("Accept", "text/html").get(path);
    }

    private Person named(String name) {
        return people.all().stream()
                .filter(person -> person.displayName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /// Of what was appended last: other tests share the log.
    private List<String> kinds() {
        long head = log.head().map(StoredEntry::sequence).orElse(0L);
        return log.read(Math.max(0, head - 500), 500).stream()
                .map(entry -> entry.entry().kind())
                .toList();
    }
}
