package dev.devopspack.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import org.junit.jupiter.api.Test;

class TracedPathsTest {

    @Test
    void aLinkToEnrolIsNotTold() {
        assertEquals(Attributes.of(key("url.path"), "/enrol/…"), traced("/enrol/aSecret", null));
    }

    @Test
    void theSecretOfAClustersAddressIsNotTold() {
        assertEquals(
                Attributes.of(key("url.path"), "/hooks/kubernetes/…"),
                traced("/hooks/kubernetes/main/aSecret", null));
    }

    @Test
    void whatStandsBehindTheQuestionMarkIsNotTold() {
        assertEquals(
                Attributes.of(key("url.path"), "/sign-in/company/callback", key("url.query"), "…"),
                traced("/sign-in/company/callback", "code=aSecret&state=another"));
    }

    @Test
    void otherPathsAreToldAsTheyAre() {
        assertEquals(
                Attributes.of(key("url.path"), "/change-sets/cs-aeujptgkzdm3hxk6"),
                traced("/change-sets/cs-aeujptgkzdm3hxk6", null));
    }

    private static Attributes traced(String path, String query) {
        try (SdkTracerProvider provider =
                SdkTracerProvider.builder().addSpanProcessor(new TracedPaths()).build()) {
            var span = provider.get("test").spanBuilder("GET").setAttribute("url.path", path);
            if (query != null) {
                span.setAttribute("url.query", query);
            }
            return ((ReadableSpan) span.startSpan()).getAttributes();
        }
    }

    private static AttributeKey<String> key(String name) {
        return AttributeKey.stringKey(name);
    }
}
