package dev.devopspack.gate.quality;

import dev.devopspack.change.Artifact;
import dev.devopspack.language.hcl.Hcl.Call;
import dev.devopspack.language.hcl.Hcl.Expr;
import dev.devopspack.language.hcl.Hcl.GetAttr;
import dev.devopspack.language.hcl.Hcl.Interpolation;
import dev.devopspack.language.hcl.Hcl.Paren;
import dev.devopspack.language.hcl.Hcl.Part;
import dev.devopspack.language.hcl.Hcl.Template;
import dev.devopspack.language.hcl.Hcl.Text;
import dev.devopspack.language.hcl.Hcl.Var;
import dev.devopspack.language.hcl.HclParser;
import dev.devopspack.language.hcl.HclParser.ParsedExpression;
import dev.devopspack.language.hcl.ParsedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Refuses functions that read files, unless what they read is provably a file of the change set.
///
/// Proof is a literal: `"${path.module}/policies/admin.json"`. Anything that has to be evaluated is
/// refused.
final class FileFunctions {
    /// Terraform's own functions can also be called by this name.
    private static final String CORE = "core::";

    private static final Set<String> READERS =
            Set.of(
                    "file",
                    "filebase64",
                    "filebase64sha256",
                    "filebase64sha512",
                    "fileexists",
                    "filemd5",
                    "fileset",
                    "filesha1",
                    "filesha256",
                    "filesha512",
                    "templatefile");

    /// Functions that answer without the file being there.
    private static final Set<String> MAY_BE_MISSING = Set.of("fileexists", "fileset");

    private static final String MEND =
            "Write the path as a literal below the module: \"${path.module}/name\", without '..'";

    private final TerraformFiles files;
    private final Findings findings;

    FileFunctions(TerraformFiles files, Findings findings) {
        this.files = files;
        this.findings = findings;
    }

    void check(String folder, ParsedFile file) {
        for (Calls.Found found : Calls.in(file.body())) {
            check(folder, file, found);
        }
    }

    private void check(String folder, ParsedFile file, Calls.Found found) {
        Call call = found.call();
        String name = plainName(call.name());
        if (name.contains("::")) {
            refuse(
                    file,
                    call,
                    "the provider's function '" + call.name() + "' is run by a plugin",
                    "Compute the value with Terraform's own functions");
        } else if (name.equals("templatestring")) {
            refuse(
                    file,
                    call,
                    "'templatestring' can call every function from a text that is not known here",
                    "Write the template where it is used");
        } else if (name.equals("pathexpand")) {
            refuse(
                    file,
                    call,
                    "'pathexpand' depends on the machine it runs on",
                    "Write the path as a literal");
        } else if (READERS.contains(name)) {
            checkReader(folder, file, found, name);
        } else if (name.startsWith("file") || name.startsWith("template")) {
            refuse(
                    file,
                    call,
                    "the function '" + call.name() + "' is not known here and may read files",
                    "Use a function of Terraform 1.11 or older");
        }
    }

    private void checkReader(String folder, ParsedFile file, Calls.Found found, String name) {
        Call call = found.call();
        int paths = name.equals("fileset") ? 2 : 1;
        if (call.arguments().size() < paths || call.expandLast()) {
            refuse(
                    file,
                    call,
                    "'" + call.name() + "' is called with arguments that are not written out",
                    MEND);
            return;
        }
        Optional<SortedSet<String>> read =
                found.pathShadowed()
                        ? Optional.empty()
                        : paths(folder, call.arguments().getFirst());
        if (read.isEmpty()) {
            refuse(
                    file,
                    call,
                    "'" + call.name() + "' reads a path that is not provably inside the module",
                    MEND);
        } else if (name.equals("fileset")
                && literal(call.arguments().get(1)).filter(FileFunctions::stays).isEmpty()) {
            refuse(
                    file,
                    call,
                    "the pattern of 'fileset' is not a literal that stays inside the module",
                    "Write the pattern as a literal without '..', for example \"*.json\"");
        } else if (name.equals("templatefile")) {
            checkTemplate(file, call, read.get());
        } else if (!MAY_BE_MISSING.contains(name)
                && read.get().stream().allMatch(path -> files.artifacts().find(path).isEmpty())) {
            refuse(
                    file,
                    call,
                    "'" + call.name() + "' reads " + read.get() + ", which is not among the files",
                    "Submit the file with the module");
        }
    }

    /// What a template may not do: the same as a module, and read nothing at all.
    private void checkTemplate(ParsedFile file, Call call, SortedSet<String> names) {
        List<Artifact> templates = new ArrayList<>();
        names.forEach(name -> files.artifacts().find(name).ifPresent(templates::add));
        if (templates.isEmpty()) {
            refuse(
                    file,
                    call,
                    "the template " + names + " is not among the files",
                    "Submit the template with the module");
        }
        for (Artifact template : templates) {
            String name = template.name().value();
            ParsedExpression parsed = HclParser.parseTemplate(name, template.text());
            if (!parsed.diagnostics().isEmpty()) {
                findings.add(parsed.diagnostics().getFirst());
            }
            for (Calls.Found found : Calls.in(parsed.expression())) {
                String function = plainName(found.call().name());
                if (READERS.contains(function)
                        || function.contains("::")
                        || function.startsWith("file")
                        || function.startsWith("template")
                        || function.equals("pathexpand")) {
                    findings.add(
                            name,
                            found.call().span().line(),
                            found.call().span().column(),
                            "the template calls '"
                                    + found.call().name()
                                    + "', which can read outside of the module",
                            "Read the file in the module and pass its content to the template");
                }
            }
        }
    }

    private void refuse(ParsedFile file, Call call, String message, String mend) {
        findings.add(file, call.span(), message, mend);
    }

    private static String plainName(String name) {
        return name.startsWith(CORE) ? name.substring(CORE.length()) : name;
    }

    /// The artifacts' names that an expression can stand for: a relative path means the folder
    /// terraform was started in.
    private Optional<SortedSet<String>> paths(String folder, Expr expression) {
        if (expression instanceof Paren paren) {
            return paths(folder, paren.inner());
        }
        Optional<String> base = pathName(expression);
        if (base.isPresent()) {
            return Optional.of(below(folder, base.get(), ""));
        }
        if (!(expression instanceof Template template) || template.parts().isEmpty()) {
            return Optional.empty();
        }
        Part first = template.parts().getFirst();
        if (first instanceof Interpolation interpolation) {
            return pathName(interpolation.expression())
                    .flatMap(name ->
                            text(template.parts().subList(1, template.parts().size()))
                                    .filter(rest -> rest.isEmpty() || rest.startsWith("/"))
                                    .filter(rest -> stays("." + rest))
                                    .map(rest -> below(folder, name, rest)));
        }
        return template.literal()
                .filter(FileFunctions::stays)
                .map(rest -> below(folder, "root", rest));
    }

    private SortedSet<String> below(String folder, String base, String rest) {
        SortedSet<String> names = new TreeSet<>();
        SortedSet<String> folders =
                base.equals("module") ? new TreeSet<>(Set.of(folder)) : files.roots();
        folders.forEach(from -> TerraformFiles.resolved(from, rest).ifPresent(names::add));
        return names;
    }

    /// `module` of `path.module`; `root` of `path.root`.
    private static Optional<String> pathName(Expr expression) {
        if (expression instanceof Paren paren) {
            return pathName(paren.inner());
        }
        return expression instanceof GetAttr(Var(String root, var _), String name, var _)
                        && root.equals("path")
                        && Set.of("module", "root").contains(name)
                ? Optional.of(name)
                : Optional.empty();
    }

    private static Optional<String> literal(Expr expression) {
        if (expression instanceof Paren paren) {
            return literal(paren.inner());
        }
        return expression instanceof Template template ? template.literal() : Optional.empty();
    }

    private static Optional<String> text(List<Part> parts) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (!(part instanceof Text literal)) {
                return Optional.empty();
            }
            text.append(literal.value());
        }
        return Optional.of(text.toString());
    }

    /// True for a relative path without a step upwards, on every system.
    private static boolean stays(String path) {
        boolean plain =
                path.codePoints()
                        .noneMatch(c ->
                                c == '\\' || c == ':' || c == '~' || Character.isISOControl(c));
        return plain
                && !path.isEmpty()
                && !path.startsWith("/")
                && !List.of(path.split("/", -1)).contains("..")
                // fileset braces: {a,..}/x would name the parent folder
                && !path.contains("..");
    }
}
