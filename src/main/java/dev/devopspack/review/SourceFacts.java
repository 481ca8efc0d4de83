package dev.devopspack.review;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.language.hcl.Hcl;
import dev.devopspack.language.hcl.HclParser;
import dev.devopspack.language.hcl.ParsedFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What Terraform files bring in from outside or do beside describing resources.
///
/// @param backends where the state is kept, as written, by file
/// @param providers sources of providers, for example `hashicorp/aws`, sorted
/// @param modules sources of modules that are not in the files themselves, sorted
/// @param commands provisioners, by address
/// @param programs data sources that run a program or ask a server while planning, by address
/// @param unread files that could not be read, sorted
record SourceFacts(
        Map<String, String> backends,
        Set<String> providers,
        Set<String> modules,
        Set<String> commands,
        Set<String> programs,
        Set<String> unread) {

    static SourceFacts of(Artifacts artifacts) {
        SourceFacts facts =
                new SourceFacts(
                        new TreeMap<>(),
                        new TreeSet<>(),
                        new TreeSet<>(),
                        new TreeSet<>(),
                        new TreeSet<>(),
                        new TreeSet<>());
        for (Artifact artifact : artifacts) {
            String name = artifact.name().value();
            if (name.endsWith(".tf.json")) {
                facts.unread.add(name);
            } else if (name.endsWith(".tf")) {
                facts.read(HclParser.parse(name, artifact.bytes()));
            }
        }
        return facts;
    }

    private void read(ParsedFile file) {
        if (!file.valid()) {
            unread.add(file.name());
        }
        for (Hcl.Block block : file.body().blocks()) {
            switch (block.type()) {
                case "terraform" -> settings(file, block);
                case "module" -> literal(block, "source").ifPresent(this::module);
                case "resource" -> resource(block);
                case "data" -> data(block);
                default -> {}
            }
        }
    }

    private void settings(ParsedFile file, Hcl.Block terraform) {
        for (Hcl.Block block : terraform.body().blocks()) {
            if (block.type().equals("backend") || block.type().equals("cloud")) {
                backends.put(file.name(), file.text(block.span()));
            }
            if (block.type().equals("required_providers")) {
                for (Hcl.Attribute provider : block.body().attributes()) {
                    providers.add(source(provider).orElse("hashicorp/" + provider.name()));
                }
            }
        }
    }

    private static Optional<String> source(Hcl.Attribute provider) {
        if (provider.value() instanceof Hcl.Obj object) {
            for (Hcl.Item item : object.items()) {
                if (item.name().orElse("").equals("source")
                        && item.value() instanceof Hcl.Template template) {
                    return template.literal();
                }
            }
        }
        return Optional.empty();
    }

    private void module(String source) {
        if (!source.startsWith("./") && !source.startsWith("../")) {
            modules.add(source);
        }
    }

    private void resource(Hcl.Block resource) {
        List<Hcl.Block> provisioners = resource.body().blocks("provisioner");
        for (Hcl.Block provisioner : provisioners) {
            commands.add(
                    String.join(".", resource.labels())
                            + " ("
                            + String.join(" ", provisioner.labels())
                            + ")");
        }
    }

    private void data(Hcl.Block data) {
        if (!data.labels().isEmpty()
                && List.of("external", "http").contains(data.labels().getFirst())) {
            programs.add("data." + String.join(".", data.labels()));
        }
    }

    private static Optional<String> literal(Hcl.Block block, String attribute) {
        return block.body()
                .attribute(attribute)
                .flatMap(found ->
                        found.value() instanceof Hcl.Template template
                                ? template.literal()
                                : Optional.of("an expression"));
    }
}
