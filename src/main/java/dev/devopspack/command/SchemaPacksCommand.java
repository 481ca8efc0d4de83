package dev.devopspack.command;

import dev.devopspack.language.schema.ProviderSchemas;
import dev.devopspack.language.schema.ProviderSchemas.Made;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "schema-packs",
        description = "Makes schema packs of the providers that terraform has installed.",
        footer = {
            "",
            "A server takes them from the folder that devopspack.schema-packs.directory names.",
            "",
            "Example, in a folder that requires the provider, after terraform init:",
            "  terraform providers schema -json > schemas.json",
            "  terraform version -json > versions.json",
            "  devops-pack schema-packs schemas.json versions.json --out packs",
        })
final class SchemaPacksCommand implements Callable<Integer> {

    @Spec CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "SCHEMAS",
            description = "What 'terraform providers schema -json' printed.")
    Path schemas;

    @Parameters(
            index = "1",
            paramLabel = "VERSIONS",
            description = "What 'terraform version -json' printed.")
    Path versions;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where to write them (default schema-packs).")
    @Nullable Path out;

    @SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls
    SchemaPacksCommand() {}

    @Override
    public Integer call() {
        Made made = ProviderSchemas.of(ReadFiles.text(schemas), ReadFiles.text(versions));
        Path folder = out == null ? Path.of("schema-packs") : out;
        made.packs()
                .forEach((provider, pack) -> {
                    Path file = folder.resolve(provider + ".json.gz");
                    try {
                        Files.createDirectories(folder);
                        Files.write(file, pack);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    Output.line(spec.commandLine().getOut(), "Wrote " + file + ".");
                });
        made.leftOut()
                .forEach(source ->
                        Output.line(
                                spec.commandLine().getErr(),
                                "Left out: " + source + ", which no rule and no step asks for."));
        return made.packs().isEmpty() ? ExitCode.REFUSED : ExitCode.OK;
    }
}
