package dev.devopspack.adapter.terraform;

import dev.devopspack.gate.quality.ClearedModule;
import dev.devopspack.gate.quality.TerraformCommand;
import dev.devopspack.gate.quality.TerraformRun;
import dev.devopspack.gate.quality.TerraformRun.Outcome;
import dev.devopspack.gate.quality.TerraformRun.Result;
import dev.devopspack.gate.quality.TerraformRunner;
import dev.devopspack.language.schema.SchemaPacks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Runs terraform on a private copy of a module, against the offline providers.
@ApplicationScoped
public class TerraformCli implements TerraformRunner {
    /// One run keeps a core busy and needs some hundred megabytes.
    private static final int MAX_AT_ONCE = 2;

    /// A run takes seconds; who waits longer than this is told so instead of hanging.
    private static final int MAX_WAIT_SECONDS = 120;

    private final OfflineProviders providers;
    private final Optional<String> configuredPath;
    private final Semaphore permits = new Semaphore(MAX_AT_ONCE, true);
    private @Nullable TerraformTool tool;

    @Inject
    public TerraformCli(
            OfflineProviders providers,
            @ConfigProperty(name = "devopspack.terraform.path") Optional<String> configuredPath) {
        this.providers = providers;
        this.configuredPath = configuredPath;
    }

    @Override
    public Availability availability() {
        return switch (tool()) {
            case TerraformTool.Found found ->
                    new Availability.Present(
                            found.version(), found.isolation() == Isolation.NAMESPACE);
            case TerraformTool.Missing missing -> new Availability.Absent(missing.why());
        };
    }

    /// A program that was found stays; one that was not is looked for again, since it may be
    /// installed meanwhile.
    private synchronized TerraformTool tool() {
        if (!(tool instanceof TerraformTool.Found)) {
            tool = TerraformTool.find(configuredPath, System.getenv().getOrDefault("PATH", ""));
        }
        return tool;
    }

    @Override
    public TerraformRun run(
            ClearedModule module, Set<TerraformCommand> commands, Progress progress) {
        if (commands.contains(TerraformCommand.TEST_BLUEPRINT) && !module.ownBlueprint()) {
            throw new IllegalArgumentException(
                    "terraform test runs on our own blueprints only: tests can run programs");
        }
        return switch (tool()) {
            case TerraformTool.Missing missing -> skipped(module, commands, missing.why());
            case TerraformTool.Found found -> inTurn(found, module, commands, progress);
        };
    }

    private TerraformRun inTurn(
            TerraformTool.Found found,
            ClearedModule module,
            Set<TerraformCommand> commands,
            Progress progress) {
        try {
            if (!permits.tryAcquire(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
                return skipped(
                        module,
                        commands,
                        "Other terraform runs took longer than "
                                + MAX_WAIT_SECONDS
                                + " seconds. Judge it again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return skipped(
                    module, commands, "The request was cancelled while it waited for terraform");
        }
        try (Workspace workspace = Workspace.of(module)) {
            return new TerraformSession(
                            found,
                            workspace,
                            module,
                            providers.reattach(module.providers()),
                            progress)
                    .run(ordered(commands), marking(module));
        } finally {
            permits.release();
        }
    }

    private static TerraformRun skipped(
            ClearedModule module, Set<TerraformCommand> commands, String reason) {
        List<Result> results =
                ordered(commands).stream()
                        .map(command -> new Result(command, (Outcome) new Outcome.Skipped(reason)))
                        .toList();
        return new TerraformRun(results, Optional.empty(), marking(module));
    }

    private static List<TerraformCommand> ordered(Set<TerraformCommand> commands) {
        return commands.stream().sorted().toList();
    }

    /// What every result of ours must say of itself.
    private static String marking(ClearedModule module) {
        String packs =
                module.providers().stream()
                        .map(SchemaPacks::pack)
                        .map(Object::toString)
                        .collect(Collectors.joining(", "));
        return packs.isEmpty()
                ? "offline: no provider used, not cloud-checked"
                : "offline: schema-checked against " + packs + ", not cloud-checked";
    }
}
