package dev.devopspack.command;

import dev.devopspack.task.InvalidInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/// All commands.
@Command(
        name = "devops-pack",
        mixinStandardHelpOptions = true,
        versionProvider = CommandLineInterface.Version.class,
        description = {
            "The server between AI assistants and production.",
            "Without a command it serves. Assistants write infrastructure, four gates judge"
                    + " it, a person signs the exact bytes, a pipeline consumes the grant once.",
        },
        footer = {
            "",
            "First steps:",
            "  devops-pack                       serve on http://localhost:8080",
            "  devops-pack run task.yaml         run a task and print its verdicts",
            "  devops-pack scan .                judge the files of a folder by the rules",
        })
public final class CommandLineInterface implements Runnable {

    private final Local local;

    private CommandLineInterface(Local local) {
        this.local = local;
    }

    /// Serving does not wait for the commands to be put together.
    ///
    /// @return the exit code
    public static int execute(Local local, String... arguments) {
        boolean serves = arguments.length == 0 || List.of(arguments).equals(List.of("serve"));
        return serves ? local.serve() : line(local).execute(arguments);
    }

    /// As {@link #execute(Local, String...)}, printing to these writers.
    static int execute(Local local, PrintWriter out, PrintWriter err, String... arguments) {
        return line(local).setOut(out).setErr(err).execute(arguments);
    }

    private static CommandLine line(Local local) {
        CommandLine line = new CommandLine(new CommandLineInterface(local));
        line.addSubcommand(new ServeCommand(local));
        line.addSubcommand(new RehearseCommand(local));
        line.addSubcommand(new RunCommand(local));
        line.addSubcommand(new SubmitCommand(local));
        line.addSubcommand(new ScanCommand(local));
        line.addSubcommand(new ProveComplianceCommand());
        line.addSubcommand(new SchemaPacksCommand());
        line.addSubcommand(new EvidenceCommand(local));
        line.addSubcommand(new VerifyCommand());
        line.addSubcommand(new ConsumeCommand(local));
        line.addSubcommand(new VerifyAuditCommand(local));
        line.addSubcommand(new RotateKeyCommand(local));
        line.addSubcommand(new ExportAuditCommand(local));
        line.getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec().mixinStandardHelpOptions(true));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler(CommandLineInterface::failed);
        line.setParameterExceptionHandler(CommandLineInterface::misused);
        return line;
    }

    private static int misused(CommandLine.ParameterException wrong, String... arguments) {
        CommandLine line = wrong.getCommandLine();
        Output.line(line.getErr(), String.valueOf(wrong.getMessage()));
        Output.line(line.getErr(), "Try: " + line.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.BAD_INPUT;
    }

    private static int failed(Exception failure, CommandLine line, CommandLine.ParseResult parsed) {
        if (failure instanceof InvalidInput refused) {
            Output.refused(line.getErr(), refused);
            return ExitCode.BAD_INPUT;
        }
        if (failure instanceof ServerClient.Refused refused) {
            Output.refused(line.getErr(), refused.refusal());
            return ExitCode.REFUSED;
        }
        if (failure instanceof Unable) {
            Output.line(line.getErr(), String.valueOf(failure.getMessage()));
            return ExitCode.FAILURE;
        }
        Throwable cause = failure instanceof UncheckedIOException ? failure.getCause() : failure;
        if (cause instanceof NoSuchFileException missing) {
            Output.refused(line.getErr(), ReadFiles.missing(missing.getFile()));
            return ExitCode.BAD_INPUT;
        }
        if (cause instanceof AccessDeniedException closed) {
            Output.line(
                    line.getErr(),
                    closed.getFile() + ": this user may not read or write it. Change its owner.");
            return ExitCode.FAILURE;
        }
        if (cause instanceof IOException) {
            Output.line(line.getErr(), String.valueOf(failure.getMessage()));
            return ExitCode.FAILURE;
        }
        throw new IllegalStateException("the command failed", failure);
    }

    @Override
    public void run() {
        System.exit(local.serve());
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = CommandLineInterface.class.getPackage().getImplementationVersion();
            return new String[] {
                "DevOps Pack " + (version == null ? "(built from source)" : version)
            };
        }
    }
}
