package dev.devopspack;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.approval.secret.SecretName;
import dev.devopspack.approval.secret.SecretStore;
import dev.devopspack.approval.secret.SecretVersion;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.identity.People;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.task.Environment;
import dev.devopspack.testing.PersonAtBrowser;
import dev.devopspack.testing.SecretRecipients;
import dev.devopspack.testing.Tools;
import dev.devopspack.testing.TrialToken;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Secrets over HTTP: asked for by a token, approved by a person, never seen by anybody.
@QuarkusTest
@QuarkusTestResource(value = SecretRecipients.class, restrictToAnnotatedClass = true)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretJourneyTest {

    private static final int PATIENCE_SECONDS = 180;

    private static final String CANARY = "Tr0ub4dor-canary-value";

    @TestHTTPResource("/")
    URI server;

    @Inject People people;
    @Inject TrialToken trial;
    @Inject SecretStore store;
    @Inject AuditLog log;

    private String token = "";
    private PersonAtBrowser ada;
    private PersonAtBrowser requester;

    @BeforeAll
    void somebodyWhoAsksAndSomebodyWhoApproves() {
        token = trial.with(Role.VIEWER, Role.REQUESTER);
        ada = PersonAtBrowser.enrolled(server, people, "Ada Example", Role.APPROVER, Role.VIEWER);
        ada.signIn();
        People.Invitation own = people.invite(Principal.SYSTEM, people.trialRequester().id());
        people.setRoles(
                Principal.SYSTEM,
                people.trialRequester().id(),
                Set.of(Role.VIEWER, Role.REQUESTER, Role.AUDITOR, Role.APPROVER));
        requester = PersonAtBrowser.enrolled(server, own.secret(), "Trial requester");
        requester.signIn();
    }

    @Test
    void aSecretIsMadeSealedAtOnceAndOnlyItsRecipientOpensIt() throws Exception {
        JsonObject asked = asked(request("made", "sealed").put("recipient", "cluster"));
        assertEquals("PENDING", asked.getString("status"));
        assertEquals("secret://production/payments/made#password", asked.getString("secret"));
        assertTrue(asked.getJsonArray("files").isEmpty());

        approve(asked).then().statusCode(200);

        JsonObject done = status(asked);
        assertEquals("DONE", done.getString("status"));
        String value = opened(file(done), "payments/made");
        assertTrue(value.matches("[A-Za-z0-9]{32}"), "32 letters and digits");
        SecretVersion version = store.versions(name("made")).getFirst();
        assertEquals(1, version.version());
        assertEquals(version.commitment(), commitment(version, value));
        assertEquals(List.of(), entriesWith(value));
    }

    @Test
    void aSecretIsSealedToAnAgeRecipient() {
        JsonObject asked = asked(request("aged", "sealed").put("recipient", "laptop"));

        approve(asked).then().statusCode(200);

        assertTrue(file(status(asked)).startsWith("-----BEGIN AGE ENCRYPTED FILE-----\n"));
    }

    @Test
    void aTypedSecretComesSealedAndIsApprovedAsItIs() throws Exception {
        JsonObject asked = asked(request("typed", "typed").put("recipient", "cluster"));
        String id = asked.getString("id");
        approve(asked).then().statusCode(409);
        ada.postJson("/secrets/typed", typed(id, "AAAA")).then().statusCode(400);

        Matcher form =
                Pattern.compile("data-key=\"([^\"]+)\" data-label=\"([^\"]+)\"")
                        .matcher(requester.page("/secrets/" + id).replace("&#x3D;", "="));
        assertTrue(form.find());
        String sealed = sealed(form.group(1), form.group(2), CANARY);
        requester.postJson("/secrets/typed", typed(id, sealed)).then().statusCode(200);
        requester.postJson("/secrets/typed", typed(id, sealed)).then().statusCode(409);
        assertTrue(status(asked).getJsonArray("files").isEmpty(), "not before it is approved");
        approve(asked).then().statusCode(200);

        assertEquals(CANARY, opened(file(status(asked)), "payments/typed"));
        assertEquals(List.of(), entriesWith(CANARY));
    }

    @Test
    void whatIsMadeElsewhereIsManifestsAndSteps() {
        JsonObject cluster = asked(request("generated", "cluster"));
        approve(cluster).then().statusCode(200);
        assertTrue(file(status(cluster)).contains("kind: ExternalSecret"));

        JsonObject vault = asked(request("stored", "store").put("place", "kv/payments"));
        approve(vault).then().statusCode(200);
        assertEquals(
                List.of("stored.password-policy.hcl", "stored.vault-policy.hcl", "stored.steps.sh"),
                status(vault).getJsonArray("files").stream()
                        .map(file -> ((JsonObject) file).getString("name"))
                        .toList());
    }

    @Test
    void aRotatedSecretHasANewVersionAndTheOldOneIsRevoked() {
        JsonObject first = asked(request("turned", "sealed").put("recipient", "cluster"));
        approve(first).then().statusCode(200);
        refusedWith(409, request("turned", "sealed").put("recipient", "cluster"), "already");

        JsonObject second =
                asked(
                        request("turned", "sealed")
                                .put("recipient", "cluster")
                                .put("operation", "rotate"));
        assertEquals(2, second.getInteger("version"));
        approve(second).then().statusCode(200);
        List<SecretVersion> versions = store.versions(name("turned"));
        assertEquals(2, versions.size());
        assertEquals(null, versions.getFirst().revoked());
        assertEquals("version 2 takes its place", versions.getLast().revoked().why());
        assertFalse(versions.getFirst().commitment().equals(versions.getLast().commitment()));

        JsonObject gone = asked(request("turned", "sealed").put("operation", "revoke"));
        assertEquals(2, gone.getInteger("version"));
        approve(gone).then().statusCode(200);
        assertTrue(
                store.versions(name("turned")).stream()
                        .allMatch(version -> version.revoked() != null));
        refusedWith(409, request("turned", "sealed").put("operation", "revoke"), "no usable");
    }

    @Test
    void theHumanWhoAskedDoesNotApproveAndAnApproverDoesOnce() {
        JsonObject asked = asked(request("own", "cluster"));
        JsonObject form = new JsonObject().put("request", asked.getString("id"));

        assertEquals(
                "OWN_REQUEST",
                requester
                        .act("/secrets/approval", form)
                        .then()
                        .statusCode(403)
                        .extract()
                        .path("error.code"));
        Response prepared = ada.prepare("/secrets/approval", form);
        ada.sign("/secrets/approval", prepared).then().statusCode(200);
        ada.sign("/secrets/approval", prepared).then().statusCode(409);
        assertEquals(1, store.versions(name("own")).size());
    }

    @Test
    void whoStandsInForAnApproverApprovesUntilItIsTakenBack() {
        People.Invitation invited = people.add(Principal.SYSTEM, "Dora", Set.of(Role.VIEWER));
        PersonAtBrowser dora = PersonAtBrowser.enrolled(server, invited.secret(), "Dora");
        JsonObject asked = asked(request("instead", "cluster"));
        JsonObject form = new JsonObject().put("request", asked.getString("id"));
        dora.act("/secrets/approval", form).then().statusCode(403);

        Response delegated =
                ada.act(
                        "/delegations",
                        new JsonObject()
                                .put("to", invited.person().id().toString())
                                .put("environment", "production")
                                .put("reason", "a fortnight at sea")
                                .put(
                                        "until",
                                        LocalDate.now(ZoneOffset.UTC).plusDays(14).toString()));
        assertEquals(200, delegated.statusCode(), delegated.asString());
        assertTrue(dora.page("/secrets/" + asked.getString("id")).contains("Approve…"));
        dora.act("/secrets/approval", form).then().statusCode(200);
        assertEquals("DONE", status(asked).getString("status"));
        assertEquals(1, store.versions(name("instead")).size());

        ada.act(
                        "/delegations/end",
                        new JsonObject()
                                .put("delegation", delegated.jsonPath().getString("delegation"))
                                .put("reason", "back again"))
                .then()
                .statusCode(200);
        JsonObject next = asked(request("later", "cluster"));
        dora.act("/secrets/approval", new JsonObject().put("request", next.getString("id")))
                .then()
                .statusCode(403);
        assertEquals("PENDING", status(next).getString("status"));
    }

    @Test
    void aDenialTellsTheAssistantWhy() {
        JsonObject asked = asked(request("denied", "cluster"));

        ada.act(
                        "/secrets/denial",
                        new JsonObject()
                                .put("request", asked.getString("id"))
                                .put("reason", "use the shared one"))
                .then()
                .statusCode(200);

        JsonObject denied = status(asked);
        assertEquals("DENIED", denied.getString("status"));
        assertEquals("use the shared one", denied.getString("note"));
        assertEquals(List.of(), store.versions(name("denied")));
        approve(asked).then().statusCode(409);
    }

    @Test
    void noValueComesInAndNoRecipientIsBroughtAlong() {
        refusedWith(400, request("in", "sealed").put("value", CANARY), "a member");
        refusedWith(
                400,
                request("in", "sealed")
                        .put(
                                "recipient",
                                "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq"),
                "no recipient of this name");
        refusedWith(
                400,
                request("in", "cluster").put("reason", "password: " + "hunter2hunter2!Q"),
                "looks like a secret");
        refusedWith(
                400,
                request("in", "cluster").put("reason", "its password is " + "tulip4711"),
                "looks like a secret");
        refusedWith(400, request("in\ninjected: true", "cluster"), "not usable");
        refusedWith(400, request("in", "typed").put("recipient", "laptop"), "seals only to");
        assertEquals(List.of(), entriesWith(CANARY));
        assertEquals(List.of(), entriesWith("hunter2hunter2"));
        assertEquals(List.of(), entriesWith("tulip4711"));
    }

    @Test
    void aTokenNeitherApprovesNorTypesNorReadsEarly() {
        JsonObject asked = asked(request("early", "cluster"));
        String id = asked.getString("id");

        for (String path :
                List.of(
                        "/secrets/approval/options",
                        "/secrets/approval",
                        "/secrets/denial/options",
                        "/secrets/denial",
                        "/secrets/typed")) {
            with(token)
                    .contentType("application/json")
                    .body(new JsonObject().put("request", id).encode())
                    .post(path)
                    .then()
                    .statusCode(oneOf(401, 403));
        }
        with(token)
                .get("/api/v1/secrets/" + id + "/files/early.external-secret.yaml")
                .then()
                .statusCode(404);
        ada.postWithoutCsrf("/secrets/approval", new JsonObject().put("request", id))
                .then()
                .statusCode(403);
    }

    @Test
    void aManifestThatMakesASecretIsApprovedInEveryEnvironment() {
        JsonObject cluster = asked(request("submitted", "cluster"));
        approve(cluster).then().statusCode(200);

        assertEquals("WAITING", approvalOf("s.yaml", file(status(cluster))));
        assertEquals(
                "NOT_APPLICABLE",
                approvalOf(
                        "c.yaml",
                        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: p}\n"));
    }

    /// What the approval gate says of a file that is submitted for development.
    private String approvalOf(String name, String text) {
        JsonObject file = new JsonObject().put("name", name).put("content", text);
        return with(token)
                .contentType("application/json")
                .body(
                        new JsonObject()
                                .put("stack", "secrets/development")
                                .put("environment", "development")
                                .put("files", new JsonArray().add(file))
                                .encode())
                .post("/api/v1/change-sets")
                .then()
                .statusCode(200)
                .extract()
                .path("verdicts.find { it.gate == 'gate.approval.production' }.status");
    }

    @Test
    void peopleSeeRequestsAndVersionsByReference() {
        JsonObject asked = asked(request("seen", "cluster"));
        approve(asked).then().statusCode(200);

        String list = ada.page("/secrets");
        String page = ada.page("/secrets/" + asked.getString("id"));

        assertTrue(list.contains("secret://production/payments/seen#password"));
        assertTrue(page.contains("seen.external-secret.yaml"));
        assertTrue(page.contains("for the payments service"));
    }

    @Test
    void aPersonTypesAValueInABrowserAndItLeavesItSealed() throws Exception {
        Path node = Tools.require("node");
        Path chromium = Tools.require("chromium");
        Path modules = Tools.requireNodeModule("playwright-core");
        String base = "http://localhost:" + server.getPort();
        String link =
                people.add(Principal.SYSTEM, "Grace Example", Set.of(Role.APPROVER, Role.VIEWER))
                        .secret();
        Path out = Files.createTempFile("secret-page", ".out");
        Path err = Files.createTempFile("secret-page", ".err");
        ProcessBuilder command =
                new ProcessBuilder(
                                node.toString(),
                                "src/test/node/secret-page.mjs",
                                base,
                                base + "/enrol/" + link,
                                token,
                                chromium.toString(),
                                CANARY,
                                System.getProperty("pages.screenshots", ""))
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        command.environment().put("NODE_PATH", modules.toString());
        Process browser = command.start();
        boolean ended = browser.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            browser.destroyForcibly();
        }

        assertTrue(ended, "the browser took too long: " + Files.readString(err));
        assertEquals(0, browser.exitValue(), Files.readString(err));
        assertEquals(CANARY, opened(Files.readString(out), "payments/browser"));
        assertEquals(List.of(), entriesWith(CANARY));
        Files.delete(out);
        Files.delete(err);
    }

    private static JsonObject request(String name, String flow) {
        return new JsonObject()
                .put("flow", flow)
                .put("environment", "production")
                .put("place", "payments")
                .put("name", name)
                .put("reason", "for the payments service");
    }

    private static JsonObject typed(String id, String sealed) {
        return new JsonObject().put("request", id).put("sealed", sealed);
    }

    private static SecretName name(String name) {
        return new SecretName(new Environment("production"), "payments", name, "password");
    }

    private JsonObject asked(JsonObject request) {
        return new JsonObject(ask(request).then().statusCode(200).extract().asString());
    }

    private Response ask(JsonObject request) {
        return with(token)
                .contentType("application/json")
                .body(request.encode())
                .post("/api/v1/secrets");
    }

    private void refusedWith(int status, JsonObject request, String said) {
        Response answer = ask(request);
        assertEquals(status, answer.statusCode(), answer.asString());
        assertTrue(answer.asString().contains(said), answer.asString());
        assertFalse(answer.asString().contains(CANARY), answer.asString());
    }

    private Response approve(JsonObject asked) {
        return ada.act("/secrets/approval", new JsonObject().put("request", asked.getString("id")));
    }

    private JsonObject status(JsonObject asked) {
        return new JsonObject(
                with(token)
                        .get("/api/v1/secrets/" + asked.getString("id"))
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString());
    }

    private String file(JsonObject done) {
        return with(token)
                .get(done.getJsonArray("files").getJsonObject(0).getString("path"))
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static RequestSpecification with(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    private List<String> entriesWith(String value) {
        List<String> found = new ArrayList<>();
        long after = 0;
        List<StoredEntry> entries = log.read(after, 500);
        while (!entries.isEmpty()) {
            entries.stream()
                    .filter(entry -> entry.toString().contains(value))
                    .map(entry -> entry.entry().kind())
                    .forEach(found::add);
            entries = log.read(entries.getLast().sequence(), 500);
        }
        return found;
    }

    /// The documented commitment, worked out again.
    private static String commitment(SecretVersion version, String value) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(HexFormat.of().parseHex(version.salt()), "HmacSHA256"));
        return HexFormat.of()
                .formatHex(
                        mac.doFinal(
                                ("devops-pack/secret-commitment/v1\0"
                                                + version.secret().reference()
                                                + "\0"
                                                + version.version()
                                                + "\0"
                                                + value)
                                        .getBytes(StandardCharsets.UTF_8)));
    }

    /// What the controller in the cluster does.
    private String opened(String manifest, String label) throws Exception {
        Matcher data = Pattern.compile("\"password\": (\\S+)").matcher(manifest);
        assertTrue(data.find(), manifest);
        byte[] sealed = Base64.getDecoder().decode(data.group(1));
        int length = (sealed[0] & 0xff) << 8 | (sealed[1] & 0xff);
        Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPPadding");
        rsa.init(Cipher.DECRYPT_MODE, key(), oaep(label));
        byte[] session = rsa.doFinal(sealed, 2, length);
        Cipher aes = Cipher.getInstance("AES/GCM/NoPadding");
        aes.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(session, "AES"),
                new GCMParameterSpec(128, new byte[12]));
        return new String(
                aes.doFinal(sealed, 2 + length, sealed.length - 2 - length),
                StandardCharsets.UTF_8);
    }

    /// What the page's script does.
    private static String sealed(String publicKey, String label, String value) throws Exception {
        KeyGenerator generator = KeyGenerator.getInstance("AES");
        generator.init(256);
        SecretKey session = generator.generateKey();
        Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPPadding");
        rsa.init(
                Cipher.ENCRYPT_MODE,
                KeyFactory.getInstance("RSA")
                        .generatePublic(
                                new X509EncodedKeySpec(Base64.getDecoder().decode(publicKey))),
                oaep(label));
        byte[] key = rsa.doFinal(session.getEncoded());
        Cipher aes = Cipher.getInstance("AES/GCM/NoPadding");
        aes.init(Cipher.ENCRYPT_MODE, session, new GCMParameterSpec(128, new byte[12]));
        byte[] text = aes.doFinal(value.getBytes(StandardCharsets.UTF_8));
        byte[] all = new byte[2 + key.length + text.length];
        all[0] = (byte) (key.length >> 8);
        all[1] = (byte) key.length;
        System.arraycopy(key, 0, all, 2, key.length);
        System.arraycopy(text, 0, all, 2 + key.length, text.length);
        return Base64.getEncoder().encodeToString(all);
    }

    private static OAEPParameterSpec oaep(String label) {
        return new OAEPParameterSpec(
                "SHA-256",
                "MGF1",
                MGF1ParameterSpec.SHA256,
                new PSource.PSpecified(label.getBytes(StandardCharsets.UTF_8)));
    }

    private PrivateKey key() throws Exception {
        String base64 =
                Files.readString(
                                ConfigProvider.getConfig()
                                        .getValue(SecretRecipients.PRIVATE_KEY, Path.class))
                        .lines()
                        .filter(line -> !line.startsWith("-----"))
                        .collect(Collectors.joining());
        return KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }
}
