package dev.devopspack.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Digest;
import dev.devopspack.identity.Passkey;
import dev.devopspack.identity.People;
import dev.devopspack.identity.Person;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.testing.PersonAtBrowser;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Who loses a device, or leaves, loses the way in: over HTTP, as the page's forms do it.
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // who enrols too often is refused
class AccessDoorTest {

    @TestHTTPResource("/")
    URI server;

    @Inject People people;

    private PersonAtBrowser admin;

    @BeforeAll
    void anAdmin() {
        admin =
                PersonAtBrowser.enrolled(
                        server, people, "Access Admin", Role.ADMIN, Role.VIEWER, Role.AUDITOR);
    }

    @Test
    void whoRemovesHisOwnPasskeyIsSignedOutAndCannotComeBackWithIt() {
        Visitor visitor = visitor("Ines Lost Device");
        assertTrue(
                visitor.browser
                        .page("/access")
                        .contains("With one passkey a lost device locks you out"));

        Response removed =
                visitor.browser.submit(
                        "/access",
                        "/access/passkeys/remove",
                        Map.of("credential", visitor.passkey().credentialId()));

        assertTrue(removed.statusCode() < 400, removed.asString());
        assertEquals(List.of(), people.passkeys(visitor.person.id()));
        assertFalse(visitor.browser.open("/access").asString().contains("Your passkeys"));
        assertTrue(admin.page("/audit?kind=person.passkey_removed").contains("passkey_removed"));
    }

    @Test
    void everybodyAddsAPasskeyOfHisOwnWithOneThatHeHas() {
        Visitor visitor = visitor("Sven Second Device");
        Visitor other = visitor("Nora Not Sven");
        assertTrue(visitor.browser.page("/access").contains("id=\"another-passkey\""));

        Response stolen = visitor.browser.prepare("/access/passkeys/another", new JsonObject());
        Response refused =
                visitor.browser.post(
                        "/access/passkeys/another",
                        other.browser.signature(stolen, how -> how),
                        Digest.of(""));
        assertEquals(403, refused.statusCode(), refused.asString());

        Response asked = visitor.browser.prepare("/access/passkeys/another", new JsonObject());
        Response proved =
                visitor.browser.post(
                        "/access/passkeys/another",
                        visitor.browser.signature(asked, how -> how),
                        Digest.of(""));
        assertEquals(200, proved.statusCode(), proved.asString());
        String page = proved.jsonPath().getString("page");
        PersonAtBrowser.enrolled(server, page.substring("/enrol/".length()), "Sven Second Device");

        assertEquals(2, people.passkeys(visitor.person.id()).size());
        assertTrue(
                admin.page("/audit?kind=person.invited")
                        .contains(visitor.passkey().credentialId()));
    }

    @Test
    void nobodyButAnAdminRemovesThePasskeyOfAnother() {
        Visitor owner = visitor("Olga Owner");
        Visitor other = visitor("Otto Other");
        Map<String, String> fields = Map.of("credential", owner.passkey().credentialId());

        Response refused = other.browser.submit("/access", "/access/passkeys/remove", fields);
        assertEquals(403, refused.statusCode());
        assertEquals(1, people.passkeys(owner.person.id()).size());

        Response removed = admin.submit("/access", "/access/passkeys/remove", fields);
        assertTrue(removed.statusCode() < 400, removed.asString());
        assertEquals(0, people.passkeys(owner.person.id()).size());

        Response again = admin.submit("/access", "/access/passkeys/remove", fields);
        assertEquals(400, again.statusCode());
        assertTrue(again.asString().contains("there is no such passkey"), again.asString());
    }

    @Test
    void whoIsSwitchedOffIsOutAtOnceAndComesBackWhenSwitchedOn() {
        Visitor visitor = visitor("Willi Former");
        String id = visitor.person.id().toString();

        Response off =
                admin.submit("/access", "/access/people/switch", Map.of("id", id, "to", "off"));
        assertTrue(off.statusCode() < 400, off.asString());
        assertFalse(people.find(visitor.person.id()).orElseThrow().active());
        assertFalse(visitor.browser.open("/access").asString().contains("Your passkeys"));

        Response on =
                admin.submit("/access", "/access/people/switch", Map.of("id", id, "to", "on"));
        assertTrue(on.statusCode() < 400, on.asString());
        visitor.browser.signIn();
        assertTrue(visitor.browser.page("/access").contains("Your passkeys"));
    }

    @Test
    void onlyAnAdminSwitchesPeople() {
        Visitor one = visitor("Ursel Usual");
        Visitor two = visitor("Udo Usual");

        Response refused =
                one.browser.submit(
                        "/access",
                        "/access/people/switch",
                        Map.of("id", two.person.id().toString(), "to", "off"));

        assertEquals(403, refused.statusCode());
        assertTrue(people.find(two.person.id()).orElseThrow().active());
    }

    private Visitor visitor(String name) {
        People.Invitation invitation = people.add(Principal.SYSTEM, name, Set.of(Role.VIEWER));
        return new Visitor(
                invitation.person(), PersonAtBrowser.enrolled(server, invitation.secret(), name));
    }

    private final class Visitor {

        private final Person person;
        private final PersonAtBrowser browser;

        Visitor(Person person, PersonAtBrowser browser) {
            this.person = person;
            this.browser = browser;
        }

        private Passkey passkey() {
            return people.passkeys(person.id()).getFirst();
        }
    }
}
