package dev.devopspack.gate.quality;

import dev.devopspack.gate.quality.TerraformFiles.Module;
import dev.devopspack.gate.quality.TerraformFiles.Placed;
import dev.devopspack.language.Span;
import dev.devopspack.language.hcl.Hcl.Attribute;
import dev.devopspack.language.hcl.Hcl.Block;
import dev.devopspack.language.hcl.Hcl.Expr;
import dev.devopspack.language.hcl.Hcl.GetAttr;
import dev.devopspack.language.hcl.Hcl.Item;
import dev.devopspack.language.hcl.Hcl.Obj;
import dev.devopspack.language.hcl.Hcl.Template;
import dev.devopspack.language.hcl.Hcl.Var;
import dev.devopspack.language.hcl.ParsedFile;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Which providers a module uses, under which local names, from which sources, in which versions.
final class ProviderUse {
    /// Resources and data sources of this provider are built into terraform.
    static final String BUILT_IN = "terraform";

    /// An entry of `required_providers`.
    ///
    /// @param source the provider's address; `hashicorp/NAME` where none is written
    /// @param version the constraint, if it is a literal
    record Required(ParsedFile file, Span span, String source, Optional<String> version) {}

    /// Where a local name is first used.
    record Use(ParsedFile file, Span span) {}

    private final Map<String, Required> required = new TreeMap<>();
    private final Map<String, Use> used = new TreeMap<>();

    private ProviderUse() {}

    static ProviderUse of(Module module) {
        ProviderUse use = new ProviderUse();
        for (Placed terraform : module.blocks("terraform")) {
            terraform.block().body().blocks("required_providers").stream()
                    .flatMap(block -> block.body().attributes().stream())
                    .forEach(entry ->
                            use.required.put(entry.name(), required(terraform.file(), entry)));
        }
        for (ParsedFile file : module.files()) {
            file.body().blocks().forEach(block -> use.block(file, block));
        }
        return use;
    }

    /// Entries of `required_providers` by local name.
    Map<String, Required> required() {
        return required;
    }

    /// Local names that resources, data sources and provider blocks use, other than the built-in
    /// one.
    Map<String, Use> used() {
        return used;
    }

    /// The address behind a local name.
    String source(String localName) {
        Required entry = required.get(localName);
        return entry == null ? "hashicorp/" + localName : entry.source();
    }

    /// The local name of a resource's or data source's provider.
    static String localName(Block block) {
        Optional<String> named =
                block.body().attribute("provider").flatMap(attribute -> root(attribute.value()));
        String type = block.labels().isEmpty() ? "" : block.labels().getFirst();
        int underscore = type.indexOf('_');
        return named.orElse(underscore < 0 ? type : type.substring(0, underscore));
    }

    private void block(ParsedFile file, Block block) {
        switch (block.type()) {
            case "resource", "data", "ephemeral" -> note(localName(block), file, block);
            case "provider" ->
                    block.labels().stream().findFirst().ifPresent(name -> note(name, file, block));
            case "check" ->
                    block.body().blocks("data").forEach(data -> note(localName(data), file, data));
            case "module" ->
                    block.body()
                            .attribute("providers")
                            .ifPresent(attribute -> passed(file, block, attribute.value()));
            default -> {}
        }
    }

    private void passed(ParsedFile file, Block block, Expr providers) {
        if (providers instanceof Obj object) {
            object.items()
                    .forEach(item -> root(item.value()).ifPresent(name -> note(name, file, block)));
        }
    }

    private void note(String localName, ParsedFile file, Block block) {
        if (!localName.equals(BUILT_IN) && !localName.isEmpty()) {
            used.putIfAbsent(localName, new Use(file, block.header()));
        }
    }

    /// The text of a literal string.
    static Optional<String> text(Expr expression) {
        return expression instanceof Template template ? template.literal() : Optional.empty();
    }

    private static Optional<String> root(Expr expression) {
        return switch (expression) {
            case Var variable -> Optional.of(variable.name());
            case GetAttr attribute -> root(attribute.target());
            case Template template -> template.literal().map(text -> text.split("\\.", 2)[0]);
            default -> Optional.empty();
        };
    }

    private static Required required(ParsedFile file, Attribute entry) {
        String byName = "hashicorp/" + entry.name();
        if (entry.value() instanceof Obj object) {
            return new Required(
                    file,
                    entry.nameSpan(),
                    literal(object, "source").orElse(byName),
                    literal(object, "version"));
        }
        Optional<String> version =
                entry.value() instanceof Template template ? template.literal() : Optional.empty();
        return new Required(file, entry.nameSpan(), byName, version);
    }

    private static Optional<String> literal(Obj object, String name) {
        return object.items().stream()
                .filter(item -> item.name().filter(name::equals).isPresent())
                .map(Item::value)
                .filter(Template.class::isInstance)
                .map(Template.class::cast)
                .findFirst()
                .flatMap(Template::literal);
    }
}
