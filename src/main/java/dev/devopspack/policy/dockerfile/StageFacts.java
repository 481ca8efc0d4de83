package dev.devopspack.policy.dockerfile;

import dev.devopspack.language.dockerfile.Dockerfile;
import dev.devopspack.language.dockerfile.ImageName;
import dev.devopspack.language.dockerfile.Instruction;
import dev.devopspack.language.dockerfile.Pair;
import dev.devopspack.language.dockerfile.Stage;
import dev.devopspack.language.dockerfile.Variables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What follows from a stage's instructions and from the stages it is built on.
final class StageFacts {

    /// Stages that are built on each other; people write five. What is above is not looked at.
    private static final int MAX_CHAIN = 50;

    final Stage stage;

    /// The stage that its `FROM` names; null where that is an image.
    final @Nullable StageFacts parent;

    private final int chain;

    /// Its image with variables replaced; empty where one of them is not known.
    final Optional<String> image;

    /// Whether its image is the file's result or that is built on it.
    boolean shipped;

    /// The commands of every `RUN`, also those for later builds.
    final Map<Instruction, List<BuildCommand>> commands = new IdentityHashMap<>();

    private StageFacts(Stage stage, @Nullable StageFacts parent, Optional<String> image) {
        this.stage = stage;
        this.parent = parent == null || parent.chain >= MAX_CHAIN ? null : parent;
        this.chain = this.parent == null ? 0 : this.parent.chain + 1;
        this.image = image;
        for (Instruction instruction : stage.instructions()) {
            if (instruction.is("RUN")) {
                commands.put(instruction, BuildCommands.of(instruction));
            }
        }
    }

    static List<StageFacts> of(Dockerfile file) {
        Variables arguments = new Variables();
        file.arguments().forEach(argument -> set(argument, arguments));
        List<StageFacts> all = new ArrayList<>();
        Map<String, StageFacts> named = new HashMap<>();
        for (Stage stage : file.stages()) {
            Optional<String> image = arguments.expand(stage.image());
            StageFacts parent =
                    image.map(name -> named.get(name.toLowerCase(Locale.ROOT))).orElse(null);
            StageFacts facts = new StageFacts(stage, parent, image);
            all.add(facts);
            if (stage.name() != null) {
                named.put(stage.name(), facts);
            }
        }
        if (!all.isEmpty()) {
            for (StageFacts facts = all.getLast(); facts != null; facts = facts.parent) {
                facts.shipped = true;
            }
        }
        return all;
    }

    static void set(Instruction instruction, Variables variables) {
        for (Pair pair : instruction.pairs()) {
            String value = pair.value();
            if (value != null) {
                variables
                        .expand(value)
                        .ifPresentOrElse(
                                known -> variables.set(pair.name(), known),
                                () -> variables.forget(pair.name()));
            }
        }
    }

    /// The parts of the image that the chain of stages begins with, as far as they are written.
    ImageName base() {
        StageFacts root = root();
        return ImageName.of(root.image.orElse(root.stage.image()));
    }

    private StageFacts root() {
        StageFacts root = this;
        while (root.parent != null) {
            root = root.parent;
        }
        return root;
    }

    boolean onScratch() {
        return root().image.filter("scratch"::equals).isPresent();
    }

    /// The last instruction of a kind, also of the stages it is built on.
    Optional<Instruction> last(String keyword) {
        for (StageFacts facts = this; facts != null; facts = facts.parent) {
            List<Instruction> own = facts.stage.instructions();
            for (int i = own.size() - 1; i >= 0; i--) {
                if (own.get(i).is(keyword) && !own.get(i).onbuild()) {
                    return Optional.of(own.get(i));
                }
            }
        }
        return Optional.empty();
    }

    /// The names of all programs that the stage's `RUN` instructions start.
    Set<String> programs() {
        Set<String> programs = new HashSet<>();
        commands.values().forEach(all -> all.forEach(each -> programs.add(each.program())));
        programs.remove("");
        return programs;
    }
}
