package dev.devopspack.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "rehearse",
        hidden = true,
        description = {
            "Starts a server with a data folder of its own, goes once through what the first",
            "callers ask for, throws the folder away and stops. The launcher does it after a build,",
            "so that the Java machine's ahead-of-time cache knows the way.",
        })
final class RehearseCommand implements Callable<Integer> {

    private final Local local;

    RehearseCommand(Local local) {
        this.local = local;
    }

    @Override
    public Integer call() {
        return local.rehearse();
    }
}
