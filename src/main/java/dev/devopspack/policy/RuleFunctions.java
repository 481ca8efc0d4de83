package dev.devopspack.policy;

import dev.cel.runtime.CelUnknownSet;
import dev.devopspack.policy.condition.Function;
import dev.devopspack.policy.condition.Function.Kind;
import dev.devopspack.policy.subject.Attributes;
import java.util.ArrayList;
import java.util.List;

/// The functions that rules have beyond CEL's own. Each is described where it is declared; the
/// descriptions make the reference page.
final class RuleFunctions {

    /// @param signature how a rule calls it
    /// @param meaning one sentence
    record Described(String signature, String meaning, Function function) {}

    @FunctionalInterface
    interface OfOne {
        Object of(Object argument);
    }

    @FunctionalInterface
    interface OfTwo {
        Object of(Object first, Object second);
    }

    private static final Kind ANY = Kind.ANY;
    private static final Kind TEXT = Kind.TEXT;
    private static final Kind WHOLE = Kind.WHOLE;

    private RuleFunctions() {}

    static List<Described> all() {
        List<Described> all = new ArrayList<>();
        all.add(
                binary(
                        "at",
                        ANY,
                        TEXT,
                        true,
                        "self.at('block.attribute')",
                        "The value at a path, in the first block where there are several; null"
                                + " where nothing is written.",
                        (self, path) -> Paths.first(self, (String) path)));
        all.add(
                binary(
                        "each",
                        ANY,
                        TEXT,
                        true,
                        "self.each('block.attribute')",
                        "All values at a path, through all blocks, with lists flattened.",
                        (self, path) -> Paths.every(self, (String) path)));
        all.add(
                text(
                        "matches",
                        "self.name.matches('^db-')",
                        "Whether a part of the text matches an RE2 pattern.",
                        Texts::matches));
        all.add(
                text(
                        "startsWith",
                        "self.name.startsWith('db-')",
                        "Whether the text starts so; of what is no text, nothing holds.",
                        Texts::startsWith));
        all.add(
                text(
                        "endsWith",
                        "self.name.endsWith('-db')",
                        "Whether the text ends so.",
                        Texts::endsWith));
        all.add(
                text(
                        "contains",
                        "self.name.contains('db')",
                        "Whether the text holds another.",
                        Texts::contains));
        all.add(
                binary(
                        "number",
                        ANY,
                        WHOLE,
                        false,
                        "number(value, 0)",
                        "The value as a number, or the second where nothing is written.",
                        RuleFunctions::number));
        all.add(
                unary(
                        "opensToInternet",
                        ANY,
                        "opensToInternet(ranges)",
                        "Whether an address range, or one of a list, is the whole internet.",
                        Networks::opensToInternet));
        all.add(
                binary(
                        "includesPort",
                        ANY,
                        WHOLE,
                        false,
                        "includesPort(self, 22)",
                        "Whether a network rule lets traffic to the port through.",
                        (rule, port) -> Networks.includesPort(rule, (Long) port)));
        all.add(
                unary(
                        "includesEveryPort",
                        ANY,
                        "includesEveryPort(self)",
                        "Whether a network rule lets every port through.",
                        Networks::includesEveryPort));
        all.add(
                binary(
                        "addresses",
                        ANY,
                        ANY,
                        false,
                        "addresses('10.0.0.4', '10.0.0.7')",
                        "How many IPv4 addresses lie between two, both counted; 0 where one is"
                                + " none.",
                        Networks::addresses));
        all.add(
                binary(
                        "written",
                        ANY,
                        TEXT,
                        false,
                        "written(self, 'kms_key_id')",
                        "Whether an attribute is given a value, known already or only after an"
                                + " apply.",
                        (self, path) -> Written.at(self, (String) path)));
        all.add(
                binary(
                        "customerKey",
                        ANY,
                        TEXT,
                        false,
                        "customerKey(self, 'kms_key_id')",
                        "Whether an attribute names a KMS key that is not managed by AWS.",
                        (self, path) -> CustomerKeys.at(self, (String) path)));
        all.add(
                unary(
                        "holdsSecret",
                        ANY,
                        "holdsSecret(text)",
                        "Whether a text, also one in base64, holds a secret in plain text.",
                        PlainSecrets::areIn));
        all.add(
                unary(
                        "restrictable",
                        ANY,
                        "restrictable(statement)",
                        "Whether the statement allows an action for which AWS can name resources.",
                        Statements::restrictable));
        all.add(
                relation(
                        "related",
                        "related(self, 'aws_flow_log', 'vpc_id')",
                        "The resources of a type whose attribute refers to this one.",
                        args ->
                                Relations.pointingTo(
                                        (Attributes) args[0], (String) args[1], (String) args[2])));
        all.add(
                relation(
                        "referred",
                        "referred(self, 'network_interface_ids', 'azurerm_network_interface')",
                        "The resources of a type that an attribute of this one refers to.",
                        args ->
                                Relations.referredBy(
                                        (Attributes) args[0], (String) args[1], (String) args[2])));
        all.add(
                relation(
                        "referredHere",
                        "referredHere(self, 'load_balancer_arn', 'aws_lb')",
                        "Those of `referred` that are in the files; none where the attribute takes"
                                + " its value from elsewhere.",
                        args ->
                                Relations.referredHere(
                                        (Attributes) args[0], (String) args[1], (String) args[2])));
        all.add(
                binary(
                        "mentioning",
                        ANY,
                        TEXT,
                        false,
                        "mentioning(self, 'aws_instance')",
                        "The resources of a type, of every type where it is empty, that name this"
                                + " one anywhere.",
                        (self, type) -> Relations.mentioning((Attributes) self, (String) type)));
        all.add(
                binary(
                        "references",
                        ANY,
                        TEXT,
                        false,
                        "references(self, 'records')",
                        "The addresses of the resources that an attribute takes its value from.",
                        (self, path) -> Relations.references((Attributes) self, (String) path)));
        all.add(
                unary(
                        "permissions",
                        ANY,
                        "permissions(self)",
                        "The statements of all policies that an aws_iam_user, aws_iam_group or"
                                + " aws_iam_role has.",
                        self -> Identities.permissions((Attributes) self)));
        all.add(
                unary(
                        "everyPrincipal",
                        ANY,
                        "everyPrincipal(statement)",
                        "Whether a policy statement allows or refuses everybody.",
                        Statements::everyPrincipal));
        all.add(
                unary(
                        "narrowed",
                        ANY,
                        "narrowed(statement)",
                        "Whether a statement's conditions limit who may use it: an account, an"
                                + " organisation, a source, a network, a service's own resource.",
                        Statements::narrowed));
        all.add(
                binary(
                        "allows",
                        ANY,
                        TEXT,
                        false,
                        "allows(statement, 'iam:PassRole')",
                        "Whether the statement's actions, wildcards included, cover an action.",
                        (statement, action) -> Statements.covers(statement, (String) action)));
        all.add(
                binary(
                        "statements",
                        ANY,
                        TEXT,
                        false,
                        "statements(self, 'policy')",
                        "The statements of the policy document in an attribute, whether JSON,"
                                + " jsonencode or a data.aws_iam_policy_document.",
                        (self, path) -> Statements.of((Attributes) self, (String) path)));
        all.add(
                binary(
                        "json",
                        ANY,
                        TEXT,
                        false,
                        "json(self, 'container_definitions')",
                        "What the JSON text in an attribute says: the list of an array's items, or"
                                + " of the one value.",
                        (self, path) ->
                                ((Attributes) self).owner() instanceof TerraformSubject subject
                                        ? PolicyDocuments.json(subject, (String) path)
                                        : List.of()));
        all.add(
                binary(
                        "resources",
                        ANY,
                        TEXT,
                        false,
                        "resources(self, 'aws_flow_log')",
                        "All resources of a type in the module.",
                        (self, type) -> Relations.ofType((Attributes) self, (String) type)));
        all.add(
                unary(
                        "decoded",
                        ANY,
                        "decoded(value)",
                        "The text behind base64, or the text itself where it is none.",
                        Encodings::decoded));
        all.addAll(KubernetesFunctions.all());
        return all;
    }

    private static Described relation(
            String name, String signature, String meaning, Function.Body body) {
        return new Described(
                signature,
                meaning,
                new Function(name, false, Kind.LIST, List.of(ANY, TEXT, TEXT), body));
    }

    private static Described text(String name, String signature, String meaning, OfTwo body) {
        return binary(name, ANY, TEXT, true, signature, meaning, body);
    }

    static Described unary(String name, Kind kind, String signature, String meaning, OfOne body) {
        return new Described(
                signature,
                meaning,
                new Function(name, false, ANY, List.of(kind), values -> body.of(values[0])));
    }

    static Described binary(
            String name,
            Kind first,
            Kind second,
            boolean member,
            String signature,
            String meaning,
            OfTwo body) {
        return new Described(
                signature,
                meaning,
                new Function(
                        name,
                        member,
                        ANY,
                        List.of(first, second),
                        values -> body.of(values[0], values[1])));
    }

    private static Object number(Object value, Object otherwise) {
        if (value instanceof CelUnknownSet) {
            return value;
        }
        var number = Equality.number(value);
        return number == null ? otherwise : (Object) number.longValue();
    }
}
