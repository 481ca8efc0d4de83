package dev.devopspack.manager;

import dev.devopspack.change.Artifact;
import dev.devopspack.language.hcl.Hcl;
import dev.devopspack.language.hcl.HclParser;
import dev.devopspack.language.yaml.Yaml;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.language.yaml.YamlSchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a file gives names to or calls by name, and the values in it that are one word: an image, a
/// branch, a host. Sentences, comments and blocks of text are no names.
///
/// What cannot be read gives the names before the mistake; the gates refuse such a file.
final class Identifiers {

    private static final Pattern SPACE = Pattern.compile("\\s");

    /// Instructions of a Dockerfile whose words are names.
    private static final Set<String> NAMING = Set.of("FROM", "ARG", "ENV", "LABEL", "COPY", "USER");

    private final List<String> names = new ArrayList<>();
    private final List<String> words = new ArrayList<>();

    /// Anchors make one node stand in many places.
    private final Set<YamlNode> met = Collections.newSetFromMap(new IdentityHashMap<>());

    private Identifiers() {}

    /// @param names given in the file or used to call something
    /// @param words values of one word, and keys of several
    record Found(List<String> names, List<String> words) {

        Found {
            names = List.copyOf(names);
            words = List.copyOf(words);
        }
    }

    static Found in(Artifact file) {
        Identifiers found = new Identifiers();
        String name = file.name().value();
        String last = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        switch (file.name().extension()) {
            case "tf", "tfvars", "hcl" -> found.body(HclParser.parse(name, file.text()).body());
            case "yaml", "yml", "json" ->
                    Yaml.read(name, file.text(), YamlSchema.GITHUB)
                            .documents()
                            .forEach(found::node);
            default -> {
                if (last.startsWith("dockerfile") || last.startsWith("containerfile")) {
                    found.dockerfile(file.text());
                }
            }
        }
        return new Found(found.names, found.words);
    }

    private void name(@Nullable String name) {
        if (name != null) {
            // A key that is a sentence, as texts for people have them.
            (SPACE.matcher(name).find() ? words : names).add(name);
        }
    }

    private void value(String text) {
        if (!SPACE.matcher(text).find()) {
            words.add(text);
        }
    }

    private void node(YamlNode node) {
        switch (node) {
            case YamlNode.Scalar scalar -> value(scalar.content());
            case YamlNode.Sequence sequence -> {
                if (met.add(sequence)) {
                    sequence.items().forEach(this::node);
                }
            }
            case YamlNode.Mapping mapping -> {
                if (met.add(mapping)) {
                    mapping.entries()
                            .forEach((key, entry) -> {
                                name(key);
                                node(entry.value());
                            });
                }
            }
        }
    }

    private void dockerfile(String text) {
        text.lines()
                .map(String::strip)
                .map(line -> List.of(SPACE.split(line)))
                .filter(line -> NAMING.contains(line.getFirst().toUpperCase(Locale.ROOT)))
                .forEach(words::addAll);
    }

    private void body(Hcl.Body body) {
        for (Hcl.Attribute attribute : body.attributes()) {
            name(attribute.name());
            expression(attribute.value());
        }
        for (Hcl.Block block : body.blocks()) {
            name(block.type());
            block.labels().forEach(this::name);
            body(block.body());
        }
    }

    private void expressions(List<Hcl.Expr> all) {
        all.forEach(this::expression);
    }

    private void expression(Hcl.@Nullable Expr expression) {
        switch (expression) {
            case null -> {}
            case Hcl.Template template -> template(template);
            case Hcl.Tuple tuple -> expressions(tuple.items());
            case Hcl.Obj object ->
                    object.items().forEach(item -> expressions(List.of(item.key(), item.value())));
            case Hcl.Var variable -> name(variable.name());
            case Hcl.GetAttr attribute -> {
                name(attribute.name());
                expression(attribute.target());
            }
            case Hcl.Index index -> expressions(List.of(index.target(), index.key()));
            case Hcl.Splat splat -> expressions(List.of(splat.target(), splat.rest()));
            case Hcl.Call call -> {
                name(call.name());
                expressions(call.arguments());
            }
            case Hcl.Conditional choice ->
                    expressions(List.of(choice.test(), choice.yes(), choice.no()));
            case Hcl.Binary binary -> expressions(List.of(binary.left(), binary.right()));
            case Hcl.Unary unary -> expression(unary.operand());
            case Hcl.Paren paren -> expression(paren.inner());
            case Hcl.For loop -> {
                name(loop.keyName());
                name(loop.valueName());
                expression(loop.source());
                expression(loop.key());
                expression(loop.value());
                expression(loop.filter());
            }
            case Hcl.Num _, Hcl.Bool _, Hcl.Null _, Hcl.SplatItem _, Hcl.Invalid _ -> {}
        }
    }

    private void template(Hcl.Template template) {
        boolean sentence =
                template.heredoc()
                        || template.parts().stream()
                                .anyMatch(part ->
                                        part instanceof Hcl.Text text
                                                && SPACE.matcher(text.value()).find());
        parts(template.parts(), sentence);
    }

    private void parts(List<Hcl.Part> parts, boolean sentence) {
        for (Hcl.Part part : parts) {
            switch (part) {
                case Hcl.Text text -> {
                    if (!sentence) {
                        value(text.value());
                    }
                }
                case Hcl.Interpolation inner -> expression(inner.expression());
                case Hcl.IfPart choice -> {
                    expression(choice.test());
                    parts(choice.yes(), sentence);
                    parts(choice.no(), sentence);
                }
                case Hcl.ForPart loop -> {
                    name(loop.keyName());
                    name(loop.valueName());
                    expression(loop.source());
                    parts(loop.body(), sentence);
                }
            }
        }
    }
}
