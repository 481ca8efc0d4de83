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
        Addresses local = new Addresses(Optional.empty(), Optional.empty());

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
    void anOriginIsComparedWhole() {
        Addresses local = new Addresses(Optional.empty(), Optional.empty());

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
    void settingsReplaceTheLocalNames() {
        Addresses company =
                new Addresses(
                        Optional.of(List.of("https://devops-pack.example.com")),
                        Optional.of(List.of("devops-pack.internal:8080")));

        assertAll(
                () -> assertTrue(company.secure(PORT)),
                () -> assertTrue(company.knowsHost("devops-pack.example.com", PORT)),
                () -> assertTrue(company.knowsHost("devops-pack.internal:8080", PORT)),
                () -> assertFalse(company.knowsHost("localhost:8080", PORT)),
                () -> assertFalse(company.knowsOrigin("http://devops-pack.internal:8080", PORT)));
    }

    @Test
    void whatIsNoOriginStopsTheStart() {
        for (String text : List.of("localhost:8080", "https://a.example/", "*", "ftp://a")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new Addresses(Optional.of(List.of(text)), Optional.empty()),
                    text);
        }
    }
}
