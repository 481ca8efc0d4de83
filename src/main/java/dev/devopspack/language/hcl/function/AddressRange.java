package dev.devopspack.language.hcl.function;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A range of addresses in CIDR notation.
///
/// @param first lowest address
/// @param bits length of the prefix
/// @param size 32 or 128
record AddressRange(BigInteger first, int bits, int size) {

    static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || text.length() - slash > 4 || text.length() > 60) {
            return Optional.empty();
        }
        String prefix = text.substring(slash + 1);
        if (prefix.isEmpty() || !prefix.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        int bits = Integer.parseInt(prefix);
        String address = text.substring(0, slash);
        int size = address.contains(":") ? 128 : 32;
        Optional<BigInteger> number = size == 32 ? version4(address) : version6(address);
        if (bits > size) {
            return Optional.empty();
        }
        return number.map(n ->
                new AddressRange(n.shiftRight(size - bits).shiftLeft(size - bits), bits, size));
    }

    private static Optional<BigInteger> version4(String address) {
        String[] parts = address.split("\\.", -1);
        BigInteger number = BigInteger.ZERO;
        for (String part : parts) {
            boolean digits = part.chars().allMatch(c -> c >= '0' && c <= '9');
            if (!digits || part.isEmpty() || part.length() > 3 || Integer.parseInt(part) > 255) {
                return Optional.empty();
            }
            number = number.shiftLeft(8).add(BigInteger.valueOf(Integer.parseInt(part)));
        }
        return parts.length == 4 ? Optional.of(number) : Optional.empty();
    }

    private static Optional<BigInteger> version6(String address) {
        int gap = address.indexOf("::");
        Optional<List<Integer>> head = groups(gap < 0 ? address : address.substring(0, gap));
        Optional<List<Integer>> tail = groups(gap < 0 ? "" : address.substring(gap + 2));
        if (head.isEmpty() || tail.isEmpty()) {
            return Optional.empty();
        }
        int missing = 8 - head.get().size() - tail.get().size();
        if (gap < 0 ? missing != 0 : missing < 1) {
            return Optional.empty();
        }
        List<Integer> all = new ArrayList<>(head.get());
        for (int i = 0; i < missing; i++) {
            all.add(0);
        }
        all.addAll(tail.get());
        BigInteger number = BigInteger.ZERO;
        for (int group : all) {
            number = number.shiftLeft(16).add(BigInteger.valueOf(group));
        }
        return Optional.of(number);
    }

    private static Optional<List<Integer>> groups(String text) {
        List<Integer> groups = new ArrayList<>();
        if (text.isEmpty()) {
            return Optional.of(groups);
        }
        for (String group : text.split(":", -1)) {
            boolean hex = group.chars().allMatch(c -> Character.digit(c, 16) >= 0);
            if (group.isEmpty() || group.length() > 4 || !hex) {
                return Optional.empty();
            }
            groups.add(Integer.parseInt(group, 16));
        }
        return groups.size() > 8 ? Optional.empty() : Optional.of(groups);
    }

    /// @param size 32 or 128
    static String text(BigInteger address, int size) {
        return size == 32 ? text4(address) : text6(address);
    }

    private static String text4(BigInteger address) {
        long number = address.longValueExact();
        return (number >> 24 & 255)
                + "."
                + (number >> 16 & 255)
                + "."
                + (number >> 8 & 255)
                + "."
                + (number & 255);
    }

    /// The longest run of zero groups, if longer than one, is written as `::`.
    private static String text6(BigInteger address) {
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = address.shiftRight(16 * (7 - i)).intValue() & 0xffff;
        }
        int best = -1;
        int bestLength = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > bestLength) {
                best = i;
                bestLength = end - i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == best) {
                text.append("::");
                i += bestLength - 1;
            } else {
                if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
