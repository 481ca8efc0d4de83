package dev.devopspack.specialist;

import dev.devopspack.change.Digest;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The blueprints of one kind, for example all Terraform modules.
///
/// @param blueprints sorted by folder
public record BlueprintCatalog(List<Blueprint> blueprints) {

    private static final String ROOT = "/blueprints/";

    /// How many names are offered to somebody who mistyped one.
    private static final int SUGGESTIONS = 3;

    public BlueprintCatalog {
        blueprints = List.copyOf(blueprints);
    }

    /// The blueprints that the program ships. They are read from the class path, which cannot list
    /// a folder inside a jar: `blueprints/index.txt` names them.
    ///
    /// @param kind the first folder, for example `terraform`
    public static BlueprintCatalog shipped(String kind) {
        byte[] index = resource("index.txt");
        if (index == null) {
            throw new IllegalStateException("blueprints/index.txt is not on the class path");
        }
        return new BlueprintCatalog(
                new String(index, StandardCharsets.UTF_8)
                        .lines()
                        .filter(folder -> folder.startsWith(kind + "/"))
                        .sorted()
                        .map(folder ->
                                BlueprintReader.read(folder, name -> resource(folder + "/" + name)))
                        .toList());
    }

    private static byte @Nullable [] resource(String name) {
        try (InputStream in = BlueprintCatalog.class.getResourceAsStream(ROOT + name)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<String> providers() {
        return blueprints.stream().map(Blueprint::provider).distinct().toList();
    }

    public List<String> types() {
        return blueprints.stream().map(Blueprint::type).distinct().toList();
    }

    /// @param provider the provider it must be of, where the caller named one
    /// @throws InvalidInput if there is none; says what is offered and what may have been meant
    public Blueprint find(Optional<String> provider, String type, String pointer) {
        List<Blueprint> ofProvider =
                blueprints.stream()
                        .filter(it -> provider.isEmpty() || it.provider().equals(provider.get()))
                        .toList();
        return ofProvider.stream()
                .filter(it -> it.type().equals(type))
                .findFirst()
                .orElseThrow(() -> notOffered(type, ofProvider, pointer));
    }

    private static InvalidInput notOffered(String type, List<Blueprint> offered, String pointer) {
        List<String> types = offered.stream().map(Blueprint::type).toList();
        List<String> near = Nearest.to(type, types, SUGGESTIONS);
        String list =
                offered.stream()
                        .map(it -> it.type() + " (" + it.provider() + ": " + it.title() + ")")
                        .collect(Collectors.joining(", "));
        return new InvalidInput(
                pointer,
                "the type '" + Pointer.shown(type) + "' is not offered",
                (near.isEmpty() ? "" : "Did you mean " + String.join(" or ", near) + "? ")
                        + "Offered: "
                        + list
                        + ". For anything else, submit files of your own as a change set.");
    }

    /// Changes whenever a byte of any blueprint does.
    public Digest digest() {
        return Digest.of(
                blueprints.stream()
                        .map(it -> it.folder() + " " + it.digest())
                        .collect(Collectors.joining("\n")));
    }
}
