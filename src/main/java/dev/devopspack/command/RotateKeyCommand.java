package dev.devopspack.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "rotate-key",
        description = "Makes a new key for grants; the one before verifies what it signed in time.",
        footer = {
            "",
            "Works on the key's file alone. Servers that share it read it anew by",
            "themselves; none is stopped. The new key is published at once and signs",
            "once every server has read it.",
        })
final class RotateKeyCommand implements Callable<Integer> {

    /// A cluster takes up to two minutes to hand a changed secret to its pods.
    private static final int USUAL_MINUTES = 10;

    @Spec CommandSpec spec;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description =
                    "The file with the keys. Without it DEVOPSPACK_SIGNING_KEY, else signing-key in"
                            + " the data folder.")
    @Nullable Path file;

    @Option(
            names = "--in",
            paramLabel = "MINUTES",
            description = "In how many minutes the new key signs (${DEFAULT-VALUE}).")
    int minutes = USUAL_MINUTES;

    @Option(
            names = "--compromised",
            description =
                    "Somebody else has the key: it counts no more at once, also for what it signed"
                            + " before. Open approvals have to be asked for again.")
    boolean compromised;

    private final Local local;

    @SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls
    RotateKeyCommand(Local local) {
        this.local = local;
    }

    @Override
    public Integer call() {
        Output.line(
                spec.commandLine().getOut(),
                local.rotateKey(named(), Duration.ofMinutes(minutes), compromised));
        return ExitCode.OK;
    }

    private Optional<Path> named() {
        String configured = System.getenv("DEVOPSPACK_SIGNING_KEY");
        return Optional.ofNullable(file)
                .or(() ->
                        Optional.ofNullable(configured)
                                .filter(path -> !path.isBlank())
                                .map(Path::of));
    }
}
