package dev.devopspack.specialist;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.ArtifactName;
import dev.devopspack.change.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Makes a [Blueprint] of a folder and refuses one that contradicts itself, so that a mistake in a
/// blueprint shows when the program starts and not in a caller's task.
final class BlueprintReader {

    private static final int FORMAT = 1;
    private static final String VARIABLE = "variable.";
    private static final String BACKEND = "backend.";
    private static final Set<String> FORMATS = Set.of("ipv4-cidr", "private-ipv4-cidr");

    private final String folder;

    private BlueprintReader(String folder) {
        this.folder = folder;
    }

    /// @param folder for example `terraform/aws/eks_cluster`
    /// @param open gives the bytes of a file of the folder, or null where there is none
    static Blueprint read(String folder, Function<String, byte @Nullable []> open) {
        return new BlueprintReader(folder).read(open);
    }

    private Blueprint read(Function<String, byte @Nullable []> open) {
        byte[] yaml = bytes("blueprint.yaml", open);
        BlueprintFile file = InputReader.read(BlueprintFile.class, parse(yaml), folder);
        check(file.format() == FORMAT, "its format is not " + FORMAT);
        check(
                folder.endsWith("/" + file.provider() + "/" + file.type()),
                "the folder is not named PROVIDER/TYPE");
        List<BlueprintInput> inputs = inputs(file);
        checkNotes(file, inputs);
        List<Artifact> files =
                file.files().stream()
                        .sorted()
                        .map(name -> Artifact.of(new ArtifactName(name), bytes(name, open)))
                        .toList();
        return new Blueprint(
                folder,
                file.type(),
                file.provider(),
                file.title(),
                file.description(),
                file.pins(),
                file.environmentVariable(),
                file.summary(),
                file.notes().stream()
                        .map(note ->
                                new Blueprint.Note(
                                        Optional.ofNullable(note.without()), note.text()))
                        .toList(),
                inputs,
                files,
                digest(yaml, files));
    }

    private byte[] bytes(String name, Function<String, byte @Nullable []> open) {
        byte[] bytes = open.apply(name);
        if (bytes == null) {
            throw broken("the file '" + name + "' is missing");
        }
        return bytes;
    }

    private Map<String, Object> parse(byte[] yaml) {
        Object read =
                new Load(LoadSettings.builder().setLabel(folder).build())
                        .loadFromString(new String(yaml, StandardCharsets.UTF_8));
        if (!(read instanceof Map<?, ?> map)) {
            throw broken("blueprint.yaml is not an object");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        map.forEach((key, value) -> values.put(String.valueOf(key), value));
        return values;
    }

    private List<BlueprintInput> inputs(BlueprintFile file) {
        List<BlueprintInput> inputs = new ArrayList<>();
        Set<String> before = new HashSet<>(Set.of(Blueprint.ENVIRONMENT));
        for (BlueprintFile.Input written : file.inputs()) {
            BlueprintInput input = input(written);
            checkInput(input, before);
            check(before.add(input.name()), "the input '" + input.name() + "' is there twice");
            inputs.add(input);
        }
        return inputs;
    }

    private BlueprintInput input(BlueprintFile.Input written) {
        InputType type =
                InputType.of(written.type())
                        .orElseThrow(() ->
                                broken(
                                        "the type of '"
                                                + written.name()
                                                + "' is none of "
                                                + InputType.labels()));
        String fills = written.fills();
        if (fills.startsWith(VARIABLE)) {
            return new BlueprintInput(
                    written,
                    type,
                    BlueprintInput.Target.VARIABLE,
                    fills.substring(VARIABLE.length()));
        }
        if (fills.startsWith(BACKEND)) {
            return new BlueprintInput(
                    written,
                    type,
                    BlueprintInput.Target.BACKEND,
                    fills.substring(BACKEND.length()));
        }
        throw broken("'" + written.name() + "' fills neither a variable nor the backend");
    }

    private void checkInput(BlueprintInput input, Set<String> before) {
        BlueprintFile.Input written = input.written();
        String name = "the input '" + input.name() + "'";
        for (String other : others(written)) {
            check(before.contains(other), name + " refers to '" + other + "', not named before it");
        }
        check(!input.required() || written.example() != null, name + " is required, no example");
        check(
                written.pattern() == null || written.shape() != null,
                name + " has a pattern without its shape in words");
        check(
                written.format() == null || FORMATS.contains(written.format()),
                name + " has an unknown format");
        check((written.min() == null) == (written.max() == null), name + " has one of min and max");
        check(
                written.maxItems() != null
                        || input.type() == InputType.TEXT
                        || input.type() == InputType.WHOLE_NUMBER
                        || input.type() == InputType.FLAG,
                name + " has no bound for its items");
        input.check(input.example(), folder + "/" + input.name() + "/example");
        if (written.defaultValue() != null) {
            input.check(written.defaultValue(), folder + "/" + input.name() + "/default_value");
        }
        choices(written).forEach(value -> input.check(value, folder + "/" + input.name()));
    }

    private static List<String> others(BlueprintFile.Input written) {
        List<String> others = new ArrayList<>();
        add(others, written.atLeast());
        add(others, written.atMost());
        add(others, written.startsWith());
        add(others, written.defaultBy() == null ? null : written.defaultBy().input());
        add(others, written.fixedBy() == null ? null : written.fixedBy().input());
        return others;
    }

    private static List<Object> choices(BlueprintFile.Input written) {
        List<Object> values = new ArrayList<>();
        for (BlueprintFile.@Nullable Choice choice :
                new BlueprintFile.@Nullable Choice[] {written.defaultBy(), written.fixedBy()}) {
            if (choice != null) {
                values.addAll(choice.values().values());
                if (choice.otherwise() != null) {
                    values.add(choice.otherwise());
                }
            }
        }
        return values;
    }

    private static void add(List<String> names, @Nullable String name) {
        if (name != null) {
            names.add(name);
        }
    }

    private void checkNotes(BlueprintFile file, List<BlueprintInput> inputs) {
        List<String> names = inputs.stream().map(BlueprintInput::name).toList();
        for (BlueprintFile.Note note : file.notes()) {
            check(
                    note.without() == null || names.contains(note.without()),
                    "a note is about the unknown input '" + note.without() + "'");
        }
    }

    private static Digest digest(byte[] yaml, List<Artifact> files) {
        StringBuilder text = new StringBuilder("blueprint.yaml ").append(Digest.of(yaml));
        for (Artifact file : files) {
            text.append('\n').append(file.name()).append(' ').append(file.digest());
        }
        return Digest.of(text.toString());
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            throw broken(otherwise);
        }
    }

    private IllegalStateException broken(String why) {
        return new IllegalStateException("blueprint " + folder + ": " + why);
    }
}
