package dev.devopspack.policy;

import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelUnknownSet;
import dev.devopspack.language.hcl.evaluation.EvaluatedBlock;
import dev.devopspack.policy.subject.Attributes;
import dev.devopspack.policy.subject.Subject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The rules of security groups and network ACLs, whichever resource or block they are written in.
///
/// `self` has `direction` (`ingress` or `egress`), `protocol`, `fromPort`, `toPort`, `ranges`,
/// `description`, `allows` (false for an ACL entry that refuses), `refusedBefore` (the entries of
/// the same ACL that refuse everybody and come earlier) and `resourceType`.
final class NetworkRules {

    static final String GROUP_RULE = "aws/NetworkRule";
    static final String ACL_RULE = "aws/NetworkAclRule";

    private static final Set<String> GROUPS =
            Set.of("aws_security_group", "aws_default_security_group");
    private static final Set<String> ACLS = Set.of("aws_network_acl", "aws_default_network_acl");
    private static final List<String> RANGES =
            List.of(
                    "cidr_blocks",
                    "ipv6_cidr_blocks",
                    "cidr_block",
                    "ipv6_cidr_block",
                    "cidr_ipv4",
                    "cidr_ipv6");

    private NetworkRules() {}

    static Stream<Subject> of(TerraformSubject resource, String type) {
        if (GROUPS.contains(type)) {
            return Stream.of("ingress", "egress")
                    .flatMap(direction -> blocks(GROUP_RULE, resource, type, direction));
        }
        if (ACLS.contains(type)) {
            return Stream.of("ingress", "egress")
                    .flatMap(direction -> blocks(ACL_RULE, resource, type, direction));
        }
        return switch (type) {
            case "aws_security_group_rule" ->
                    Stream.of(rule(GROUP_RULE, resource, type, resource.self().get("type")));
            case "aws_vpc_security_group_ingress_rule" ->
                    Stream.of(rule(GROUP_RULE, resource, type, "ingress"));
            case "aws_vpc_security_group_egress_rule" ->
                    Stream.of(rule(GROUP_RULE, resource, type, "egress"));
            case "aws_network_acl_rule" ->
                    Stream.of(rule(ACL_RULE, resource, type, aclDirection(resource)));
            default -> Stream.empty();
        };
    }

    private static Object aclDirection(TerraformSubject resource) {
        Object egress = resource.self().get("egress");
        if (egress instanceof CelUnknownSet) {
            return egress;
        }
        return Equality.equal(egress, true).equals(true) ? "egress" : "ingress";
    }

    private static Subject rule(
            String kind, TerraformSubject resource, String type, Object direction) {
        Subject.Place place =
                Stream.concat(RANGES.stream(), Stream.of("from_port"))
                        .flatMap(name -> resource.placeOf(name).stream())
                        .findFirst()
                        .orElse(resource.place());
        Map<String, Object> values = values(resource.self(), type, direction);
        values.put("refusedBefore", List.of());
        return DerivedSubject.part(kind, resource, place, values);
    }

    private static Stream<Subject> blocks(
            String kind, TerraformSubject resource, String type, String direction) {
        Object written = resource.self().get(direction);
        if (written instanceof CelUnknownSet unknown) {
            return Stream.of(unknown(kind, resource, type, direction, unknown));
        }
        List<EvaluatedBlock> blocks = resource.body().blocks(direction);
        List<Subject> rules = new ArrayList<>();
        List<?> items = written instanceof List<?> list ? list : List.of(written);
        for (int i = 0; i < items.size(); i++) {
            Subject.Place place =
                    i < blocks.size()
                            ? resource.place(blocks.get(i).header())
                            : resource.placeOf(direction).orElse(resource.place());
            Object item = items.get(i);
            if (item instanceof CelUnknownSet unknown) {
                rules.add(unknown(kind, resource, type, direction, unknown));
            } else if (item instanceof Attributes block) {
                Map<String, Object> values = values(block, type, direction);
                values.put("refusedBefore", refusedBefore(items, block, type));
                rules.add(DerivedSubject.part(kind, resource, place, values));
            }
        }
        return rules.stream();
    }

    /// The entries of an ACL that refuse the whole internet before this one is read, as the rules
    /// that they are.
    private static List<Object> refusedBefore(List<?> items, Object item, String type) {
        BigDecimal number = item instanceof Attributes entry ? ruleNumber(entry) : null;
        List<Object> refused = new ArrayList<>();
        for (Object other : items) {
            if (number != null
                    && other instanceof Attributes entry
                    && "deny".equalsIgnoreCase(String.valueOf(entry.get("action")))
                    && Networks.opensToInternet(ranges(entry)).equals(true)) {
                BigDecimal earlier = ruleNumber(entry);
                if (earlier != null && earlier.compareTo(number) < 0) {
                    refused.add(new Attributes(values(entry, type, "ingress")));
                }
            }
        }
        return refused;
    }

    private static @Nullable BigDecimal ruleNumber(Attributes entry) {
        return Equality.number(firstWritten(entry, "rule_no", "rule_number"));
    }

    private static Subject unknown(
            String kind,
            TerraformSubject resource,
            String type,
            String direction,
            CelUnknownSet unknown) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String name :
                List.of("protocol", "fromPort", "toPort", "ranges", "description", "allows")) {
            values.put(name, unknown);
        }
        values.put("direction", direction);
        values.put("refusedBefore", List.of());
        values.put("resourceType", type);
        Subject.Place place = resource.placeOf(direction).orElse(resource.place());
        return DerivedSubject.part(kind, resource, place, values);
    }

    private static Map<String, Object> values(Attributes from, String type, Object direction) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("direction", direction);
        values.put("protocol", firstWritten(from, "protocol", "ip_protocol"));
        values.put("fromPort", from.get("from_port"));
        values.put("toPort", from.get("to_port"));
        values.put("description", from.get("description"));
        values.put("resourceType", type);
        values.put("ranges", ranges(from));
        Object action = firstWritten(from, "action", "rule_action");
        values.put(
                "allows",
                action instanceof CelUnknownSet
                        ? action
                        : !"deny".equalsIgnoreCase(String.valueOf(action)));
        return values;
    }

    private static List<Object> ranges(Attributes from) {
        List<Object> ranges = new ArrayList<>();
        for (String name : RANGES) {
            Object value = from.get(name);
            if (value instanceof List<?> list) {
                ranges.addAll(list);
            } else if (value != NullValue.NULL_VALUE && !"".equals(value)) {
                ranges.add(value);
            }
        }
        return ranges;
    }

    private static Object firstWritten(Attributes from, String one, String other) {
        return from.isWritten(one) ? from.get(one) : from.get(other);
    }
}
