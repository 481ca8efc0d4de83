package dev.devopspack.specialist;

import dev.devopspack.testing.Golden;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Writes the reference of all blueprints from the catalogue that runs.
class BlueprintReferenceTest {

    @Test
    void thePageOfBlueprintsSaysWhatTheCatalogueHolds() {
        StringBuilder page =
                new StringBuilder(
                        """
                        # Blueprints

                        What `devops_terraform`, `configuration_generation` can make. This page is written from the
                        catalogue by a test: `./mvnw test -Dgolden=update` rewrites it.

                        A blueprint is a folder of real files under `src/main/resources/blueprints/`. A task's inputs
                        become values in `ENVIRONMENT.auto.tfvars`; the files themselves are taken as they are. One
                        resource stands at the root of the change set, several stand in a folder each, named after them,
                        with a state of their own.

                        To add one: the folder with its `blueprint.yaml`, and its line in `blueprints/index.txt`.
                        """);
        for (Blueprint blueprint : BlueprintCatalog.shipped("terraform").blueprints()) {
            page.append(section(blueprint));
        }

        Golden.assertDocument("blueprints.md", page.toString());
    }

    private static String section(Blueprint blueprint) {
        StringBuilder text = new StringBuilder();
        text.append("\n## ")
                .append(blueprint.type())
                .append(" (")
                .append(blueprint.provider())
                .append(")\n\n")
                .append(blueprint.description())
                .append("\n\nPinned: ");
        text.append(
                        String.join(
                                ", ",
                                blueprint.pins().entrySet().stream()
                                        .map(pin -> pin.getKey() + " `" + pin.getValue() + "`")
                                        .toList()))
                .append(".\n\n| input | type | default | what it is |\n|---|---|---|---|\n");
        for (BlueprintInput input : blueprint.inputs()) {
            text.append("| `")
                    .append(input.name())
                    .append("` | ")
                    .append(input.type().label())
                    .append(" | ")
                    .append(usual(input))
                    .append(" | ")
                    .append(input.description())
                    .append(" |\n");
        }
        text.append("\nTo know beforehand:\n\n");
        blueprint.notes().forEach(note -> text.append("- ").append(note.text()).append('\n'));
        return text.toString();
    }

    private static String usual(BlueprintInput input) {
        BlueprintFile.Input written = input.written();
        if (input.required()) {
            return "required";
        }
        Object value = written.defaultValue();
        if (value != null) {
            boolean empty = value.equals(List.of()) || value.equals(Map.of());
            return empty ? "none" : "`" + Blueprint.words(value) + "`";
        }
        BlueprintFile.Choice choice = written.defaultBy();
        if (choice != null) {
            return "by " + choice.input();
        }
        return written.defaultText() == null ? "none" : "`" + written.defaultText() + "`";
    }
}
