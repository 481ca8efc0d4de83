package dev.devopspack.web.guard;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainPathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/mcp",
                "/change-sets/cs-aaaaaaaaaaaaaaaa/files/modules/network/main.tf",
                "/.well-known/devops-pack/jwks.json",
                "/audit?kind=a%20b&x=;",
                "/api/v1/change-sets?name=a//b/../c",
                "/a/...",
                "/~me/a%20b%40c",
                "/api/v1/change-sets/x/files/%C3%BC.tf"
            })
    void aPlainPathGoesThrough(String target) {
        assertNull(PlainPath.refusal(target));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "http://evil.example/mcp",
                "//mcp",
                "/mcp/",
                "/mcp;x=1",
                "/mcp%3bx=1",
                "/%6dcp",
                "/api//v1",
                "/api/./v1",
                "/api/../mcp",
                "/api/..",
                "/api/.",
                "/api/%2e%2e/mcp",
                "/api%2fv1",
                "/api\\v1",
                "/api/v1#x",
                "/api/v 1",
                "/api/v1\u0000",
                "/api/v1\r\nX: y",
                "/api/\u00fc",
                "/api/v1'",
                "/api/v1|x",
                "/api/{x}",
                "/api/v1:80",
                "/api/a+b",
                "/api/%2B%2e",
                "/api/%c3%bc",
                "/api/%5C",
                "/api/%00",
                "/api/%0A",
                "/api/%25",
                "/api/%",
                "/api/%2",
                "/api/%-1"
            })
    void whatCouldBeReadInTwoWaysIsRefused(String target) {
        assertNotNull(PlainPath.refusal(target));
    }

    @Test
    void aPathWithoutEndIsRefusedWithoutReadingItAll() {
        assertNotNull(PlainPath.refusal("/" + "a/".repeat(1_000_000)));
    }
}
