package dev.devopspack.language.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The schema packs that ship with the program; each is read once, when it is first asked for.
public final class SchemaPacks {
    private static final String REGISTRY = "registry.terraform.io/";
    private static final String DEFAULT_NAMESPACE = "hashicorp/";
    private static final List<String> PROVIDERS =
            List.of("aws", "azurerm", "google", "helm", "kubernetes");
    private static final Map<String, SchemaPack> READ = new ConcurrentHashMap<>();

    private SchemaPacks() {}

    /// Short names of the providers with a pack, in order.
    public static List<String> providers() {
        return PROVIDERS;
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
        String resource = "/schema-packs/" + provider + ".json.gz";
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
