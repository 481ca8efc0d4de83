package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.Span;
import dev.devopspack.language.hcl.Hcl.Attribute;
import dev.devopspack.language.hcl.Hcl.Block;
import dev.devopspack.language.hcl.Hcl.Body;
import dev.devopspack.language.hcl.Hcl.Bool;
import dev.devopspack.language.hcl.Hcl.Template;
import dev.devopspack.language.hcl.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Evaluates a module and the local modules it calls, as far as that is possible before an apply.
///
/// Total: whatever the files say, there is an answer. What fails is a diagnostic and an unknown
/// value.
public final class ModuleEvaluator {

    private final Evaluation evaluation;
    private final boolean checksReferences;

    private ModuleEvaluator(Evaluation evaluation, boolean checksReferences) {
        this.evaluation = evaluation;
        this.checksReferences = checksReferences;
    }

    /// Evaluates the module at the top of the files, with the values of its tfvars files.
    public static EvaluatedModule evaluate(ModuleFiles files) {
        return evaluate(files, "", Map.of());
    }

    /// @param directory folder of the root module; empty for the top of the files
    /// @param variables values that take precedence over those of tfvars files
    public static EvaluatedModule evaluate(
            ModuleFiles files, String directory, Map<String, Value> variables) {
        return evaluate(files, directory, variables, true);
    }

    /// The same without diagnostics of references to what is not declared, for callers that are
    /// after the values alone: it spares a walk through every expression.
    ///
    /// @param directory folder of the root module; empty for the top of the files
    public static EvaluatedModule values(ModuleFiles files, String directory) {
        return evaluate(files, directory, Map.of(), false);
    }

    private static EvaluatedModule evaluate(
            ModuleFiles files,
            String directory,
            Map<String, Value> variables,
            boolean checksReferences) {
        Evaluation evaluation = new Evaluation(files, directory);
        ModuleIndex index = ModuleIndex.of(files, directory);
        Map<String, Variables.Given> inputs = new HashMap<>();
        ModuleState root =
                new ModuleState(
                        evaluation,
                        index,
                        "",
                        List.of(directory),
                        name -> Optional.ofNullable(inputs.get(name)));
        VariableFiles.read(files, directory, root, inputs);
        variables.forEach((name, value) ->
                inputs.put(
                        name, new Variables.Given(value, root, "(given variables)", Span.START)));
        return new ModuleEvaluator(evaluation, checksReferences).result(root);
    }

    private EvaluatedModule result(ModuleState module) {
        ModuleIndex index = module.index();
        List<EvaluatedResource> resources = new ArrayList<>();
        for (String subject : index.resources().keySet()) {
            resources.addAll(module.resources().evaluated(subject).instances());
        }
        index.resourcesAgain().forEach(d -> resources.addAll(module.resources().again(d)));
        resources.sort(
                Comparator.comparing(EvaluatedResource::file)
                        .thenComparingInt(r -> r.span().start())
                        .thenComparing(EvaluatedResource::mode));
        List<EvaluatedModule.Call> calls = calls(module);
        List<EvaluatedModule> children = children(module);
        List<EvaluatedModule.Variable> variables = variables(module);
        List<EvaluatedModule.Named> locals = locals(module);
        List<EvaluatedModule.Output> outputs = outputs(module);
        List<EvaluatedModule.Provider> providers = providers(module);
        List<EvaluatedModule.Placed> settings = placed(module, index.settings());
        List<EvaluatedModule.Placed> others = placed(module, index.others());
        if (checksReferences) {
            ReferenceCheck.check(module);
        }
        return new EvaluatedModule(
                module.address(),
                index.directory(),
                resources,
                providers,
                calls,
                variables,
                locals,
                outputs,
                settings,
                others,
                children,
                module.diagnostics());
    }

    private List<EvaluatedModule.Call> calls(ModuleState module) {
        List<EvaluatedModule.Call> calls = new ArrayList<>();
        module.index()
                .calls()
                .forEach((name, declared) -> {
                    Scope scope = module.scope(declared.file());
                    Calls.Called called = module.calls().called(name);
                    Map<String, Value> names =
                            called.expansion().instances().stream()
                                    .findFirst()
                                    .map(Expansion.Instance::names)
                                    .orElse(Map.of());
                    Body body = declared.block().body();
                    calls.add(
                            new EvaluatedModule.Call(
                                    name,
                                    module.address("module." + name),
                                    Calls.source(body).orElse(""),
                                    literal(body, "version"),
                                    !called.children().isEmpty(),
                                    declared.file(),
                                    evaluation
                                            .bodies()
                                            .block(
                                                    declared.block(),
                                                    scope.with(names),
                                                    Set.of("providers"))));
                });
        return calls;
    }

    private List<EvaluatedModule> children(ModuleState module) {
        List<EvaluatedModule> children = new ArrayList<>();
        for (String name : module.index().calls().keySet()) {
            module.calls().called(name).children().forEach(child -> children.add(result(child)));
        }
        return children;
    }

    private List<EvaluatedModule.Variable> variables(ModuleState module) {
        List<EvaluatedModule.Variable> variables = new ArrayList<>();
        module.index()
                .variables()
                .forEach((name, declared) -> {
                    Body body = declared.block().body();
                    variables.add(
                            new EvaluatedModule.Variable(
                                    name,
                                    module.variables().value(name),
                                    body.attribute("type").map(a -> Written.text(a.value())),
                                    module.variables().isGiven(name),
                                    flag(body, "sensitive"),
                                    declared.file(),
                                    evaluation
                                            .bodies()
                                            .block(
                                                    declared.block(),
                                                    module.scope(declared.file()),
                                                    Set.of("type"))));
                });
        return variables;
    }

    private static boolean flag(Body body, String name) {
        return body.attribute(name)
                .filter(a -> a.value() instanceof Bool b && b.value())
                .isPresent();
    }

    private static Optional<String> literal(Body body, String name) {
        return body.attribute(name)
                .map(Attribute::value)
                .filter(Template.class::isInstance)
                .flatMap(t -> ((Template) t).literal());
    }

    private List<EvaluatedModule.Named> locals(ModuleState module) {
        List<EvaluatedModule.Named> locals = new ArrayList<>();
        module.index()
                .locals()
                .forEach((name, declared) ->
                        locals.add(
                                new EvaluatedModule.Named(
                                        name,
                                        module.names().local(name),
                                        evaluation
                                                .lazy()
                                                .references(module.address("local." + name)),
                                        declared.file(),
                                        declared.attribute().span())));
        return locals;
    }

    private List<EvaluatedModule.Output> outputs(ModuleState module) {
        List<EvaluatedModule.Output> outputs = new ArrayList<>();
        module.index()
                .outputs()
                .forEach((name, declared) ->
                        outputs.add(
                                new EvaluatedModule.Output(
                                        name,
                                        module.names().output(name),
                                        evaluation
                                                .lazy()
                                                .references(module.address("output." + name)),
                                        flag(declared.block().body(), "sensitive"),
                                        declared.file(),
                                        block(declared.block(), module.scope(declared.file())))));
        return outputs;
    }

    private List<EvaluatedModule.Provider> providers(ModuleState module) {
        List<EvaluatedModule.Provider> providers = new ArrayList<>();
        for (ModuleIndex.Declared declared : module.index().providers()) {
            Block block = declared.block();
            providers.add(
                    new EvaluatedModule.Provider(
                            block.labels().isEmpty() ? "" : block.labels().getFirst(),
                            literal(block.body(), "alias").orElse(""),
                            declared.file(),
                            block(block, module.scope(declared.file()))));
        }
        return providers;
    }

    private List<EvaluatedModule.Placed> placed(
            ModuleState module, List<ModuleIndex.Declared> declared) {
        return declared.stream()
                .map(d ->
                        new EvaluatedModule.Placed(
                                d.file(), block(d.block(), module.scope(d.file()))))
                .toList();
    }

    private EvaluatedBlock block(Block block, Scope scope) {
        return evaluation.bodies().block(block, scope);
    }
}
