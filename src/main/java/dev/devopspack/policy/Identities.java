package dev.devopspack.policy;

import dev.cel.runtime.CelUnknownSet;
import dev.devopspack.policy.subject.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What users, groups and roles of AWS may do, from all the policies that they have.
final class Identities {

    /// What attaches a policy to an identity, by the identity's type: the attributes that name it.
    private static final Map<String, List<String>> NAMED_BY =
            Map.of(
                    "aws_iam_user", List.of("user", "users"),
                    "aws_iam_group", List.of("group", "groups"),
                    "aws_iam_role", List.of("role", "roles"));

    private Identities() {}

    /// The statements of inline and attached policies of the module; what is attached from
    /// elsewhere is not among them.
    static Object permissions(Attributes self) {
        if (!(self.owner() instanceof TerraformSubject identity)) {
            return List.of();
        }
        String type = identity.kind().substring("terraform/".length());
        List<Object> statements = new ArrayList<>();
        add(PolicyDocuments.statements(identity, "inline_policy.policy"), statements);
        for (String name : NAMED_BY.getOrDefault(type, List.of())) {
            for (Object inline : named(self, type + "_policy", name)) {
                add(Statements.of((Attributes) inline, "policy"), statements);
            }
            Stream.of(type + "_policy_attachment", "aws_iam_policy_attachment")
                    .flatMap(attachment -> named(self, attachment, name).stream())
                    .flatMap(attachment -> policies((Attributes) attachment))
                    .forEach(policy -> add(Statements.of(policy, "policy"), statements));
        }
        return statements;
    }

    private static List<?> named(Attributes self, String type, String path) {
        return Relations.pointingTo(self, type, path) instanceof List<?> found ? found : List.of();
    }

    private static Stream<Attributes> policies(Attributes attachment) {
        return Relations.referredHere(attachment, "policy_arn", "aws_iam_policy").stream()
                .map(Attributes.class::cast);
    }

    private static void add(Object found, List<Object> into) {
        if (found instanceof List<?> list) {
            list.stream().filter(item -> !(item instanceof CelUnknownSet)).forEach(into::add);
        }
    }
}
