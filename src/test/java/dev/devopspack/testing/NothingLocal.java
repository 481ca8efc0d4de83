package dev.devopspack.testing;

import dev.devopspack.command.Local;
import dev.devopspack.command.Program;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/// A machine on which nothing runs and nothing is installed.
public class NothingLocal implements Local {

    @Override
    public int serve() {
        throw new IllegalStateException("nothing is served here");
    }

    @Override
    public int rehearse() {
        throw new IllegalStateException("nothing is served here");
    }

    @Override
    public Optional<URI> runningServer() {
        return Optional.empty();
    }

    @Override
    public Optional<String> nothingKept() {
        return Optional.of("there is no data folder here");
    }

    @Override
    public int with(ToIntFunction<Program> work) {
        throw new IllegalStateException("no data folder is opened here");
    }

    @Override
    public Set<Path> changedSince(Path folder, String revision) {
        throw new IllegalStateException("there is no git here");
    }

    @Override
    public Optional<Rendered> rendered(Map<String, Path> chart, String kubernetes) {
        return Optional.empty();
    }

    @Override
    public String rotateKey(Optional<Path> file, Duration wait, boolean compromised) {
        throw new IllegalStateException("no key is changed here");
    }

    @Override
    public Path dataFolder() {
        throw new IllegalStateException("there is no data folder here");
    }
}
