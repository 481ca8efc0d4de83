package dev.devopspack.web.guard;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AddressesTest {

    private static final int PORT = 8_080;

    @Test
    void withoutSettingsTheServerAnswersOnThisMachineOnly() {
        Addresses local = local();

        assertAll(
                () -> assertTrue(local.knowsHost("localhost:8080", PORT)),
                () -> assertTrue(local.knowsHost("LOCALHOST:8080", PORT)),
                () -> assertTrue(local.knowsHost("127.0.0.1:8080", PORT)),
                () -> assertFalse(local.knowsHost("localhost", PORT)),
                () -> assertFalse(local.knowsHost("localhost:8081", PORT)),
                () -> assertFalse(local.knowsHost("localhost.evil.example:8080", PORT)),
                () -> assertFalse(local.knowsHost("evil.example", PORT)),
                () -> assertEquals("http://localhost:8080", local.pageOrigin(PORT)));
    }

    @Test
    void aPasskeyWorksAtItsOwnHostAndBelowIt() {
        assertAll(
                () -> assertTrue(Addresses.passkeysWork("http://localhost:8080", "localhost")),
                () -> assertTrue(Addresses.passkeysWork("https://a.example.com", "a.example.com")),
                () -> assertTrue(Addresses.passkeysWork("https://a.example.com:1", "example.com")),
                () -> assertFalse(Addresses.passkeysWork("https://a.example.com", "localhost")),
                () -> assertFalse(Addresses.passkeysWork("https://aexample.com", "example.com")),
                () -> assertFalse(Addresses.passkeysWork("https://example.com", "a.example.com")));
    }

    @Test
    void whatIsNoOriginIsRefusedWithAnExample() {
        for (String wrong : List.of("not a url", "https://a.example.com/", "a.example.com", "")) {
            String message =
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () ->
                                            new Addresses(
                                                    wrong,
                                                    PORT,
                                                    Optional.empty(),
                                                    Optional.empty()))
                            .getMessage();
            assertEquals(
                    "devopspack.base-url: '"
                            + wrong
                            + "' is no origin. Write scheme, host and port, for example"
                            + " https://devops-pack.example.com",
                    message);
        }
    }

    @Test
    void anOriginIsComparedWhole() {
        Addresses local = local();

        assertAll(
                () -> assertTrue(local.knowsOrigin("http://localhost:8080", PORT)),
                () -> assertFalse(local.knowsOrigin("https://localhost:8080", PORT)),
                () -> assertFalse(local.knowsOrigin("http://localhost:8080.evil.example", PORT)),
                () -> assertFalse(local.knowsOrigin("http://localhost:80800", PORT)),
                () -> assertFalse(local.knowsOrigin("http://evil.example", PORT)),
                () -> assertFalse(local.knowsOrigin("null", PORT)),
                () -> assertFalse(local.knowsOrigin("", PORT)));
    }

    @Test
    void theDefaultAddressFollowsThePortThatIsListenedOn() {
        assertEquals("http://localhost:39421", local().pageOrigin(39_421));
    }

    @Test
    void settingsReplaceTheLocalNames() {
        Addresses company =
                new Addresses(
                        "https://devops-pack.example.com",
                        PORT,
                        Optional.empty(),
                        Optional.of(List.of("devops-pack.internal:8081")));

        assertAll(
                () -> assertTrue(company.secure(PORT)),
                () -> assertTrue(company.knowsHost("devops-pack.example.com", PORT)),
                () -> assertTrue(company.knowsHost("devops-pack.internal:8081", PORT)),
                () -> assertTrue(company.knowsHost("localhost:8080", PORT)),
                () -> assertFalse(company.knowsOrigin("http://localhost:8080", PORT)),
                () -> assertFalse(company.knowsOrigin("http://devops-pack.internal:8081", PORT)));
    }

    @Test
    void whatIsNoOriginStopsTheStart() {
        for (String text : List.of("localhost:8080", "https://a.example/", "*", "ftp://a")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new Addresses(text, PORT, Optional.empty(), Optional.empty()),
                    text);
        }
    }

    private static Addresses local() {
        return new Addresses("http://localhost:8080", PORT, Optional.empty(), Optional.empty());
    }
}
