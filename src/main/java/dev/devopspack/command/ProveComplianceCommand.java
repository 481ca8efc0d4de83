package dev.devopspack.command;

import dev.devopspack.gate.ComplianceProof;
import dev.devopspack.gate.ComplianceProof.Injection;
import dev.devopspack.gate.ComplianceProof.Proven;
import dev.devopspack.policy.ComplianceProfiles;
import dev.devopspack.policy.RuleCatalog;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "prove-compliance",
        description = {
            "Proves that the compliance gate sees what it should.",
            "One violation for each control that the gate can judge is put into files that meet"
                    + " it; those that the gate sees are counted. The violations are the rules'"
                    + " own examples.",
        },
        footer = {"", "Exit code: 0 when every violation turned its control, 2 when one did not."})
final class ProveComplianceCommand implements Callable<Integer> {

    @Spec CommandSpec spec;

    @Parameters(
            paramLabel = "PROFILE",
            arity = "0..*",
            description = "For example cis-aws; all where left out.")
    @Nullable List<String> profiles;

    @Option(names = "--each", description = "Prints every injection.")
    boolean each;

    @Option(
            names = "--rules",
            paramLabel = "DIR",
            description = "A folder of your own rules, beside ours.")
    @Nullable Path rules;

    @SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls
    ProveComplianceCommand() {}

    @Override
    public Integer call() {
        RuleCatalog builtIn = RuleCatalog.builtIn();
        RuleCatalog catalog = rules == null ? builtIn : builtIn.with(rules);
        ComplianceProfiles known = new ComplianceProfiles(catalog);
        ComplianceProof proof = new ComplianceProof(catalog, known);
        PrintWriter out = spec.commandLine().getOut();
        long injected = 0;
        long detected = 0;
        long exact = 0;
        for (String name : profiles == null ? known.names() : profiles) {
            Proven proven = proof.of(name);
            injected += proven.injections().size();
            detected += proven.detected();
            exact += proven.exact();
            print(out, proven);
        }
        Output.line(
                out,
                "detected %d of %d injected (%s %%); %d turned nothing but their control and those that share the rule"
                        .formatted(detected, injected, percent(detected, injected), exact));
        out.flush();
        return detected == injected ? ExitCode.OK : ExitCode.REFUSED;
    }

    /// Rounded down: 99.9 never reads as 100.
    private static String percent(long detected, long injected) {
        long tenths = injected == 0 ? 0 : detected * 1_000 / injected;
        return tenths % 10 == 0 ? String.valueOf(tenths / 10) : tenths / 10 + "." + tenths % 10;
    }

    private void print(PrintWriter out, Proven proven) {
        Output.line(
                out,
                "%-16s detected %d of %d; %d exactly"
                        .formatted(
                                proven.profile().name(),
                                proven.detected(),
                                proven.injections().size(),
                                proven.exact()));
        for (Injection injection : proven.injections()) {
            if (each || !injection.exact()) {
                Output.line(out, "    " + line(injection));
            }
        }
    }

    private static String line(Injection injection) {
        return injection.control()
                + (injection.detected() ? " turned by " : " NOT turned by ")
                + injection.by()
                + (injection.sharing().isEmpty()
                        ? ""
                        : "; with it, by the same rule: " + String.join(", ", injection.sharing()))
                + (injection.others().isEmpty()
                        ? ""
                        : "; with it, by other rules: " + String.join(", ", injection.others()));
    }
}
