package dev.devopspack.policy;

import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelUnknownSet;
import dev.devopspack.language.hcl.evaluation.EvaluatedBlock;
import dev.devopspack.policy.subject.Attributes;
import dev.devopspack.policy.subject.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The rules of Azure network security groups, as blocks of a group or as resources of their own.
///
/// `self` has `direction` (`ingress` or `egress`), `protocol` (`tcp`, `udp`, `icmp`, `all`, ...),
/// `ports`, `ranges` (the far side; "anywhere" in all its spellings is `0.0.0.0/0`), `description`,
/// `allows` and `resourceType`.
final class AzureNetworkRules {

    static final String KIND = "azure/NetworkRule";

    private static final String EVERYWHERE = "0.0.0.0/0";
    private static final Set<String> ANYWHERE = Set.of("*", "internet", "any", "0.0.0.0", "/0");
    private static final Set<String> WITHOUT_PORTS = Set.of("icmp", "esp", "ah");

    private static final Pattern SEVERAL = Pattern.compile("\\s*,\\s*");

    private AzureNetworkRules() {}

    static Stream<Subject> of(TerraformSubject resource, String type) {
        return switch (type) {
            case "azurerm_network_security_rule" -> Stream.of(whole(resource, type));
            case "azurerm_network_security_group" -> blocks(resource, type).stream();
            default -> Stream.empty();
        };
    }

    private static Subject whole(TerraformSubject resource, String type) {
        Subject.Place place =
                Stream.of(
                                "destination_port_range",
                                "destination_port_ranges",
                                "source_address_prefix",
                                "source_address_prefixes")
                        .flatMap(name -> resource.placeOf(name).stream())
                        .findFirst()
                        .orElse(resource.place());
        return DerivedSubject.part(KIND, resource, place, values(resource.self(), type));
    }

    private static List<Subject> blocks(TerraformSubject resource, String type) {
        Object written = resource.self().get("security_rule");
        List<EvaluatedBlock> blocks = resource.body().blocks("security_rule");
        List<Subject> rules = new ArrayList<>();
        List<?> items = written instanceof List<?> list ? list : List.of(written);
        for (int i = 0; i < items.size(); i++) {
            Subject.Place place =
                    i < blocks.size()
                            ? resource.place(blocks.get(i).header())
                            : resource.placeOf("security_rule").orElse(resource.place());
            if (items.get(i) instanceof CelUnknownSet unknown) {
                rules.add(DerivedSubject.part(KIND, resource, place, unknown(type, unknown)));
            } else if (items.get(i) instanceof Attributes block) {
                rules.add(DerivedSubject.part(KIND, resource, place, values(block, type)));
            }
        }
        return rules;
    }

    private static Map<String, Object> unknown(String type, CelUnknownSet unknown) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String name :
                List.of("direction", "protocol", "ports", "ranges", "description", "allows")) {
            values.put(name, unknown);
        }
        values.put("resourceType", type);
        return values;
    }

    private static Map<String, Object> values(Attributes from, String type) {
        Map<String, Object> values = new LinkedHashMap<>();
        Object direction = lowerCase(from.get("direction"));
        boolean outbound = "outbound".equals(direction);
        values.put(
                "direction",
                direction instanceof CelUnknownSet ? direction : outbound ? "egress" : "ingress");
        Object protocol = lowerCase(from.get("protocol"));
        values.put("protocol", "*".equals(protocol) ? "all" : protocol);
        values.put("ports", ports(from, protocol));
        values.put("ranges", ranges(from, outbound ? "destination" : "source"));
        values.put("description", from.get("description"));
        Object access = lowerCase(from.get("access"));
        values.put("allows", access instanceof CelUnknownSet ? access : !"deny".equals(access));
        values.put("resourceType", type);
        return values;
    }

    private static Object lowerCase(Object value) {
        return value instanceof String text ? text.toLowerCase(Locale.ROOT) : value;
    }

    private static List<Object> ports(Attributes from, Object protocol) {
        if (protocol instanceof String name && WITHOUT_PORTS.contains(name)) {
            return List.of();
        }
        List<Object> ports = new ArrayList<>();
        for (Object written : both(from, "destination_port_range")) {
            if (written instanceof String text) {
                ports.addAll(SEVERAL.splitAsStream(text.strip()).toList());
            } else {
                ports.add(written);
            }
        }
        return ports;
    }

    private static List<Object> ranges(Attributes from, String side) {
        return both(from, side + "_address_prefix").stream()
                .map(range ->
                        lowerCase(range) instanceof String text && isAnywhere(text)
                                ? (Object) EVERYWHERE
                                : range)
                .toList();
    }

    private static boolean isAnywhere(String range) {
        return ANYWHERE.contains(range) || range.endsWith("/0");
    }

    /// Azure has an attribute for one value and one, with an `s` or `es`, for several.
    private static List<Object> both(Attributes from, String name) {
        List<Object> all = new ArrayList<>();
        for (String attribute : List.of(name, name + "s", name + "es")) {
            Object value = from.get(attribute);
            if (value instanceof List<?> list) {
                all.addAll(list);
            } else if (value != NullValue.NULL_VALUE && !"".equals(value)) {
                all.add(value);
            }
        }
        return all;
    }
}
