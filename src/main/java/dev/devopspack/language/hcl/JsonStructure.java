package dev.devopspack.language.hcl;

import dev.devopspack.language.Span;
import dev.devopspack.language.hcl.Hcl.Attribute;
import dev.devopspack.language.hcl.Hcl.Block;
import dev.devopspack.language.hcl.Hcl.Body;
import dev.devopspack.language.hcl.Hcl.Bool;
import dev.devopspack.language.hcl.Hcl.Expr;
import dev.devopspack.language.hcl.Hcl.Invalid;
import dev.devopspack.language.hcl.Hcl.Item;
import dev.devopspack.language.hcl.Hcl.Null;
import dev.devopspack.language.hcl.Hcl.Obj;
import dev.devopspack.language.hcl.Hcl.Template;
import dev.devopspack.language.hcl.Hcl.Text;
import dev.devopspack.language.hcl.Hcl.Tuple;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Gives a `.tf.json` file the tree of the native syntax.
///
/// Terraform asks a provider's schema whether an object is a block or a map. Here it is a block, as
/// almost all objects inside a resource are, unless its name is one of [#MAPS].
final class JsonStructure {

    /// Labels of the blocks at the top of a file.
    private static final Map<String, Integer> TOP_LABELS =
            Map.of(
                    "resource",
                    2,
                    "data",
                    2,
                    "variable",
                    1,
                    "output",
                    1,
                    "module",
                    1,
                    "provider",
                    1,
                    "check",
                    1);

    /// Labels of nested blocks.
    private static final Map<String, Integer> NESTED_LABELS =
            Map.of("dynamic", 1, "provisioner", 1, "backend", 1, "provider_meta", 1);

    /// Blocks whose content are arguments only.
    private static final Set<String> FLAT =
            Set.of("locals", "variable", "output", "module", "required_providers");

    private static final Set<String> NESTED_IN_FLAT = Set.of("validation", "precondition");

    /// Arguments of resources that are maps.
    private static final Set<String> MAPS =
            Set.of(
                    "tags",
                    "tags_all",
                    "labels",
                    "user_labels",
                    "resource_labels",
                    "annotations",
                    "triggers",
                    "triggers_replace",
                    "keepers",
                    "variables",
                    "match_labels",
                    "app_settings",
                    "request_parameters",
                    "response_parameters",
                    "parameters",
                    "data",
                    "binary_data",
                    "string_data",
                    "for_each",
                    "input");

    /// Arguments whose text is an expression rather than a template.
    private static final Set<String> EXPRESSIONS =
            Set.of(
                    "type",
                    "depends_on",
                    "provider",
                    "providers",
                    "ignore_changes",
                    "replace_triggered_by");

    private final List<SyntaxProblem> problems = new ArrayList<>();

    List<SyntaxProblem> problems() {
        return problems;
    }

    /// The body of a `.tf.json` file.
    Body configuration(JsonTree.Node root) {
        List<Block> blocks = new ArrayList<>();
        for (JsonTree.Member member : members(root)) {
            int labels = TOP_LABELS.getOrDefault(member.name(), 0);
            blocks(member.name(), List.of(), labels, member, member.value(), blocks);
        }
        return new Body(List.of(), blocks, root.span());
    }

    /// The body of a `.tfvars.json` file, where text is only text.
    Body values(JsonTree.Node root) {
        List<Attribute> attributes = new ArrayList<>();
        for (JsonTree.Member member : members(root)) {
            attributes.add(attribute(member, constant(member.value())));
        }
        return new Body(attributes, List.of(), root.span());
    }

    private List<JsonTree.Member> members(JsonTree.Node node) {
        if (!(node instanceof JsonTree.ObjectNode object)) {
            report(node.span(), "there is no JSON object here", "Put the content into { }");
            return List.of();
        }
        Set<String> seen = new HashSet<>();
        List<JsonTree.Member> members = new ArrayList<>();
        for (JsonTree.Member member : object.members()) {
            if (member.name().equals("//")) {
                continue;
            }
            if (!seen.add(member.name())) {
                report(
                        member.nameSpan(),
                        "the name \"" + member.name() + "\" is there before",
                        "Keep one of the two");
                continue;
            }
            members.add(member);
        }
        return members;
    }

    private void report(Span span, String message, String mend) {
        problems.add(new SyntaxProblem(message, mend, span.start(), span.end()));
    }

    private void blocks(
            String type,
            List<String> labels,
            int missing,
            JsonTree.Member place,
            JsonTree.Node node,
            List<Block> blocks) {
        if (node instanceof JsonTree.ArrayNode array) {
            array.items().forEach(item -> blocks(type, labels, missing, place, item, blocks));
            return;
        }
        if (missing == 0) {
            Span span = place.nameSpan().to(node.span());
            blocks.add(new Block(type, labels, body(type, node), place.nameSpan(), span));
            return;
        }
        for (JsonTree.Member member : members(node)) {
            List<String> longer = new ArrayList<>(labels);
            longer.add(member.name());
            blocks(type, longer, missing - 1, member, member.value(), blocks);
        }
    }

    private Body body(String type, JsonTree.Node node) {
        List<Attribute> attributes = new ArrayList<>();
        List<Block> blocks = new ArrayList<>();
        for (JsonTree.Member member : members(node)) {
            if (isBlock(type, member)) {
                int labels = NESTED_LABELS.getOrDefault(member.name(), 0);
                blocks(member.name(), List.of(), labels, member, member.value(), blocks);
            } else {
                attributes.add(attribute(member, argument(type, member)));
            }
        }
        return new Body(attributes, blocks, node.span());
    }

    private static boolean isBlock(String type, JsonTree.Member member) {
        if (FLAT.contains(type)) {
            return NESTED_IN_FLAT.contains(member.name());
        }
        return switch (member.value()) {
            case JsonTree.ObjectNode _ -> !MAPS.contains(member.name());
            case JsonTree.ArrayNode array ->
                    !array.items().isEmpty()
                            && array.items().stream()
                                    .allMatch(JsonTree.ObjectNode.class::isInstance);
            case JsonTree.TextNode _, JsonTree.WordNode _ -> false;
        };
    }

    private Attribute attribute(JsonTree.Member member, Expr value) {
        return new Attribute(
                member.name(),
                value,
                member.nameSpan(),
                member.nameSpan().to(member.value().span()));
    }

    private Expr argument(String type, JsonTree.Member member) {
        boolean isConstant = type.equals("variable") && member.name().equals("default");
        if (isConstant) {
            return constant(member.value());
        }
        boolean names = EXPRESSIONS.contains(member.name()) && namesThings(type, member.name());
        return value(member.value(), names);
    }

    /// `type` is an expression in a variable only; elsewhere it is an argument like any other.
    private static boolean namesThings(String block, String name) {
        return !name.equals("type") || block.equals("variable");
    }

    private Expr value(JsonTree.Node node, boolean expressions) {
        return switch (node) {
            case JsonTree.TextNode text -> expressions ? expression(text) : template(text);
            case JsonTree.ArrayNode array ->
                    new Tuple(
                            array.items().stream().map(item -> value(item, expressions)).toList(),
                            node.span());
            case JsonTree.ObjectNode _ -> {
                List<Item> items = new ArrayList<>();
                for (JsonTree.Member member : members(node)) {
                    Expr key = template(new JsonTree.TextNode(member.name(), member.nameSpan()));
                    Expr value = value(member.value(), expressions);
                    items.add(new Item(key, value, member.nameSpan().to(member.value().span())));
                }
                yield new Obj(items, node.span());
            }
            case JsonTree.WordNode word -> word(word);
        };
    }

    private Expr constant(JsonTree.Node node) {
        return switch (node) {
            case JsonTree.TextNode(String text, Span span) -> text(text, span);
            case JsonTree.ArrayNode array ->
                    new Tuple(array.items().stream().map(this::constant).toList(), node.span());
            case JsonTree.ObjectNode _ -> {
                List<Item> items = new ArrayList<>();
                for (JsonTree.Member member : members(node)) {
                    Span span = member.nameSpan().to(member.value().span());
                    Expr key = text(member.name(), member.nameSpan());
                    items.add(new Item(key, constant(member.value()), span));
                }
                yield new Obj(items, node.span());
            }
            case JsonTree.WordNode word -> word(word);
        };
    }

    private static Expr text(String text, Span span) {
        return new Template(
                text.isEmpty() ? List.of() : List.of(new Text(text, span)), false, span);
    }

    private Expr word(JsonTree.WordNode word) {
        return switch (word.text()) {
            case "null" -> new Null(word.span());
            case "true", "false" -> new Bool(word.text().equals("true"), word.span());
            default -> number(word);
        };
    }

    private Expr number(JsonTree.WordNode word) {
        try {
            return TermParser.number(word.text(), word.span());
        } catch (SyntaxProblem problem) {
            problems.add(problem);
            return new Invalid(word.span());
        }
    }

    private Expr template(JsonTree.TextNode text) {
        return text.text().contains("${") || text.text().contains("%{")
                ? inner(text, true)
                : text(text.text(), text.span());
    }

    private Expr expression(JsonTree.TextNode text) {
        return inner(text, false);
    }

    /// Reads what a JSON string holds; all of it stands where the string stands.
    private Expr inner(JsonTree.TextNode text, boolean template) {
        Lexer.Result lexed =
                template
                        ? Lexer.readTemplate(text.text(), text.span())
                        : Lexer.read(text.text(), text.span());
        try {
            if (!lexed.problems().isEmpty()) {
                throw lexed.problems().getFirst();
            }
            Parsing parsing = new Parsing(lexed.tokens());
            if (template) {
                return parsing.templates().whole();
            }
            parsing.cursor().countNewlines(false);
            Expr expression = parsing.expressions().expression();
            parsing.expect(TokenKind.END, "Remove what follows the expression");
            return expression;
        } catch (SyntaxProblem problem) {
            report(text.span(), problem.message(), problem.mend());
            return new Invalid(text.span());
        }
    }
}
