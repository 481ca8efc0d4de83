package dev.devopspack.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelUnknownSet;
import dev.devopspack.language.hcl.evaluation.EvaluatedAttribute;
import dev.devopspack.language.hcl.evaluation.EvaluatedBlock;
import dev.devopspack.language.hcl.evaluation.EvaluatedBody;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.policy.subject.Attributes;
import dev.devopspack.policy.subject.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Who is given which role of Google Cloud on what, whether by a member, a binding, a whole policy
/// or a `data.google_iam_policy`.
///
/// `self` has `level` (`project`, `folder`, `organization`, `storage_bucket`, `kms_crypto_key`,
/// ...; `document` for the data source itself), `role`, `members`, `conditional`, `defaultAccount`
/// (whether a member is the default account of Compute Engine or App Engine) and `resourceType`.
final class GoogleBindings {

    static final String KIND = "gcp/IamBinding";

    private static final String DOCUMENT = "data.google_iam_policy";
    private static final Pattern TYPE =
            Pattern.compile("google_([a-z0-9_]{1,80}?)_iam_(member|binding|policy)");

    private static final Pattern DEFAULTS =
            Pattern.compile("data\\.google_(compute|app_engine)_default_service_account\\.");
    private static final ObjectMapper JSON = new ObjectMapper();

    private GoogleBindings() {}

    static Stream<Subject> of(TerraformSubject resource, String type) {
        if (type.equals(DOCUMENT)) {
            return ofDocument(resource).stream()
                    .map(binding ->
                            subject(resource, type, "document", binding.place(), binding.values()));
        }
        Matcher matcher = TYPE.matcher(type);
        if (!matcher.matches()) {
            return Stream.empty();
        }
        String level = matcher.group(1);
        if (matcher.group(2).equals("policy")) {
            Subject.Place place = resource.placeOf("policy_data").orElse(resource.place());
            return ofPolicy(resource).stream()
                    .map(values -> subject(resource, type, level, place, values));
        }
        String named = matcher.group(2).equals("member") ? "member" : "members";
        Subject.Place place = resource.placeOf(named).orElse(resource.place());
        Map<String, Object> values = binding(resource.body(), resource.references(named));
        return Stream.of(subject(resource, type, level, place, values));
    }

    private static Subject subject(
            TerraformSubject resource,
            String type,
            String level,
            Subject.Place place,
            Map<String, Object> binding) {
        Map<String, Object> values = new LinkedHashMap<>(binding);
        values.put("level", level);
        values.put("resourceType", type);
        return DerivedSubject.part(KIND, resource, place, values);
    }

    private static Map<String, Object> binding(EvaluatedBody body, Set<String> references) {
        List<Object> members = new ArrayList<>(listed(partly(body, "member")));
        members.addAll(listed(partly(body, "members")));
        boolean conditional = !body.blocks("condition").isEmpty();
        boolean looksUpDefault =
                references.stream().anyMatch(address -> DEFAULTS.matcher(address).find());
        return values(partly(body, "role"), members, conditional, looksUpDefault);
    }

    private static Object partly(EvaluatedBody body, String name) {
        return body.value(name).map(TerraformValues::withPartialTexts).orElse(NullValue.NULL_VALUE);
    }

    private static Map<String, Object> values(
            Object role, List<?> members, boolean conditional, boolean looksUpDefault) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("role", role);
        values.put("members", members);
        values.put("conditional", conditional);
        values.put(
                "defaultAccount",
                looksUpDefault || members.stream().anyMatch(GoogleBindings::isDefaultAccount));
        return values;
    }

    private static Map<String, Object> unknown(CelUnknownSet why) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("role", why);
        values.put("members", why);
        values.put("conditional", why);
        values.put("defaultAccount", why);
        return values;
    }

    private record Binding(Subject.Place place, Map<String, Object> values) {}

    private static List<Binding> ofDocument(TerraformSubject document) {
        List<Binding> bindings = new ArrayList<>();
        for (EvaluatedBlock block : document.body().blocks("binding")) {
            Subject.Place place = document.place(block.header());
            if (block.certain()) {
                Set<String> references =
                        block.body()
                                .attribute("members")
                                .map(members -> TerraformSubject.addresses(members))
                                .orElse(Set.of());
                bindings.add(new Binding(place, binding(block.body(), references)));
            } else {
                CelUnknownSet why = Unknowns.because("its bindings are made by a dynamic block");
                bindings.add(new Binding(place, unknown(why)));
            }
        }
        return bindings;
    }

    private static List<Map<String, Object>> ofPolicy(TerraformSubject resource) {
        Optional<EvaluatedAttribute> attribute = resource.attribute("policy_data");
        if (attribute.isEmpty()) {
            return List.of();
        }
        return switch (attribute.get().value()) {
            case Value.Str text -> fromJson(text.value());
            case Value.Unknown unknown when unknown.hint() instanceof Value.Hint.Json json ->
                    fromTree(TerraformValues.withPartialTexts(json.value()));
            case Value.Unknown unknown -> fromDocuments(resource, unknown);
            case Value.Null _, Value.Bool _, Value.Num _, Value.ListValue _, Value.ObjectValue _ ->
                    List.of();
        };
    }

    private static List<Map<String, Object>> fromDocuments(
            TerraformSubject resource, Value.Unknown unknown) {
        List<TerraformSubject> documents =
                Relations.referred(resource, "policy_data", DOCUMENT).stream()
                        .map(TerraformSubject.class::cast)
                        .toList();
        return documents.isEmpty()
                ? List.of(unknown(Unknowns.because(unknown.reason())))
                : documents.stream()
                        .flatMap(document -> ofDocument(document).stream())
                        .map(Binding::values)
                        .toList();
    }

    private static List<Map<String, Object>> fromJson(String text) {
        try {
            List<Map<String, Object>> bindings = new ArrayList<>();
            for (JsonNode binding : JSON.readTree(text).path("bindings")) {
                List<Object> members = new ArrayList<>();
                binding.path("members").forEach(member -> members.add(member.asText()));
                String role = binding.path("role").asText();
                boolean conditional = binding.hasNonNull("condition");
                bindings.add(values(role, members, conditional, false));
            }
            return bindings;
        } catch (JsonProcessingException e) {
            return List.of(unknown(Unknowns.because("the policy is no JSON")));
        }
    }

    private static List<Map<String, Object>> fromTree(Object tree) {
        List<Map<String, Object>> bindings = new ArrayList<>();
        Object listed = tree instanceof Attributes policy ? policy.get("bindings") : tree;
        for (Object item : listed(listed)) {
            if (item instanceof Attributes binding) {
                bindings.add(
                        values(
                                binding.get("role"),
                                listed(binding.get("members")),
                                binding.isWritten("condition"),
                                false));
            }
        }
        return bindings;
    }

    private static List<?> listed(Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        return value == NullValue.NULL_VALUE ? List.of() : List.of(value);
    }

    /// The accounts that Google makes for Compute Engine and App Engine.
    private static boolean isDefaultAccount(Object member) {
        return member instanceof String text
                && (text.endsWith("-compute@developer.gserviceaccount.com")
                        || text.endsWith("@appspot.gserviceaccount.com"));
    }
}
