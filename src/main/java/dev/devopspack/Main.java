package dev.devopspack;

import dev.devopspack.command.CommandLineInterface;
import io.quarkus.runtime.annotations.QuarkusMain;

/// Where the process begins: everything else is a command.
@QuarkusMain
public final class Main {

    private Main() {}

    public static void main(String... arguments) {
        System.exit(CommandLineInterface.execute(new LocalProgram(), arguments));
    }
}
