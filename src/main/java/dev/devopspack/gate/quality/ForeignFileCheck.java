package dev.devopspack.gate.quality;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.gate.quality.TerraformFiles.Module;
import dev.devopspack.gate.quality.TerraformFiles.Placed;
import dev.devopspack.language.Span;
import dev.devopspack.language.hcl.Hcl.Attribute;
import dev.devopspack.language.hcl.Hcl.Block;
import dev.devopspack.language.hcl.Hcl.Body;
import dev.devopspack.language.hcl.Hcl.Expr;
import dev.devopspack.language.hcl.Hcl.Item;
import dev.devopspack.language.hcl.Hcl.Obj;
import dev.devopspack.language.hcl.Hcl.Template;
import dev.devopspack.language.hcl.ParsedFile;
import dev.devopspack.language.schema.SchemaPack;
import dev.devopspack.language.schema.SchemaPacks;
import dev.devopspack.policy.Finding;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Refuses what would make terraform act, or read anything that is not in the change set, before it
/// is started.
///
/// Terraform executes and reads while it plans: provisioners of a test, `external` and `http` data,
/// `file("/etc/passwd")`, modules from the network. So this check knows what is harmless and
/// refuses the rest; what it cannot read it refuses too. It looks at every `.tf` file of the change
/// set, called or not.
public final class ForeignFileCheck {
    static final String STEP = "self-contained";
    static final String TITLE = "The module acts on nothing and reads nothing but its own files";

    private static final Set<String> TOP_BLOCKS =
            Set.of(
                    "terraform",
                    "provider",
                    "variable",
                    "output",
                    "locals",
                    "resource",
                    "data",
                    "module",
                    "moved",
                    "import",
                    "removed",
                    "check");
    private static final Set<String> TERRAFORM_BLOCKS =
            Set.of("required_providers", "backend", "cloud", "provider_meta");
    private static final Set<String> ACTING_BLOCKS = Set.of("provisioner", "connection");
    private static final Set<String> READING_DATA =
            Set.of("external", "http", "terraform_remote_state");

    /// Programs that providers run to sign in, which people use every day.
    private static final Set<String> SIGN_IN_PROGRAMS =
            Set.of("aws", "az", "gcloud", "gke-gcloud-auth-plugin", "kubelogin");

    private static final List<String> FORBIDDEN_ENDINGS =
            List.of(
                    ".tf.json",
                    ".tofu",
                    ".tofu.json",
                    ".tfstate",
                    ".tfstate.backup",
                    ".tfrc",
                    ".tfplan",
                    "_override.tf");
    private static final Set<String> FORBIDDEN_NAMES =
            Set.of("override.tf", ".terraformrc", "terraform.rc");

    /// A module that calls itself, or a tower of modules, would keep terraform busy for ever.
    private static final int MAX_CALL_DEPTH = 10;

    /// Calls counted once for each way they are reached: each costs terraform a module of its own.
    private static final int MAX_CALLS = 500;

    private final TerraformFiles files;
    private final Findings findings = new Findings(STEP, TITLE);

    private ForeignFileCheck(TerraformFiles files) {
        this.files = files;
    }

    /// Judges the files of a caller, or of anybody.
    ///
    /// @param root the folder that terraform would be started in, empty for the top
    public static Clearance check(Artifacts artifacts, String root) {
        return clearance(TerraformFiles.of(artifacts), root, false);
    }

    /// Judges what a blueprint of ours wrote: the same check, but its tests may run.
    public static Clearance checkBlueprint(Artifacts artifacts, String root) {
        return clearance(TerraformFiles.of(artifacts), root, true);
    }

    static Clearance clearance(TerraformFiles files, String root, boolean ownBlueprint) {
        List<Finding> refused = refusals(files).list();
        if (!refused.isEmpty()) {
            return new Clearance.Refused(refused);
        }
        if (files.module(root).isEmpty()) {
            return new Clearance.NotServed("There is no .tf file in '" + root + "'");
        }
        SortedSet<String> providers = new TreeSet<>();
        SortedSet<String> unserved = new TreeSet<>();
        for (Module module : files.reachable(root)) {
            for (String source : sources(module)) {
                Optional<SchemaPack> pack = SchemaPacks.forSource(source);
                pack.ifPresentOrElse(
                        found -> providers.add(found.provider()), () -> unserved.add(source));
            }
        }
        return unserved.isEmpty()
                ? new Clearance.Cleared(
                        new ClearedModule(
                                files.artifacts(), root, List.copyOf(providers), ownBlueprint))
                : new Clearance.NotServed(
                        "No schema pack for "
                                + String.join(", ", unserved)
                                + ": terraform cannot be run offline");
    }

    private static Set<String> sources(Module module) {
        ProviderUse use = ProviderUse.of(module);
        Set<String> sources = new HashSet<>();
        use.used().keySet().forEach(name -> sources.add(use.source(name)));
        use.required().values().forEach(entry -> sources.add(entry.source()));
        return sources;
    }

    /// Everything that speaks against giving these files to terraform.
    static Findings refusals(TerraformFiles files) {
        ForeignFileCheck check = new ForeignFileCheck(files);
        files.artifacts().forEach(check::fileName);
        files.all().forEach(check::readable);
        FileFunctions functions = new FileFunctions(files, check.findings);
        for (Module module : files.modules()) {
            module.files().forEach(file -> check.file(module, file));
            module.files().forEach(file -> functions.check(module.folder(), file));
        }
        files.variableFiles()
                .forEach(file -> functions.check(TerraformFiles.folderOf(file.name()), file));
        files.modules().forEach(module -> check.callTower(module));
        return check.findings;
    }

    private void fileName(Artifact artifact) {
        String name = artifact.name().value();
        String last = TerraformFiles.lastPart(name);
        if (FORBIDDEN_NAMES.contains(last) || FORBIDDEN_ENDINGS.stream().anyMatch(last::endsWith)) {
            findings.add(
                    name,
                    0,
                    0,
                    "'"
                            + last
                            + "' is a kind of file that is not read here, but terraform would obey it",
                    "Leave it out, or write its content into plain .tf files");
        } else if (name.startsWith(".terraform/") || name.contains("/.terraform/")) {
            findings.add(
                    name,
                    0,
                    0,
                    "'.terraform' is terraform's own working folder",
                    "Leave the folder out");
        }
    }

    private void readable(ParsedFile file) {
        if (!file.valid()) {
            findings.add(
                    file.name(),
                    0,
                    0,
                    "the file cannot be read, so what it does is not known",
                    "Mend its syntax first");
        }
    }

    private void file(Module module, ParsedFile file) {
        for (Block block : file.body().blocks()) {
            switch (block.type()) {
                case "terraform" -> settings(file, block);
                case "provider" -> provider(file, block);
                case "resource" -> resource(file, block);
                case "data" -> data(file, block);
                case "check" -> block.body().blocks("data").forEach(data -> data(file, data));
                case "module" -> call(module, file, block);
                case "removed" -> acting(file, block);
                default -> topBlock(file, block);
            }
        }
    }

    private void topBlock(ParsedFile file, Block block) {
        if (!TOP_BLOCKS.contains(block.type())) {
            findings.add(
                    file,
                    block.header(),
                    "'"
                            + block.type()
                            + "' blocks are not known to be harmless while terraform plans",
                    "Leave the block out");
        }
    }

    private void settings(ParsedFile file, Block terraform) {
        for (Block block : terraform.body().blocks()) {
            if (!TERRAFORM_BLOCKS.contains(block.type())) {
                findings.add(
                        file,
                        block.header(),
                        "'terraform' holds a block '" + block.type() + "' that is not known here",
                        "Leave the block out");
            }
        }
        for (Attribute attribute : terraform.body().attributes()) {
            if (!attribute.name().equals("required_version")) {
                findings.add(
                        file,
                        attribute.nameSpan(),
                        "'terraform' holds a setting '"
                                + attribute.name()
                                + "' that is not known here",
                        "Leave the setting out");
            }
        }
    }

    private void resource(ParsedFile file, Block block) {
        acting(file, block);
    }

    private void acting(ParsedFile file, Block owner) {
        for (Block block : owner.body().blocks()) {
            boolean generated =
                    block.type().equals("dynamic")
                            && block.labels().stream().anyMatch(ACTING_BLOCKS::contains);
            if (ACTING_BLOCKS.contains(block.type()) || generated) {
                findings.add(
                        file,
                        block.header(),
                        "a provisioner runs programs, here or elsewhere",
                        "Leave it out: bake it into the image or use user data");
            }
        }
    }

    private void data(ParsedFile file, Block block) {
        String type = block.labels().isEmpty() ? "" : block.labels().getFirst();
        if (READING_DATA.contains(type)) {
            findings.add(
                    file,
                    block.header(),
                    "data of type '" + type + "' is read from outside while terraform plans",
                    "Take the value as a variable");
        }
        acting(file, block);
    }

    private void provider(ParsedFile file, Block block) {
        execBelow(file, block.body());
    }

    private void execBelow(ParsedFile file, Body body) {
        for (Block block : body.blocks()) {
            if (block.type().equals("exec")
                    || (block.type().equals("dynamic") && block.labels().contains("exec"))) {
                signIn(file, block, command(block.body()));
            }
            execBelow(file, block.body());
        }
        body.attributes().forEach(attribute -> execIn(file, attribute.name(), attribute.value()));
    }

    private void execIn(ParsedFile file, String name, Expr value) {
        if (value instanceof Obj object) {
            if (name.equals("exec")) {
                Optional<Expr> command =
                        object.items().stream()
                                .filter(item -> item.name().filter("command"::equals).isPresent())
                                .map(Item::value)
                                .findFirst();
                if (command.flatMap(ForeignFileCheck::literal)
                        .filter(SIGN_IN_PROGRAMS::contains)
                        .isEmpty()) {
                    refuseExec(file, value.span());
                }
            }
            object.items().forEach(item -> execIn(file, item.name().orElse(""), item.value()));
        } else if (name.equals("exec")) {
            refuseExec(file, value.span());
        }
    }

    private void signIn(ParsedFile file, Block block, Optional<String> command) {
        if (command.filter(SIGN_IN_PROGRAMS::contains).isEmpty()) {
            refuseExec(file, block.header());
        }
    }

    private void refuseExec(ParsedFile file, Span span) {
        findings.add(
                file,
                span,
                "the provider signs in by running a program that is not one of "
                        + new TreeSet<>(SIGN_IN_PROGRAMS),
                "Name one of these as a literal, or give the provider a token");
    }

    private static Optional<String> command(Body body) {
        List<Attribute> commands =
                body.attributes().stream()
                        .filter(attribute -> attribute.name().equals("command"))
                        .toList();
        return commands.size() == 1 ? literal(commands.getFirst().value()) : Optional.empty();
    }

    private static Optional<String> literal(Expr expression) {
        return expression instanceof Template template ? template.literal() : Optional.empty();
    }

    private void call(Module module, ParsedFile file, Block block) {
        Optional<String> folder = TerraformFiles.localSource(module.folder(), block);
        if (folder.isEmpty()) {
            findings.add(
                    file,
                    block.header(),
                    "the module's source is not a literal path inside the change set",
                    "Submit the module's files and name their folder: source = \"./modules/name\"");
        } else if (files.module(folder.get()).isEmpty()) {
            findings.add(
                    file,
                    block.header(),
                    "there is no module in '" + folder.get() + "'",
                    "Submit the module's files with the others");
        }
    }

    private void callTower(Module module) {
        int[] budget = {MAX_CALLS};
        if (!climbs(module, 0, budget)) {
            Placed first = module.blocks("module").getFirst();
            findings.add(
                    first.file(),
                    first.span(),
                    "modules call each other in a circle, deeper than "
                            + MAX_CALL_DEPTH
                            + " or more than "
                            + MAX_CALLS
                            + " times",
                    "Let a module call only modules that do not call it");
        }
    }

    private boolean climbs(Module module, int depth, int[] budget) {
        for (Placed call : module.blocks("module")) {
            Optional<Module> called =
                    TerraformFiles.localSource(module.folder(), call.block())
                            .flatMap(files::module);
            if (depth >= MAX_CALL_DEPTH
                    || --budget[0] < 0
                    || (called.isPresent() && !climbs(called.get(), depth + 1, budget))) {
                return false;
            }
        }
        return true;
    }
}
