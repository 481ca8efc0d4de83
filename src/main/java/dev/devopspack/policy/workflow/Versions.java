package dev.devopspack.policy.workflow;

import java.util.ArrayList;
import java.util.List;

/// Compares versions such as `v4.1.2`.
final class Versions {

    private Versions() {}

    /// Whether the version is surely before the other one: `v4` may be any 4 and is not before 4.1.
    static boolean isOlder(String version, String than) {
        List<Integer> one = numbers(version);
        List<Integer> other = numbers(than);
        if (one.isEmpty()) {
            return false;
        }
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            if (!one.get(i).equals(other.get(i))) {
                return one.get(i) < other.get(i);
            }
        }
        return false;
    }

    private static List<Integer> numbers(String version) {
        List<Integer> numbers = new ArrayList<>();
        String plain = version.startsWith("v") ? version.substring(1) : version;
        for (String part : plain.split("[.+-]", 5)) {
            boolean isNumber =
                    !part.isEmpty()
                            && part.length() <= 6
                            && part.chars().allMatch(c -> c >= '0' && c <= '9');
            if (!isNumber) {
                break;
            }
            numbers.add(Integer.parseInt(part));
        }
        return numbers;
    }
}
