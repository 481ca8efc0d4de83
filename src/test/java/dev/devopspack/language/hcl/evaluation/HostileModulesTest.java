package dev.devopspack.language.hcl.evaluation;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.language.Diagnostic;
import dev.devopspack.language.hcl.value.Value.Unknown;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileModulesTest {

    /// Half of what a thread has by default, so that the limits leave room.
    private static final int STACK_BYTES = 512 * 1024;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "range(1000000000)",
                "format(\"%1000000000d\", 1)",
                "indent(1000000000, \"a\\nb\")",
                "jsondecode(join(\"\", [for i in range(1000) : \"[\"]))",
                "yamldecode(join(\"\", [for i in range(1000) : \"[\"]))",
                "yamldecode(\"a: &a [1,1,1,1,1,1,1,1,1]\\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\\nc: &c"
                        + " [*b,*b,*b,*b,*b,*b,*b,*b,*b]\\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\\ne: &e"
                        + " [*d,*d,*d,*d,*d,*d,*d,*d,*d]\\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e]\\n\")",
                "pow(99999, 99999)",
                "parseint(join(\"\", [for i in range(1000) : \"9\"]), 10)",
                "setproduct(range(1000), range(1000), range(1000))",
                "[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : 1]]]",
                "join(\"\", [for i in range(1000) : join(\"\", [for j in range(1000) : \"xxxxxxxxxx\"])])",
                "regex(\"(((a{100}){100}){100}){100}\", \"a\")",
                "replace(join(\"\", [for i in range(1000) : \"aaaaaaaaaa\"]), \"a\","
                        + " join(\"\", [for i in range(1000) : \"b\"]))",
                "cidrsubnet(\"10.0.0.0/8\", 2000000000, 1)",
                "base64decode(\"%%%\")",
                "timeadd(\"2020-01-01T00:00:00Z\", \"99999999999999999h\")",
            })
    void anExpensiveExpressionIsRefused(String expression) {
        EvaluatedModule module =
                evaluate(Map.of("main.tf", "locals {\n  x = " + expression + "\n}\n"));

        assertEquals(1, module.diagnostics().size(), () -> module.diagnostics().toString());
        assertTrue(module.locals().getFirst().value() instanceof Unknown);
    }

    @Test
    void valuesThatDoubleAreStopped() {
        StringBuilder text =
                new StringBuilder("locals {\n  s0 = \"x\"\n  l0 = [1]\n  n0 = 99999\n");
        for (int i = 1; i < 60; i++) {
            text.append("  s%d = \"${local.s%d}${local.s%d}\"\n".formatted(i, i - 1, i - 1));
            text.append("  l%d = [local.l%d, local.l%d]\n".formatted(i, i - 1, i - 1));
            text.append("  n%d = local.n%d * local.n%d\n".formatted(i, i - 1, i - 1));
        }

        EvaluatedModule module = evaluate(Map.of("main.tf", text.append("}\n").toString()));

        assertFalse(module.diagnostics().isEmpty());
    }

    @Test
    void instancesThatAreTooManyAreNotMade() {
        EvaluatedModule module =
                evaluate(
                        Map.of(
                                "main.tf",
                                """
                                resource "a" "b" {
                                  count = 1000000000
                                }
                                resource "a" "c" {
                                  count = -1
                                }
                                resource "a" "d" {
                                  count = "x"
                                }
                                """));

        assertEquals(
                List.of("a.b[*]", "a.c[*]", "a.d[*]"),
                module.resources().stream().map(EvaluatedResource::address).toList());
        assertEquals(3, module.diagnostics().size());
    }

    @Test
    void modulesThatMultiplyAreStopped() {
        Map<String, String> files = new TreeMap<>();
        for (int i = 0; i < 10; i++) {
            String folder = i == 0 ? "" : "m" + i + "/";
            String up = i == 0 ? "./" : "../";
            files.put(
                    folder + "main.tf",
                    "module \"a\" {\n  count = 10\n  source = \"%sm%d\"\n}\n".formatted(up, i + 1));
        }
        files.put("m10/main.tf", "locals { a = 1 }\n");

        EvaluatedModule module = evaluate(files);

        assertTrue(module.modules().count() < 1000);
    }

    @Test
    void aModuleInsideItselfIsReported() {
        EvaluatedModule module =
                evaluate(Map.of("main.tf", "module \"me\" {\n  source = \"./\"\n}\n"));

        assertEquals(
                List.of("main.tf:1:1: the module \"./\" contains itself. Break the circle"),
                module.diagnostics().stream().map(d -> d.text()).toList());
    }

    @Test
    void longChainsOfValuesAreStopped() {
        StringBuilder text = new StringBuilder("locals {\n");
        for (int i = 0; i < 5000; i++) {
            text.append("  a%d = [local.a%d]\n".formatted(i, i + 1));
        }
        text.append("  a5000 = 1\n}\n");

        EvaluatedModule module = evaluate(Map.of("main.tf", text.toString()));

        assertEquals(
                Set.of("more than 100 values wait for each other"),
                module.diagnostics().stream().map(Diagnostic::message).collect(toSet()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(X)",
                "-X",
                "[X][0]",
                "{a = X}.a",
                "\"${X}\"",
                "max(X)",
                "true ? X : 1",
                "[{a = X}][*].a[0]",
                "[for x in [1] : X][0]",
                "{for k, v in {a = 1} : k => X}.a",
                "[for x in [1] : x if X == 1][0]",
            })
    void chainsOfDeepExpressionsAreStopped(String expression) {
        String deep = expression;
        for (int i = 1; i < 8; i++) {
            deep = deep.replace("X", expression);
        }
        StringBuilder text = new StringBuilder("locals {\n");
        for (int i = 0; i < 90; i++) {
            text.append("  a%d = ".formatted(i))
                    .append(deep.replace("X", "local.a" + (i + 1)))
                    .append('\n');
        }
        text.append("  a90 = 1\n}\n");

        EvaluatedModule module = evaluate(Map.of("main.tf", text.toString()));

        assertTrue(
                module.diagnostics().stream()
                        .map(Diagnostic::message)
                        .anyMatch(
                                "expressions depend on each other more than 250 levels deep"
                                        ::equals),
                () -> module.diagnostics().toString());
    }

    @Test
    void circlesAcrossModulesAndResourcesAreReported() {
        EvaluatedModule module =
                evaluate(
                        Map.of(
                                "main.tf",
                                """
                                module "m" {
                                  source = "./m"
                                  in     = module.m.out
                                }
                                resource "a" "x" { v = a.y.v }
                                resource "a" "y" { v = a.x.v }
                                resource "a" "z" { v = a.z.v }
                                """,
                                "m/main.tf",
                                "variable \"in\" {}\noutput \"out\" { value = var.in }\n"));

        assertEquals(
                3,
                module.allDiagnostics().stream()
                        .filter(d -> d.message().contains("depends on itself"))
                        .count());
    }

    private static EvaluatedModule evaluate(Map<String, String> files) {
        AtomicReference<EvaluatedModule> result = new AtomicReference<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread =
                new Thread(
                        null,
                        () -> result.set(ModuleEvaluator.evaluate(ModuleFiles.of(files))),
                        "evaluation",
                        STACK_BYTES);
        thread.setUncaughtExceptionHandler((_, thrown) -> failure.set(thrown));
        thread.start();
        try {
            thread.join(60_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure.get() != null) {
            throw new AssertionError(failure.get());
        }
        if (result.get() == null) {
            throw new AssertionError("the evaluation takes more than a minute");
        }
        return result.get();
    }
}
