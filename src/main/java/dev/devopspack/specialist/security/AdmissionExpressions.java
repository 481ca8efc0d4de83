package dev.devopspack.specialist.security;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/// Tries the CEL of an admission policy on objects, as the API server would: `object` is what comes
/// in, `variables` are worked out before the expression.
final class AdmissionExpressions {

    /// A policy looks at the containers of one pod.
    private static final int MAX_ITERATIONS = 10_000;

    /// The pod's specification, whatever makes the pod.
    static final String SPEC =
            "object.kind == 'Pod' ? object.spec : object.kind == 'CronJob' ?"
                    + " object.spec.jobTemplate.spec.template.spec : object.spec.template.spec";

    static final String CONTAINERS =
            "variables.spec.containers + (has(variables.spec.initContainers) ?"
                    + " variables.spec.initContainers : []) +"
                    + " (has(variables.spec.ephemeralContainers) ?"
                    + " variables.spec.ephemeralContainers : [])";

    /// In the order in which they are worked out.
    static final Map<String, String> VARIABLES = variables();

    private final CelCompiler compiler =
            CelCompilerFactory.standardCelCompilerBuilder()
                    .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                    .setOptions(
                            CelOptions.current().comprehensionMaxIterations(MAX_ITERATIONS).build())
                    .addVar("object", SimpleType.DYN)
                    .addVar("variables", SimpleType.DYN)
                    .build();

    private final CelRuntime runtime =
            CelRuntimeFactory.standardCelRuntimeBuilder()
                    .setOptions(
                            CelOptions.current().comprehensionMaxIterations(MAX_ITERATIONS).build())
                    .build();

    private static Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("spec", SPEC);
        variables.put("containers", CONTAINERS);
        return variables;
    }

    /// @return whether the object may come in
    /// @throws IllegalStateException if the expression is no CEL or gives no yes or no: ours must
    boolean admits(String expression, Map<String, Object> object) {
        Map<String, Object> known = new LinkedHashMap<>();
        VARIABLES.forEach((name, text) -> known.put(name, evaluate(text, object, known)));
        return evaluate(expression, object, known) instanceof Boolean admitted && admitted;
    }

    private Object evaluate(
            String expression, Map<String, Object> object, Map<String, Object> known) {
        try {
            CelAbstractSyntaxTree tree = compiler.compile(expression).getAst();
            return runtime.createProgram(tree)
                    .eval(Map.of("object", object, "variables", Map.copyOf(known)));
        } catch (CelValidationException | CelEvaluationException e) {
            throw new IllegalStateException("the expression does not work: " + expression, e);
        }
    }
}
