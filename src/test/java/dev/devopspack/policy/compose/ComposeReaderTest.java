package dev.devopspack.policy.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cel.runtime.CelUnknownSet;
import dev.devopspack.policy.subject.Attributes;
import dev.devopspack.policy.subject.Subject;
import dev.devopspack.policy.subject.SubjectReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComposeReaderTest {

    private static SubjectReader.Reading read(String text) {
        return new ComposeReader().read(Map.of("stack.yaml", text));
    }

    private static Attributes service(String text, String name) {
        return read(text).subjects().stream()
                .filter(each ->
                        each.kind().equals("compose/Service") && each.address().equals(name))
                .findFirst()
                .orElseThrow()
                .self();
    }

    private static List<Subject> parts(String kind, String lines) {
        return read("services:\n  web:\n    image: a:1\n" + lines).subjects().stream()
                .filter(each -> each.kind().equals("compose/" + kind))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "services:\n  a:\n    image: b:1\n",
                "x-base: &b\n  image: b:1\nservices:\n  a: *b\n",
                "version: '3'\nvolumes:\n  a:\n",
                "{\"services\": {\"a\": {\"build\": \".\"}}}",
            })
    void composeFilesAreKnownByTheirServices(String text) {
        assertEquals(1, read(text).files().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "services:\n  app.mailer:\n    class: Mailer\n    arguments: []\n",
                "services:\n  - docker:dind\nimage: a:1\n",
                "apiVersion: v1\nkind: X\nservices:\n  a:\n    image: b\n",
                "on: push\njobs:\n  a:\n    services:\n      db:\n        image: postgres\n",
                "volumes: [a]\n",
                "services: [",
            })
    void otherFilesAreLeftAlone(String text) {
        SubjectReader.Reading reading = read(text);

        assertEquals(List.of(), reading.subjects());
        assertEquals(List.of(), reading.problems());
    }

    @Test
    void duplicateKeyIsToldWithItsPlace() {
        SubjectReader.Problem problem =
                read("services:\n  a:\n    image: b:1\n    image: c:1\n").problems().getFirst();

        assertEquals(4, problem.line());
        assertEquals("stack.yaml", problem.file());
    }

    @Test
    void anchorsMergesAndExtendedServicesCount() {
        String text =
                """
                x-safe: &safe
                  security_opt: ["no-new-privileges:true"]
                services:
                  base:
                    image: a:1
                    cap_drop: [ALL]
                    environment: {A: "1", B: "2"}
                    privileged: true
                  web:
                    <<: *safe
                    extends: base
                    cap_drop: [NET_RAW]
                    environment: {B: "3"}
                  far:
                    extends: {file: other.yaml, service: x}
                """;

        Attributes web = service(text, "web");

        assertEquals("a:1", web.get("image"));
        assertEquals(true, web.get("privileged"));
        assertEquals(List.of("ALL", "NET_RAW"), web.get("cap_drop"));
        assertEquals(List.of("no-new-privileges:true"), web.get("security_opt"));
        assertEquals("3", ((Attributes) web.get("environment")).get("B"));
        assertEquals("1", ((Attributes) web.get("environment")).get("A"));
        assertTrue(service(text, "far").get("memory") instanceof CelUnknownSet);
    }

    @Test
    void servicesThatExtendEachOtherEnd() {
        String text = "services:\n  a: {extends: b, image: x}\n  b: {extends: a, user: root}\n";

        assertEquals("root", service(text, "a").get("user"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"8080:80\"'|''|8080|80|80",
                "'\"127.0.0.1:8080:80/tcp\"'|127.0.0.1|8080|80|80",
                "'\"127.0.0.1::50\"'|127.0.0.1|-1|50|50",
                "'\"9090-9091:8080-8081\"'|''|9090|8080|8081",
                "'\"[::1]:6001:6002\"'|[::1]|6001|6002|6002",
                "'8000'|''|-1|8000|8000",
                "'\"${P:-7000}:80\"'|''|7000|80|80",
                "'{target: 80, published: 8080, host_ip: 10.0.0.1}'|10.0.0.1|8080|80|80",
                "'{target: 80, published: \"127.0.0.1:8080\"}'|127.0.0.1|8080|80|80",
            })
    void portsAreReadInAllForms(
            String port, String address, long published, long target, long last) {
        Attributes self = parts("Port", "    ports:\n      - " + port + "\n").getFirst().self();

        assertEquals(
                List.of(address, published, target, last),
                List.of(
                        self.get("address"),
                        self.get("published"),
                        self.get("target"),
                        self.get("last")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "./a:/b:ro|bind|./a|/b|true|''",
                "data:/b|volume|data|/b|false|''",
                "/a|volume|''|/a|false|''",
                "'${D:-/x}:/b:rshared'|bind|/x|/b|false|rshared",
                "C:\\a:/b|bind|C:\\a|/b|false|''",
                "'{type: bind, source: /a, target: /b, read_only: true}'|bind|/a|/b|true|''",
                "'{type: bind, source: /a, target: /b, bind: {propagation: slave}}'|bind|/a|/b|false|slave",
            })
    void mountsAreReadInBothForms(
            String mount,
            String type,
            String source,
            String target,
            boolean readOnly,
            String propagation) {
        Attributes self = parts("Mount", "    volumes:\n      - " + mount + "\n").getFirst().self();

        assertEquals(
                List.of(type, source, target, readOnly, propagation),
                List.of(
                        self.get("type"),
                        self.get("source"),
                        self.get("target"),
                        self.get("readOnly"),
                        self.get("propagation")));
    }

    @Test
    void variablesWithoutDefaultAreNotKnown() {
        Attributes web =
                service("services:\n  web:\n    image: a:${TAG}\n    privileged: ${P}\n", "web");

        assertEquals(true, web.get("versioned"));
        assertTrue(web.get("latest") instanceof CelUnknownSet);
        assertTrue(web.get("privileged") instanceof CelUnknownSet);
    }

    @Test
    void missingLimitIsShownWhereItBelongs() {
        Subject web =
                read("services:\n  web:\n    image: a:1\n    deploy:\n      resources: {}\n")
                        .subjects()
                        .getFirst();

        assertEquals(new Subject.Place("stack.yaml", 5, 7), web.placeOf("memory").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image",
                "build",
                "extends",
                "ports",
                "volumes",
                "environment",
                "deploy",
                "restart",
                "healthcheck",
                "cap_add",
                "security_opt",
                "mem_limit",
                "privileged",
                "devices",
                "user"
            })
    void valuesOfAnyKindAreReadWithoutFailing(String key) {
        for (String value :
                List.of(
                        "",
                        "[]",
                        "{}",
                        "[[a], {b: [c]}, null]",
                        "{a: {b: c}, source: [x], published: {}, target: []}",
                        "1.5e3",
                        "':'",
                        "'::::'",
                        "'${'",
                        "'\u202E-'",
                        "[':', '::', '-', '${', '/', '1-', '-1:-2']",
                        "{resources: {limits: [a]}, file: [], service: {}, test: {}}")) {
            String text =
                    "services:\n  a:\n    image: b\n  web:\n    build: .\n    "
                            + key
                            + ": "
                            + value
                            + "\n";

            assertEquals(1, read(text).files().size(), text);
        }
    }

    @Test
    void manyServicesThatExtendOneAnotherTakeBoundedTime() {
        StringBuilder text = new StringBuilder("services:\n  s0: {image: a}\n");
        for (int i = 1; i < 5_000; i++) {
            text.append("  s%d: {extends: s%d, ports: [\"%d:80\"]}\n".formatted(i, i - 1, i));
        }

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> read(text.toString()));
    }
}
