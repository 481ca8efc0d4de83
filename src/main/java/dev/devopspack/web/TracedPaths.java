package dev.devopspack.web;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import jakarta.inject.Singleton;
import java.util.List;

/// Keeps secrets out of what goes to a collector of traces: a link to enrol and the address that a
/// cluster calls hold theirs in the path, and a sign-in comes back with one behind the question
/// mark.
@Singleton
class TracedPaths implements SpanProcessor {

    private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
    private static final AttributeKey<String> QUERY = AttributeKey.stringKey("url.query");

    /// What follows is a secret, or has one in it.
    private static final List<String> SECRET_BELOW = List.of("/enrol/", "/hooks/kubernetes/");

    private static final String LEFT_OUT = "…";

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        String path = span.getAttribute(PATH);
        if (path != null) {
            SECRET_BELOW.stream()
                    .filter(path::startsWith)
                    .forEach(below -> span.setAttribute(PATH, below + LEFT_OUT));
        }
        if (span.getAttribute(QUERY) != null) {
            span.setAttribute(QUERY, LEFT_OUT);
        }
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        // Nothing: what it holds was decided when it began.
    }

    @Override
    public boolean isEndRequired() {
        return false;
    }
}
