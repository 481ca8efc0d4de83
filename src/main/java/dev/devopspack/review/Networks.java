package dev.devopspack.review;

import java.util.Locale;
import java.util.Set;

/// Tells networks that hold a great part of the internet.
final class Networks {

    /// Two halves of the internet are the internet, and so are sixteen parts of it: an IPv4 network
    /// this wide holds sixteen million addresses, more than any private range.
    private static final int MIN_PREFIX_IPV4 = 8;

    private static final int MIN_PREFIX_IPV6 = 16;

    private static final Set<String> EVERYTHING = Set.of("*", "any", "internet", "all", "allusers");

    private Networks() {}

    static boolean isOpen(String network) {
        String text = network.strip().toLowerCase(Locale.ROOT);
        if (EVERYTHING.contains(text)) {
            return true;
        }
        int slash = text.indexOf('/');
        if (slash < 0) {
            return false;
        }
        int least = text.indexOf(':') >= 0 ? MIN_PREFIX_IPV6 : MIN_PREFIX_IPV4;
        String prefix = text.substring(slash + 1);
        boolean isNumber =
                !prefix.isEmpty()
                        && prefix.length() <= 3
                        && prefix.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber && Integer.parseInt(prefix) < least && !isPrivate(text);
    }

    /// Unique local addresses, `fc00::/7`, are wide and private.
    private static boolean isPrivate(String text) {
        return text.startsWith("fc") || text.startsWith("fd");
    }
}
