package dev.devopspack.policy;

import dev.cel.runtime.CelUnknownSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What rules ask about addresses and ports.
final class Networks {

    /// Half of all IPv4 addresses: two such blocks are the internet in other words.
    private static final int WIDE_IPV4_BITS = 1;

    /// 2000::/3 is all of the public IPv6 internet.
    private static final int WIDE_IPV6_BITS = 3;

    private static final long LAST_PORT = 65_535;

    private static final Set<String> EVERY_PROTOCOL = Set.of("-1", "all");
    private static final Set<String> PROTOCOLS_WITHOUT_PORTS =
            Set.of("icmp", "icmpv6", "1", "58", "50", "51", "47");

    private Networks() {}

    /// Whether the range, or one of them, is the whole internet: `Boolean` or unknown.
    static Object opensToInternet(@Nullable Object ranges) {
        CelUnknownSet unknown = null;
        for (Object range : ranges instanceof List<?> list ? list : listOf(ranges)) {
            if (range instanceof CelUnknownSet maybe) {
                unknown = maybe;
            } else if (range instanceof String text && isInternet(text)) {
                return true;
            }
        }
        return unknown == null ? false : unknown;
    }

    private static List<Object> listOf(@Nullable Object value) {
        return value == null ? List.of() : List.of(value);
    }

    private static boolean isInternet(String range) {
        String text = range.strip();
        int slash = text.indexOf('/');
        if (slash <= 0) {
            return false;
        }
        String bits = text.substring(slash + 1);
        if (bits.isEmpty() || bits.length() > 3 || !bits.chars().allMatch(Networks::isDigit)) {
            return false;
        }
        int prefix = Integer.parseInt(bits);
        boolean ipv6 = text.indexOf(':') >= 0;
        return prefix <= (ipv6 ? WIDE_IPV6_BITS : WIDE_IPV4_BITS);
    }

    /// Whether traffic to `port` passes a rule. A rule has `ports`, a list of `22`, `8000-8080` and
    /// `8000/8080`, or `protocol`, `fromPort` and `toPort`.
    static Object includesPort(Object rule, long port) {
        if (isNamed(rule)) {
            return anyPort(Paths.every(rule, "ports"), port, port);
        }
        return includesPort(
                Paths.first(rule, "protocol"),
                Paths.first(rule, "fromPort"),
                Paths.first(rule, "toPort"),
                port);
    }

    /// Whether a rule lets every port through.
    static Object includesEveryPort(Object rule) {
        if (isNamed(rule)) {
            return anyPort(Paths.every(rule, "ports"), 1, LAST_PORT);
        }
        return includesEveryPort(
                Paths.first(rule, "protocol"),
                Paths.first(rule, "fromPort"),
                Paths.first(rule, "toPort"));
    }

    private static boolean isNamed(Object rule) {
        return rule instanceof Map<?, ?> map && !Equality.isNull(map.get("ports"));
    }

    /// Whether one of the ports or ranges of ports covers all from `low` to `high`.
    private static Object anyPort(Object ports, long low, long high) {
        CelUnknownSet unknown = null;
        for (Object item : ports instanceof List<?> list ? list : List.of(ports)) {
            if (item instanceof CelUnknownSet maybe) {
                unknown = maybe;
            } else if (covers(String.valueOf(item).strip(), low, high)) {
                return true;
            }
        }
        return unknown == null ? false : unknown;
    }

    private static boolean covers(String range, long low, long high) {
        if (range.equals("*") || range.equals("-1/-1")) {
            return true;
        }
        int slash = range.indexOf('/');
        int dash = slash < 0 ? range.indexOf('-') : slash;
        var from = Equality.number(dash < 0 ? range : range.substring(0, dash).strip());
        var to = Equality.number(dash < 0 ? range : range.substring(dash + 1).strip());
        return from != null && to != null && from.longValue() <= low && high <= to.longValue();
    }

    /// Whether traffic to `port` passes a rule for `from` to `to` of a protocol.
    private static Object includesPort(
            @Nullable Object protocol, @Nullable Object from, @Nullable Object to, long port) {
        for (Object value : List.of(orNothing(protocol), orNothing(from), orNothing(to))) {
            if (value instanceof CelUnknownSet) {
                return value;
            }
        }
        if (includesEveryPort(protocol, from, to).equals(true)) {
            return true;
        }
        String name = String.valueOf(protocol).toLowerCase(Locale.ROOT);
        if (PROTOCOLS_WITHOUT_PORTS.contains(name)) {
            return false;
        }
        var low = Equality.number(from);
        var high = Equality.number(to);
        return low != null && high != null && low.longValue() <= port && port <= high.longValue();
    }

    private static Object includesEveryPort(
            @Nullable Object protocol, @Nullable Object from, @Nullable Object to) {
        if (protocol instanceof CelUnknownSet unknown) {
            return unknown;
        }
        // A rule without protocol and ports is not one that Terraform accepts, so it is read as
        // open.
        if (Equality.isNull(protocol) && Equality.isNull(from) && Equality.isNull(to)) {
            return true;
        }
        String name = String.valueOf(protocol).toLowerCase(Locale.ROOT);
        if (EVERY_PROTOCOL.contains(name)) {
            return true;
        }
        if (PROTOCOLS_WITHOUT_PORTS.contains(name)) {
            return false;
        }
        if (from instanceof CelUnknownSet unknown) {
            return unknown;
        }
        if (to instanceof CelUnknownSet unknown) {
            return unknown;
        }
        var low = Equality.number(from);
        var high = Equality.number(to);
        return low != null && high != null && low.longValue() <= 1 && high.longValue() >= LAST_PORT;
    }

    /// How many IPv4 addresses lie between two: a whole number, or unknown.
    static Object addresses(@Nullable Object first, @Nullable Object last) {
        if (first instanceof CelUnknownSet) {
            return first;
        }
        if (last instanceof CelUnknownSet) {
            return last;
        }
        long low = asNumber(first);
        long high = asNumber(last);
        return low < 0 || high < low ? 0L : high - low + 1;
    }

    /// An IPv4 address as a number, or -1.
    private static long asNumber(@Nullable Object address) {
        String[] parts = String.valueOf(address).strip().split("\\.", -1);
        if (parts.length != 4) {
            return -1;
        }
        long number = 0;
        for (String part : parts) {
            if (part.isEmpty() || part.length() > 3 || !part.chars().allMatch(Networks::isDigit)) {
                return -1;
            }
            int octet = Integer.parseInt(part);
            if (octet > 255) {
                return -1;
            }
            number = number * 256 + octet;
        }
        return number;
    }

    private static boolean isDigit(int character) {
        return '0' <= character && character <= '9';
    }

    private static Object orNothing(@Nullable Object value) {
        return value == null ? "" : value;
    }
}
