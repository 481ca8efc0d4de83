package dev.devopspack.testing;

import static io.restassured.RestAssured.given;

import dev.devopspack.change.Digest;
import dev.devopspack.identity.People;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.testing.SoftPasskey.Circumstances;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A person with a passkey who enrols, signs in, reads and decides over HTTP, as a browser does it.
public final class PersonAtBrowser {

    private static final String COOKIE = "devops-pack-session";
    private static final String SITE = "localhost";

    private static final Pattern CSRF =
            Pattern.compile("<meta name=\"csrf\" content=\"([^\"]+)\">");
    private static final Pattern SHOWN =
            Pattern.compile("<pre id=\"signed-text\"[^>]*>(.*?)</pre>", Pattern.DOTALL);

    private final String origin;
    private final SoftPasskey passkey = new SoftPasskey();
    private String session = "";

    private PersonAtBrowser(URI server) {
        this.origin = "http://localhost:" + server.getPort();
    }

    /// Somebody new with these roles, who has a passkey and is signed in.
    public static PersonAtBrowser enrolled(URI server, People people, String name, Role... roles) {
        return enrolled(server, people.add(Principal.SYSTEM, name, Set.of(roles)).secret(), name);
    }

    /// Enrols a passkey with the link.
    public static PersonAtBrowser enrolled(URI server, String link, String name) {
        PersonAtBrowser person = new PersonAtBrowser(server);
        person.enrol(link, name);
        return person;
    }

    private void enrol(String link, String name) {
        Response options =
                fromPage().body(new JsonObject().put("link", link).encode()).post("/enrol/options");
        String credential =
                passkey.register(
                        challenge(options),
                        Circumstances.honest(origin, SITE).withType("webauthn.create"));
        Response enrolled =
                fromPage()
                        .body(
                                new JsonObject()
                                        .put("link", link)
                                        .put("name", name)
                                        .put("label", "software")
                                        .put("credential", new JsonObject(credential))
                                        .encode())
                        .post("/enrol");
        enrolled.then().statusCode(200);
        session = enrolled.cookie(COOKIE);
    }

    /// Signs in anew; what was the session before is over.
    public void signIn() {
        Response options = fromPage().body("{}").post("/sign-in/options");
        String credential = passkey.sign(challenge(options), Circumstances.honest(origin, SITE));
        Response in =
                fromPage()
                        .body(
                                new JsonObject()
                                        .put("credential", new JsonObject(credential))
                                        .encode())
                        .post("/sign-in");
        in.then().statusCode(200);
        session = in.cookie(COOKIE);
    }

    public String page(String path) {
        return signedIn().get(path).then().statusCode(200).extract().asString();
    }

    /// The text that the change set's page shows to be signed, character for character.
    public String shownText(String changeSet) {
        return unescaped(first(SHOWN, page("/change-sets/" + changeSet)));
    }

    /// Decides with the digest of what the page shows.
    public Response decide(String changeSet, String approval, String decision) {
        return decide(changeSet, approval, decision, Digest.of(shownText(changeSet)));
    }

    /// @param displayed the digest of what the browser says that it showed
    /// @return the answer to the decision, or to the question for the challenge where that is
    ///   refused already
    public Response decide(String changeSet, String approval, String decision, Digest displayed) {
        Asked asked = ask(changeSet, approval, decision);
        return asked.options().statusCode() == 200
                ? answer(asked, signature(asked, how -> how), displayed)
                : asked.options();
    }

    /// The first half of a decision: the question for the challenge.
    ///
    /// @param fields what is decided
    public record Asked(String changeSet, JsonObject fields, String csrf, Response options) {}

    public Asked ask(String changeSet, String approval, String decision) {
        String csrf = first(CSRF, page("/change-sets/" + changeSet));
        JsonObject fields = new JsonObject().put("request", approval).put("decision", decision);
        Response options =
                fromPage()
                        .cookie(COOKIE, session)
                        .header("X-CSRF-Token", csrf)
                        .body(fields.encode())
                        .post("/change-sets/" + changeSet + "/decision/options");
        return new Asked(changeSet, fields, csrf, options);
    }

    /// What this person's passkey makes of the challenge.
    ///
    /// @param how what differs from an honest browser
    public JsonObject signature(Asked asked, UnaryOperator<Circumstances> how) {
        Circumstances honest = Circumstances.honest(origin, SITE);
        return new JsonObject(passkey.sign(challenge(asked.options()), how.apply(honest)));
    }

    /// The second half of a decision, in this person's session.
    public Response answer(Asked asked, JsonObject credential, Digest displayed) {
        return fromPage()
                .cookie(COOKIE, session)
                .header("X-CSRF-Token", asked.csrf())
                .body(
                        asked.fields()
                                .copy()
                                .put("reason", "read and found good")
                                .put("displayedDigest", displayed.value())
                                .put("credential", credential)
                                .encode())
                .post("/change-sets/" + asked.changeSet() + "/decision");
    }

    /// Fills in a form that is signed with the passkey, reads the text and signs it.
    ///
    /// @param path where the form is sent, for example `/pauses`
    /// @return the answer to the signature, or to the question for the text where that is refused
    public Response act(String path, JsonObject fields) {
        Response options = prepare(path, fields);
        return options.statusCode() == 200 ? sign(path, options) : options;
    }

    /// The text to sign and its challenge.
    public Response prepare(String path, JsonObject fields) {
        return withSession().body(fields.encode()).post(path + "/options");
    }

    /// Signs the text that was prepared.
    public Response sign(String path, Response options) {
        return post(
                path,
                signature(options, how -> how),
                Digest.of(options.jsonPath().getString("text")));
    }

    /// What this person's passkey makes of the challenge of a text.
    ///
    /// @param how what differs from an honest browser
    public JsonObject signature(Response options, UnaryOperator<Circumstances> how) {
        Circumstances honest = Circumstances.honest(origin, SITE);
        return new JsonObject(passkey.sign(challenge(options), how.apply(honest)));
    }

    /// The second half of a form that is signed, in this person's session.
    public Response post(String path, JsonObject credential, Digest displayed) {
        return withSession()
                .body(
                        new JsonObject()
                                .put("displayedDigest", displayed.value())
                                .put("credential", credential)
                                .encode())
                .post(path);
    }

    private RequestSpecification withSession() {
        return fromPage()
                .cookie(COOKIE, session)
                .header("X-CSRF-Token", first(CSRF, page("/change-sets")));
    }

    /// What another site's page would make this browser send: the cookie, but no CSRF token.
    public Response postWithoutCsrf(String path, JsonObject fields) {
        return fromPage().cookie(COOKIE, session).body(fields.encode()).post(path);
    }

    /// What a program sends that dresses up as a page, with a token in place of the session.
    public Response postWithToken(String path, String token) {
        return postWithToken(path, token, new JsonObject());
    }

    public Response postWithToken(String path, String token, JsonObject body) {
        return fromPage().header("Authorization", "Bearer " + token).body(body.encode()).post(path);
    }

    /// What a script of our own pages sends.
    public Response postJson(String path, JsonObject body) {
        return withSession().body(body.encode()).post(path);
    }

    /// The same from another site's page, were it to know the page's own mark and send the cookie.
    ///
    /// @param type of the content: what a form sends needs no leave of ours
    public Response postFromElsewhere(String path, String type, JsonObject body) {
        return signedIn()
                .header("Origin", "https://evil.example")
                .header("Sec-Fetch-Site", "cross-site")
                .header("X-DevOps-Pack", "page")
                .header("X-CSRF-Token", first(CSRF, page("/change-sets")))
                .contentType(type)
                .body(body.encode())
                .post(path);
    }

    public Response open(String path) {
        return signedIn().header("Accept", "text/html").get(path);
    }

    /// Sends a form that stands on a page.
    public Response submit(String page, String action, Map<String, String> fields) {
        String csrf = first(CSRF, page(page));
        return signedIn()
                .header("Origin", origin)
                .header("Sec-Fetch-Site", "same-origin")
                .contentType("application/x-www-form-urlencoded")
                .formParam("csrf", csrf)
                .formParams(fields)
                .post(action);
    }

    private RequestSpecification signedIn() {
        return given().baseUri(origin).cookie(COOKIE, session);
    }

    private RequestSpecification fromPage() {
        return given().baseUri(origin)
                .header("Origin", origin)
                .header("Sec-Fetch-Site", "same-origin")
                .header("X-DevOps-Pack", "page")
                .contentType("application/json");
    }

    private static String challenge(Response options) {
        JsonPath json = options.then().statusCode(200).extract().jsonPath();
        return json.getString("options.challenge");
    }

    private static String first(Pattern pattern, String page) {
        Matcher found = pattern.matcher(page);
        if (!found.find()) {
            throw new AssertionError("the page has no " + pattern + ":\n" + page);
        }
        return found.group(1);
    }

    private static String unescaped(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }
}
