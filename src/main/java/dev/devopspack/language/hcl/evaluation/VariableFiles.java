package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.Diagnostic;
import dev.devopspack.language.hcl.Hcl.Attribute;
import dev.devopspack.language.hcl.ParsedFile;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.task.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Values from tfvars files, in the order in which Terraform lets later ones win.
final class VariableFiles {

    private VariableFiles() {}

    static void read(
            ModuleFiles files,
            String directory,
            ModuleState root,
            Map<String, Variables.Given> inputs) {
        for (String path : inOrder(files, directory)) {
            ParsedFile file = files.configuration().get(path);
            if (file == null) {
                continue;
            }
            for (Attribute attribute : file.body().attributes()) {
                if (!root.index().variables().containsKey(attribute.name())) {
                    root.report(undeclared(file, attribute, root));
                    continue;
                }
                Value value =
                        root.evaluation()
                                .bodies()
                                .value(attribute.value(), root.scope(file.name()));
                inputs.put(
                        attribute.name(),
                        new Variables.Given(value, root, file.name(), attribute.value().span()));
            }
        }
    }

    private static List<String> inOrder(ModuleFiles files, String directory) {
        String folder = directory.isEmpty() ? "" : directory + "/";
        List<String> order = new ArrayList<>();
        order.add(folder + "terraform.tfvars");
        order.add(folder + "terraform.tfvars.json");
        for (String path : files.in(directory).keySet()) {
            if (path.endsWith(".auto.tfvars") || path.endsWith(".auto.tfvars.json")) {
                order.add(path);
            }
        }
        return order;
    }

    private static Diagnostic undeclared(ParsedFile file, Attribute attribute, ModuleState root) {
        List<String> near = Nearest.to(attribute.name(), root.index().variables().keySet(), 1);
        return new Diagnostic(
                Diagnostic.Severity.WARNING,
                file.name(),
                attribute.nameSpan(),
                "the variable \"" + attribute.name() + "\" is not declared",
                near.isEmpty()
                        ? "Declare it in a variable block, or remove the value"
                        : "Did you mean \"" + near.getFirst() + "\"?");
    }
}
