package dev.devopspack.web;

import dev.devopspack.change.Hidden;
import org.jspecify.annotations.Nullable;

/// How the calling software names itself: a claim, for people to read.
final class ClientName {

    private static final int MAX_LENGTH = 60;

    private ClientName() {}

    /// @param userAgent for example `curl/8.5.0 (x86_64)`: the first word says enough
    static String of(@Nullable String userAgent) {
        if (userAgent == null || userAgent.isBlank()) {
            return "the REST interface";
        }
        String first = Hidden.marked(userAgent.strip().split(" ", 2)[0]);
        return first.length() > MAX_LENGTH ? first.substring(0, MAX_LENGTH) : first;
    }
}
