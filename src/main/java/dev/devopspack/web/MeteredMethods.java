package dev.devopspack.web;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.inject.Singleton;
import java.util.Set;

/// Keeps methods that callers make up out of the metrics: each would be a row that is kept for as
/// long as the server runs, and nobody has to sign in for one.
@Singleton
class MeteredMethods implements MeterFilter {

    private static final String METERS = "http.server.";
    private static final String METHOD = "method";

    /// What every other one is counted under.
    static final String OTHER = "OTHER";

    private static final Set<String> KNOWN =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE");

    @Override
    public Meter.Id map(Meter.Id id) {
        String method = id.getTag(METHOD);
        if (!id.getName().startsWith(METERS) || method == null || KNOWN.contains(method)) {
            return id;
        }
        return id.replaceTags(
                id.getTags().stream()
                        .map(tag -> tag.getKey().equals(METHOD) ? Tag.of(METHOD, OTHER) : tag)
                        .toList());
    }
}
