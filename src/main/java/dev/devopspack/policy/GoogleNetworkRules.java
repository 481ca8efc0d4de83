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
import java.util.stream.Stream;

/// The `allow` and `deny` blocks of Google's firewalls and the rules of its firewall policies.
///
/// `self` has `direction` (`ingress` or `egress`), `protocol`, `ports` (`0-65535` where none is
/// named), `ranges` (the far side), `description`, `allows` (false also where the rule is switched
/// off), `targeted` (whether it names the machines it is for) and `resourceType`.
final class GoogleNetworkRules {

    static final String KIND = "gcp/NetworkRule";

    private static final String EVERYWHERE = "0.0.0.0/0";

    /// Written without a prefix length, these are still meant as everywhere.
    private static final Set<Object> ANYWHERE = Set.of("0.0.0.0", "::", "::0");

    private static final String EVERY_PORT = "0-65535";
    private static final Set<String> WITHOUT_PORTS =
            Set.of("icmp", "1", "esp", "50", "ah", "51", "ipip", "94", "58", "icmpv6");
    private static final Set<String> POLICY_RULES =
            Set.of(
                    "google_compute_firewall_policy_rule",
                    "google_compute_network_firewall_policy_rule",
                    "google_compute_region_network_firewall_policy_rule");

    private GoogleNetworkRules() {}

    static Stream<Subject> of(TerraformSubject resource, String type) {
        if (type.equals("google_compute_firewall")) {
            return Stream.of("allow", "deny")
                    .flatMap(action -> blocks(resource, type, action).stream());
        }
        return POLICY_RULES.contains(type) ? policyRules(resource, type).stream() : Stream.empty();
    }

    private static List<Subject> blocks(TerraformSubject resource, String type, String action) {
        Attributes firewall = resource.self();
        Map<String, Object> shared = new LinkedHashMap<>();
        Object direction = direction(firewall);
        shared.put("direction", direction);
        shared.put("ranges", ranges(firewall, direction));
        shared.put("description", firewall.get("description"));
        shared.put("targeted", isTargeted(firewall));
        shared.put("allows", allows(firewall, action.equals("allow")));
        shared.put("resourceType", type);
        return parts(resource, action, firewall.get(action), "protocol", shared);
    }

    private static List<Subject> policyRules(TerraformSubject resource, String type) {
        Attributes rule = resource.self();
        Object direction = direction(rule);
        Map<String, Object> shared = new LinkedHashMap<>();
        shared.put("direction", direction);
        String side = "egress".equals(direction) ? "dest_ip_ranges" : "src_ip_ranges";
        shared.put("ranges", Paths.every(rule, "match." + side));
        shared.put("description", rule.get("description"));
        shared.put("targeted", isTargeted(rule));
        Object action = rule.get("action");
        shared.put(
                "allows",
                action instanceof CelUnknownSet ? action : allows(rule, "allow".equals(action)));
        shared.put("resourceType", type);
        Object configurations = Paths.every(rule, "match.layer4_configs");
        return parts(resource, "match", configurations, "ip_protocol", shared);
    }

    private static List<Subject> parts(
            TerraformSubject resource,
            String name,
            Object written,
            String protocolName,
            Map<String, Object> shared) {
        List<EvaluatedBlock> blocks = resource.body().blocks(name);
        List<?> items = written instanceof List<?> list ? list : List.of(written);
        List<Subject> rules = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Map<String, Object> values = new LinkedHashMap<>(shared);
            if (items.get(i) instanceof CelUnknownSet unknown) {
                values.put("protocol", unknown);
                values.put("ports", unknown);
            } else if (items.get(i) instanceof Attributes block) {
                Object protocol = block.get(protocolName);
                values.put("protocol", protocol);
                values.put("ports", ports(protocol, block.get("ports")));
            } else {
                continue;
            }
            Subject.Place place =
                    i < blocks.size()
                            ? resource.place(blocks.get(i).header())
                            : resource.placeOf(name).orElse(resource.place());
            rules.add(DerivedSubject.part(KIND, resource, place, values));
        }
        return rules;
    }

    private static Object direction(Attributes rule) {
        Object direction = rule.get("direction");
        if (direction instanceof CelUnknownSet) {
            return direction;
        }
        return "EGRESS".equalsIgnoreCase(String.valueOf(direction)) ? "egress" : "ingress";
    }

    /// Where a firewall names nobody, it is for everybody.
    private static Object ranges(Attributes firewall, Object direction) {
        boolean outbound = "egress".equals(direction);
        List<Object> ranges = new ArrayList<>();
        listed(firewall, outbound ? "destination_ranges" : "source_ranges")
                .forEach(range -> ranges.add(ANYWHERE.contains(range) ? EVERYWHERE : range));
        boolean namesOthers =
                !outbound
                        && (firewall.isWritten("source_tags")
                                || firewall.isWritten("source_service_accounts"));
        if (ranges.isEmpty() && !namesOthers) {
            ranges.add(EVERYWHERE);
        }
        return ranges;
    }

    private static boolean isTargeted(Attributes rule) {
        return Stream.of(
                        "target_tags",
                        "target_service_accounts",
                        "target_secure_tags",
                        "target_resources")
                .anyMatch(rule::isWritten);
    }

    private static Object allows(Attributes rule, boolean allow) {
        Object disabled = rule.get("disabled");
        if (!allow || disabled instanceof CelUnknownSet) {
            return allow ? disabled : false;
        }
        return !Equality.equal(disabled, true).equals(true);
    }

    private static Object ports(Object protocol, Object ports) {
        if (protocol instanceof CelUnknownSet || ports instanceof CelUnknownSet) {
            return ports instanceof CelUnknownSet ? ports : protocol;
        }
        if (WITHOUT_PORTS.contains(String.valueOf(protocol).toLowerCase(Locale.ROOT))) {
            return List.of();
        }
        boolean named = ports instanceof List<?> list && !list.isEmpty();
        return named ? ports : List.of(EVERY_PORT);
    }

    private static List<Object> listed(Attributes from, String name) {
        Object value = from.get(name);
        if (value instanceof List<?> list) {
            return List.copyOf(list);
        }
        return value == NullValue.NULL_VALUE ? List.of() : List.of(value);
    }
}
