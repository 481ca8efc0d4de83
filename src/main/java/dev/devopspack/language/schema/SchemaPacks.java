package dev.devopspack.language.schema;

import dev.devopspack.task.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The schema packs that ship with the program, and newer ones that people made of their providers;
/// each is read once, when it is first asked for.
public final class SchemaPacks {
    private static final String REGISTRY = "registry.terraform.io/";
    private static final String DEFAULT_NAMESPACE = "hashicorp/";
    private static final List<String> PROVIDERS =
            List.of("aws", "azurerm", "google", "helm", "kubernetes");
    private static final Map<String, SchemaPack> READ = new ConcurrentHashMap<>();

    private static final String ENDING = ".json.gz";

    private SchemaPacks() {}

    /// Short names of the providers with a pack, in order.
    public static List<String> providers() {
        return PROVIDERS;
    }

    /// The full address of a provider with a pack.
    static String addressOf(String provider) {
        return REGISTRY + DEFAULT_NAMESPACE + provider;
    }

    /// Takes the packs of a folder in place of those that ship. Called once, before the first is
    /// asked for.
    ///
    /// @param folder with files such as `aws.json.gz`; a provider without one keeps what ships
    /// @return the packs that were taken, in the order of their providers
    /// @throws InvalidInput where one cannot be read or is of another provider; then none is taken
    public static List<SchemaPack> take(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InvalidInput(
                    folder.toString(),
                    "there is no such folder",
                    "Name the folder of the schema packs.");
        }
        List<SchemaPack> taken = new ArrayList<>();
        for (String provider : PROVIDERS) {
            Path file = folder.resolve(provider + ENDING);
            if (Files.exists(file)) {
                taken.add(read(file, provider));
            }
        }
        taken.forEach(pack -> READ.put(pack.provider(), pack));
        return taken;
    }

    private static SchemaPack read(Path file, String provider) {
        try (InputStream in = Files.newInputStream(file)) {
            SchemaPack pack = SchemaPack.read(in);
            if (!pack.provider().equals(provider) || !pack.source().equals(addressOf(provider))) {
                throw new SchemaPackException("it is a pack of " + pack.source());
            }
            return pack;
        } catch (SchemaPackException e) {
            throw new InvalidInput(
                    file.toString(),
                    "this is no schema pack of " + provider + ": " + e.getMessage(),
                    "Make it with: devops-pack schema-packs");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The pack of a provider address.
    ///
    /// @param source as `required_providers` writes it: `aws`, `hashicorp/aws` or
    ///   `registry.terraform.io/hashicorp/aws`
    /// @return nothing for a provider of another registry or namespace, even if its last name is
    ///   known
    public static Optional<SchemaPack> forSource(String source) {
        String path = source.startsWith(REGISTRY) ? source.substring(REGISTRY.length()) : source;
        String name =
                path.startsWith(DEFAULT_NAMESPACE)
                        ? path.substring(DEFAULT_NAMESPACE.length())
                        : path;
        return PROVIDERS.contains(name) ? Optional.of(pack(name)) : Optional.empty();
    }

    /// The pack whose provider serves a resource or data source type: `aws_s3_bucket` is of `aws`.
    public static Optional<SchemaPack> forType(String type) {
        int underscore = type.indexOf('_');
        return forSource(underscore < 0 ? type : type.substring(0, underscore));
    }

    /// @param provider one of [#providers()]
    public static SchemaPack pack(String provider) {
        if (!PROVIDERS.contains(provider)) {
            throw new IllegalArgumentException(
                    "There is no schema pack '" + provider + "', only " + PROVIDERS);
        }
        return READ.computeIfAbsent(provider, SchemaPacks::read);
    }

    private static SchemaPack read(String provider) {
        String resource = "/schema-packs/" + provider + ENDING;
        try (InputStream in = SchemaPacks.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new SchemaPackException("The program's archive lacks " + resource);
            }
            return SchemaPack.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
