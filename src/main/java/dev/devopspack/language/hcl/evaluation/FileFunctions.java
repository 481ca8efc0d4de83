package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.hcl.Hcl.Template;
import dev.devopspack.language.hcl.HclParser;
import dev.devopspack.language.hcl.ParsedFile;
import dev.devopspack.language.hcl.function.Functions;
import dev.devopspack.language.hcl.value.Conversions;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.ObjectValue;
import dev.devopspack.language.hcl.value.Value.Str;
import dev.devopspack.language.hcl.value.Value.Unknown;
import dev.devopspack.language.hcl.value.ValueProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Functions that read files: only those handed in with the module, never a disk.
final class FileFunctions {

    /// Functions of a file's content, and the function of the library that does the rest.
    private static final Map<String, String> CONTENT =
            Map.of(
                    "file", "",
                    "filebase64", "base64encode",
                    "filemd5", "md5",
                    "filesha1", "sha1",
                    "filesha256", "sha256",
                    "filesha512", "sha512",
                    "filebase64sha256", "base64sha256",
                    "filebase64sha512", "base64sha512");

    private final Evaluation evaluation;
    private final ExpressionEvaluator expressions;

    FileFunctions(Evaluation evaluation, ExpressionEvaluator expressions) {
        this.evaluation = evaluation;
        this.expressions = expressions;
    }

    boolean handles(String name) {
        return CONTENT.containsKey(name)
                || name.equals("templatefile")
                || name.equals("templatestring")
                || name.equals("fileexists")
                || name.equals("fileset");
    }

    Value call(String name, List<Value> arguments, Scope scope) {
        int needed = name.startsWith("template") || name.equals("fileset") ? 2 : 1;
        if (arguments.size() != needed) {
            throw new ValueProblem(
                    "\"" + name + "\" is called with " + arguments.size() + " arguments",
                    "Give it " + needed);
        }
        if (arguments.getFirst() instanceof Unknown unknown) {
            return Unknown.from(List.of(unknown));
        }
        if (name.equals("fileset")) {
            return Unknown.because("which files are in a folder is only known at run time");
        }
        String argument =
                Conversions.text(arguments.getFirst())
                        .orElseThrow(() ->
                                new ValueProblem(
                                        "argument 1 of \"" + name + "\" is no string",
                                        "Give it a path"));
        if (name.equals("templatestring")) {
            return rendered("the template", argument, arguments.get(1), scope);
        }
        return content(argument)
                .map(text -> of(name, argument, text, arguments, scope))
                .orElseGet(
                        () -> Unknown.because("the file \"" + argument + "\" was not handed in"));
    }

    private Value of(String name, String path, String text, List<Value> arguments, Scope scope) {
        if (name.equals("fileexists")) {
            return Value.Bool.TRUE;
        }
        if (name.equals("templatefile")) {
            return rendered(path, text, arguments.get(1), scope);
        }
        String function = CONTENT.getOrDefault(name, "");
        return function.isEmpty()
                ? new Str(text)
                : Functions.call(function, List.of(new Str(text)), evaluation.budget());
    }

    private Optional<String> content(String path) {
        return Paths.join(evaluation.rootDirectory(), path)
                .flatMap(joined -> {
                    String text = evaluation.files().texts().get(joined);
                    ParsedFile parsed = evaluation.files().configuration().get(joined);
                    return Optional.ofNullable(
                            text == null && parsed != null ? parsed.text() : text);
                });
    }

    private Value rendered(String path, String text, Value variables, Scope scope) {
        if (variables instanceof Unknown unknown) {
            return Unknown.from(List.of(unknown));
        }
        if (!(variables instanceof ObjectValue object)) {
            throw new ValueProblem(
                    "the values of the template are " + variables.kind(), "Give it an object");
        }
        HclParser.ParsedExpression parsed = HclParser.parseTemplate(path, text);
        if (!(parsed.expression() instanceof Template template)
                || !parsed.diagnostics().isEmpty()) {
            List<String> problems = new ArrayList<>();
            parsed.diagnostics().stream().limit(1).forEach(d -> problems.add(d.text()));
            throw new ValueProblem(
                    "the template cannot be read: " + String.join("", problems),
                    "Mend the template");
        }
        Scope inner = new Scope(scope.module(), path, null, object.members());
        return expressions.templates().text(template, inner);
    }
}
