package dev.devopspack.review;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Which attributes hold a secret by their name or type, whether or not anyone marked them.
final class SecretNames {

    static final SecretNames KNOWN = load();

    private final Set<String> names;
    private final List<String> endings;
    private final Map<String, Set<String>> types;

    private SecretNames(Set<String> names, List<String> endings, Map<String, Set<String>> types) {
        this.names = Set.copyOf(names);
        this.endings = List.copyOf(endings);
        this.types = Map.copyOf(types);
    }

    boolean isSecret(String attribute) {
        String name = attribute.toLowerCase(Locale.ROOT).replace('-', '_');
        return names.contains(name) || endings.stream().anyMatch(name::endsWith);
    }

    /// @param type the resource's type; empty where there is none
    boolean isSecret(String type, String attribute) {
        return isSecret(attribute) || types.getOrDefault(type, Set.of()).contains(attribute);
    }

    private static SecretNames load() {
        ReviewData data = ReviewData.read("/review/secret-attributes.yaml");
        Map<String, Set<String>> types = new HashMap<>();
        data.lists("types").forEach((type, list) -> types.put(type, new HashSet<>(list)));
        return new SecretNames(new HashSet<>(data.list("names")), data.list("endings"), types);
    }
}
