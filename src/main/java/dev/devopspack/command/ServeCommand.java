package dev.devopspack.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "serve",
        description =
                "Runs the server until it is stopped. This is what happens without a command.",
        footer = {
            "",
            "Settings (environment variables):",
            "  DEVOPS_PACK_DATA_DIR      folder of the embedded database and of keys",
            "                            (default ~/.devops-pack)",
            "  DEVOPS_PACK_DATABASE_URL  an external PostgreSQL instead:",
            "                            postgresql://user:password@host:5432/name",
            "  QUARKUS_HTTP_PORT         the port (default 8080)",
        })
final class ServeCommand implements Callable<Integer> {

    private final Local local;

    ServeCommand(Local local) {
        this.local = local;
    }

    @Override
    public Integer call() {
        return local.serve();
    }
}
