package dev.devopspack.policy;

import com.google.common.collect.ImmutableSet;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.CelStandardFunctions.StandardFunction;
import dev.devopspack.policy.RuleLanguage.Program;
import dev.devopspack.policy.condition.CheckedTerms;
import dev.devopspack.policy.condition.Function;
import dev.devopspack.policy.condition.Problem;
import dev.devopspack.policy.condition.Term;
import dev.devopspack.policy.condition.TermParameters;
import dev.devopspack.task.InvalidInput;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// CEL itself, with our functions: it checks what a user writes, and evaluates the rare condition
/// that says something for which terms have no word. Loading it costs a third of a second, so rules
/// that ship do without.
final class CheckedLanguage {

    /// A rule looks at the blocks of one resource and the resources of one module; what turns more
    /// often than this does not end in time.
    private static final int MAX_ITERATIONS = 20_000;

    /// A condition is a sentence, not a program.
    private static final int MAX_EXPRESSION_CHARACTERS = 4_000;

    private static final int MAX_NESTING = 64;

    private static final CelOptions OPTIONS =
            CelOptions.current()
                    .comprehensionMaxIterations(MAX_ITERATIONS)
                    .maxExpressionCodePointSize(MAX_EXPRESSION_CHARACTERS)
                    .maxParseRecursionDepth(MAX_NESTING)
                    .enableHeterogeneousNumericComparisons(true)
                    .build();

    private final CelCompiler compiler = compiler();
    private final CelRuntime runtime = runtime();

    static CheckedLanguage get() {
        return Holder.LANGUAGE;
    }

    private static final class Holder {
        static final CheckedLanguage LANGUAGE = new CheckedLanguage();
    }

    /// @throws InvalidInput with `file:line:column` of the mistake
    ///
    /// @param values of the rule's parameters
    Program program(Rule.Expression expression, Map<String, Object> values) {
        try {
            CelAbstractSyntaxTree tree = compiler.compile(expression.text()).getAst();
            Optional<Term> term = CheckedTerms.of(tree);
            term.flatMap(each -> TermParameters.missing(each, values))
                    .ifPresent(name -> {
                        throw noParameter(expression, name);
                    });
            Optional<Program> bound =
                    term.map(each -> TermParameters.put(each, values))
                            .flatMap(RuleLanguage::program);
            if (bound.isPresent()) {
                return bound.get();
            }
            CelRuntime.Program program = runtime.createProgram(tree);
            return new Program(
                    self -> evaluated(program, self, values),
                    term.map(MentionedPaths::in).orElse(List.of()));
        } catch (CelValidationException e) {
            throw refusal(expression, e);
        } catch (CelEvaluationException e) {
            throw new InvalidInput(
                    place(expression, 1, 0),
                    "the condition cannot be prepared: " + Shown.of(String.valueOf(e.getMessage())),
                    "Write it in CEL over `self`.");
        }
    }

    /// The expression as CEL itself reads it, where terms have a word for all of it.
    ///
    /// @throws InvalidInput with `file:line:column` of the mistake
    Optional<Term> term(Rule.Expression expression) {
        try {
            return CheckedTerms.of(compiler.compile(expression.text()).getAst());
        } catch (CelValidationException e) {
            throw refusal(expression, e);
        }
    }

    private static InvalidInput noParameter(Rule.Expression expression, String name) {
        return new InvalidInput(
                place(expression, 1, 0),
                "the rule has no parameter '" + Shown.of(name) + "'",
                "Declare it under `parameters:`.");
    }

    private static Object evaluated(
            CelRuntime.Program program, Object self, Map<String, Object> values) {
        try {
            return program.eval(Map.of("self", self, "parameters", values));
        } catch (CelEvaluationException e) {
            return new Problem(String.valueOf(e.getMessage()));
        }
    }

    private static InvalidInput refusal(Rule.Expression expression, CelValidationException e) {
        CelIssue issue = e.getErrors().getFirst();
        return new InvalidInput(
                place(
                        expression,
                        issue.getSourceLocation().getLine(),
                        issue.getSourceLocation().getColumn()),
                "the condition is no CEL: " + Shown.of(issue.getMessage()),
                "See docs/rules.md for what a rule can say.");
    }

    private static String place(Rule.Expression expression, int line, int column) {
        int inLine = Math.max(line, 1);
        int inColumn = Math.max(column, 0);
        return expression.file()
                + ":"
                + (expression.line() + inLine - 1)
                + ":"
                + (inLine == 1 ? expression.column() + inColumn : inColumn + 1);
    }

    private static CelCompiler compiler() {
        CelStandardDeclarations standard =
                CelStandardDeclarations.newBuilder()
                        .excludeFunctions(
                                CelStandardDeclarations.StandardFunction.EQUALS,
                                CelStandardDeclarations.StandardFunction.NOT_EQUALS,
                                CelStandardDeclarations.StandardFunction.IN,
                                CelStandardDeclarations.StandardFunction.MATCHES,
                                CelStandardDeclarations.StandardFunction.STARTS_WITH,
                                CelStandardDeclarations.StandardFunction.ENDS_WITH,
                                CelStandardDeclarations.StandardFunction.CONTAINS)
                        .build();
        // `has(self.x)` would be true for every name: an attribute that is not written is null.
        ImmutableSet<CelStandardMacro> macros =
                CelStandardMacro.STANDARD_MACROS.stream()
                        .filter(macro -> macro != CelStandardMacro.HAS)
                        .collect(ImmutableSet.toImmutableSet());
        return CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(macros)
                .setStandardEnvironmentEnabled(false)
                .setStandardDeclarations(standard)
                .addVar("self", SimpleType.DYN)
                .addVar("parameters", MapType.create(SimpleType.STRING, SimpleType.DYN))
                .addFunctionDeclarations(
                        relation("_==_", "equal_any"),
                        relation("_!=_", "not_equal_any"),
                        relation("@in", "in_any"))
                .addFunctionDeclarations(
                        RuleFunctions.all().stream()
                                .map(described -> declaration(described.function()))
                                .toList())
                .build();
    }

    private static CelFunctionDecl relation(String name, String overload) {
        return CelFunctionDecl.newFunctionDeclaration(
                name,
                CelOverloadDecl.newGlobalOverload(
                        overload, SimpleType.BOOL, SimpleType.DYN, SimpleType.DYN));
    }

    private static CelRuntime runtime() {
        CelStandardFunctions standard =
                CelStandardFunctions.newBuilder()
                        .excludeFunctions(
                                StandardFunction.EQUALS,
                                StandardFunction.NOT_EQUALS,
                                StandardFunction.IN,
                                StandardFunction.MATCHES,
                                StandardFunction.STARTS_WITH,
                                StandardFunction.ENDS_WITH,
                                StandardFunction.CONTAINS)
                        .build();
        return CelRuntimeFactory.standardCelRuntimeBuilder()
                .setOptions(OPTIONS)
                .setStandardEnvironmentEnabled(false)
                .setStandardFunctions(standard)
                .addFunctionBindings(binding("_==_", "equal_any", Equality::equal))
                .addFunctionBindings(binding("_!=_", "not_equal_any", Equality::notEqual))
                .addFunctionBindings(binding("@in", "in_any", Equality::in))
                .addFunctionBindings(
                        RuleFunctions.all().stream()
                                .flatMap(described -> bindings(described.function()).stream())
                                .toList())
                .build();
    }

    private static ImmutableSet<CelFunctionBinding> binding(
            String name, String overload, CelFunctionOverload.Binary<Object, Object> body) {
        return CelFunctionBinding.fromOverloads(
                name, CelFunctionBinding.from(overload, Object.class, Object.class, body));
    }

    private static CelFunctionDecl declaration(Function function) {
        List<CelType> types = function.parameters().stream().map(CheckedLanguage::type).toList();
        CelType result = type(function.result());
        return CelFunctionDecl.newFunctionDeclaration(
                function.name(),
                function.member()
                        ? CelOverloadDecl.newMemberOverload(overload(function), result, types)
                        : CelOverloadDecl.newGlobalOverload(overload(function), result, types));
    }

    @SuppressWarnings("Immutable") // no function of ours has a state
    private static ImmutableSet<CelFunctionBinding> bindings(Function function) {
        List<Class<?>> classes =
                function.parameters().stream()
                        .<Class<?>>map(kind ->
                                switch (kind) {
                                    case ANY -> Object.class;
                                    case TEXT -> String.class;
                                    case WHOLE -> Long.class;
                                    case TRUTH -> Boolean.class;
                                    case LIST -> List.class;
                                })
                        .toList();
        return CelFunctionBinding.fromOverloads(
                function.name(),
                CelFunctionBinding.from(overload(function), classes, function.body()::apply));
    }

    private static String overload(Function function) {
        return function.name() + "_any";
    }

    private static CelType type(Function.Kind kind) {
        return switch (kind) {
            case ANY -> SimpleType.DYN;
            case TEXT -> SimpleType.STRING;
            case WHOLE -> SimpleType.INT;
            case TRUTH -> SimpleType.BOOL;
            case LIST -> ListType.create(SimpleType.DYN);
        };
    }
}
