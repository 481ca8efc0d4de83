package dev.devopspack.specialist;

import java.util.Optional;

/// An IPv4 network such as `10.0.0.0/16`.
record Ipv4Range(long address, int prefix) {

    /// `255.255.255.255/32` and no more.
    private static final int LONGEST = 18;

    /// Ranges of RFC 1918 and, for VPNs and carrier networks, RFC 6598.
    private static final Ipv4Range[] PRIVATE = {
        new Ipv4Range(octets(10, 0), 8),
        new Ipv4Range(octets(172, 16), 12),
        new Ipv4Range(octets(192, 168), 16),
        new Ipv4Range(octets(100, 64), 10)
    };

    /// Empty unless the text is exactly an address, `/` and a prefix, without leading zeros.
    static Optional<Ipv4Range> parse(String text) {
        int slash = text.indexOf('/');
        if (text.length() > LONGEST || slash < 0) {
            return Optional.empty();
        }
        String[] octets = text.substring(0, slash).split("\\.", -1);
        int prefix = number(text.substring(slash + 1), 32);
        if (octets.length != 4 || prefix < 0) {
            return Optional.empty();
        }
        long address = 0;
        for (String octet : octets) {
            int value = number(octet, 255);
            if (value < 0) {
                return Optional.empty();
            }
            address = address << 8 | value;
        }
        return Optional.of(new Ipv4Range(address, prefix));
    }

    /// Whether no bit is set behind the prefix, as AWS requires it.
    boolean isNetwork() {
        return (address & ~mask(prefix) & 0xFFFF_FFFFL) == 0;
    }

    boolean isPrivate() {
        for (Ipv4Range range : PRIVATE) {
            if (prefix >= range.prefix && (address & mask(range.prefix)) == range.address) {
                return true;
            }
        }
        return false;
    }

    private static long mask(int prefix) {
        return 0xFFFF_FFFFL << (32 - prefix) & 0xFFFF_FFFFL;
    }

    private static long octets(int first, int second) {
        return (long) first << 24 | (long) second << 16;
    }

    private static int number(String text, int greatest) {
        if (text.isEmpty() || text.length() > 3 || (text.length() > 1 && text.charAt(0) == '0')) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + c - '0';
        }
        return value > greatest ? -1 : value;
    }
}
