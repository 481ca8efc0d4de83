package dev.devopspack.policy.dockerfile;

import dev.devopspack.language.dockerfile.Dockerfile;
import dev.devopspack.language.dockerfile.Instruction;
import dev.devopspack.language.dockerfile.Position;
import dev.devopspack.language.dockerfile.Word;
import dev.devopspack.language.shell.ShellCommand.Joint;
import dev.devopspack.policy.dockerfile.BuildCommand.Argument;
import dev.devopspack.policy.subject.Attributes;
import dev.devopspack.policy.subject.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The instructions of one stage and their commands, told in the order in which they are built.
final class StageSubjects {

    private final String name;
    private final StageFacts facts;
    private final Attributes stage;
    private final Set<String> earlier;
    private final Dockerfile file;
    private final BuildState now = new BuildState();

    /// What holds for the triggers: they run in a later build, one after the other.
    private final BuildState later = new BuildState();

    /// @param earlier the names of the stages before
    StageSubjects(
            String name, StageFacts facts, Attributes stage, Set<String> earlier, Dockerfile file) {
        this.name = name;
        this.facts = facts;
        this.stage = stage;
        this.earlier = earlier;
        this.file = file;
        if (facts.stage.from() == null) {
            file.arguments().forEach(this::follow);
        }
        List<StageFacts> below = new ArrayList<>();
        for (StageFacts each = facts.parent; each != null; each = each.parent) {
            below.add(each);
        }
        below.reversed().forEach(each -> each.stage.instructions().forEach(this::inherit));
    }

    private static List<String> words(Instruction instruction) {
        return instruction.words().stream().map(Word::text).toList();
    }

    /// A trigger's variables hold here too: it has run when this stage begins.
    private void inherit(Instruction instruction) {
        if (instruction.onbuild()) {
            now.define(instruction);
            later.define(instruction);
        } else {
            follow(instruction);
        }
    }

    void addTo(List<Subject> all) {
        List<Instruction> instructions = facts.stage.instructions();
        Map<String, Integer> lastOfKind = new HashMap<>();
        for (int i = 0; i < instructions.size(); i++) {
            lastOfKind.put(kind(instructions.get(i)), i);
        }
        Set<String> seen = new HashSet<>();
        List<Set<String>> installsLater = installsLater();
        for (int i = 0; i < instructions.size(); i++) {
            Instruction instruction = instructions.get(i);
            Map<String, Object> self = InstructionFacts.common(instruction);
            String kind = kind(instruction);
            self.put("stage", stage);
            self.put("superseded", lastOfKind.getOrDefault(kind, i) > i);
            self.put("supersedes", !seen.add(kind));
            BuildState state = instruction.onbuild() ? later : now;
            self.put("workdir", state.workdir());
            self.put("misplaced", facts.stage.from() == null);
            if (instruction.is("COPY") || instruction.is("ADD")) {
                self.put("source", sourceKind(instruction));
                self.put("unpackedLater", unpackedLater(instruction, i));
            }
            if (instruction.is("RUN")) {
                self.put("couldJoin", i > 0 && couldJoin(instructions.get(i - 1), instruction));
            }
            if (instruction.is("ENV")) {
                self.put(
                        "withinItself",
                        ((List<?>) self.getOrDefault("withinItself", List.of()))
                                .stream()
                                        .map(String::valueOf)
                                        .filter(each -> !state.defines(each))
                                        .toList());
            }
            all.add(
                    DockerfileSubjects.subject(
                            name,
                            "dockerfile/Instruction",
                            DockerfileSubjects.address(facts),
                            instruction.at(),
                            instruction.lastLine(),
                            pairPlaces(instruction),
                            self));
            if (instruction.is("RUN")) {
                addCommands(instruction, state, installsLater.get(i), all);
            }
            follow(instruction);
        }
    }

    private static String kind(Instruction instruction) {
        return instruction.keyword() + (instruction.onbuild() ? " later" : "");
    }

    private static Map<String, Position> pairPlaces(Instruction instruction) {
        Map<String, Position> places = new HashMap<>();
        instruction.pairs().forEach(pair -> places.put("sets." + pair.name(), pair.at()));
        return places;
    }

    private void follow(Instruction instruction) {
        later.follow(instruction);
        if (!instruction.onbuild()) {
            now.follow(instruction);
        }
    }

    /// What `--from` names: `stage`, `number`, `itself`, `image`, `missing`, or nothing.
    private String sourceKind(Instruction copy) {
        String from = copy.flag("from").orElse("").toLowerCase(Locale.ROOT);
        if (from.isEmpty() || from.contains("$")) {
            return "";
        }
        if (from.equals(facts.stage.name())) {
            return "itself";
        }
        if (earlier.contains(from)) {
            return "stage";
        }
        boolean number = from.length() < 6 && from.chars().allMatch(c -> c >= '0' && c <= '9');
        int index = number ? Integer.parseInt(from) : -1;
        if (number && index <= facts.stage.index()) {
            return index == facts.stage.index() ? "itself" : "number";
        }
        return from.contains(":") || from.contains("/") || from.contains("@") ? "image" : "missing";
    }

    /// Whether a later `RUN` unpacks an archive that this copies.
    private boolean unpackedLater(Instruction copy, int index) {
        List<String> words = words(copy);
        if (!copy.is("COPY") || copy.flag("from").isPresent() || words.size() < 2) {
            return false;
        }
        Set<String> archives = new HashSet<>();
        boolean any = false;
        for (String word : words.subList(0, words.size() - 1)) {
            if (InstructionFacts.isArchive(word)) {
                any = true;
                archives.add(baseName(word));
            }
        }
        archives.add(any ? baseName(words.getLast()) : "");
        archives.remove("");
        List<Instruction> later =
                facts.stage.instructions().subList(index + 1, facts.stage.instructions().size());
        return any
                && later.stream()
                        .flatMap(each -> facts.commands.getOrDefault(each, List.of()).stream())
                        .anyMatch(command -> unpacks(command, archives));
    }

    private static boolean unpacks(BuildCommand command, Set<String> archives) {
        List<String> arguments = command.arguments().stream().map(Argument::text).toList();
        boolean unpacker =
                switch (command.program()) {
                    case "tar", "bsdtar" ->
                            arguments.stream()
                                    .anyMatch(each ->
                                            each.equals("--extract")
                                                    || each.equals("--get")
                                                    || (arguments.indexOf(each) == 0
                                                                    || each.startsWith("-"))
                                                            && !each.startsWith("--")
                                                            && !each.contains("/")
                                                            && !each.contains(".")
                                                            && each.contains("x"));
                    case "gunzip",
                            "bunzip2",
                            "unxz",
                            "unlzma",
                            "uncompress",
                            "unzip",
                            "zgz",
                            "zcat",
                            "gzcat",
                            "xzcat" ->
                            true;
                    case "gzip", "bzip2", "xz" -> arguments.contains("-d");
                    default -> false;
                };
        return unpacker
                && arguments.stream().map(StageSubjects::baseName).anyMatch(archives::contains);
    }

    private static String baseName(String path) {
        int equals = path.startsWith("--") ? path.indexOf('=') : -1;
        String plain = path.substring(equals + 1);
        return plain.substring(plain.lastIndexOf('/') + 1);
    }

    /// Whether two `RUN` in a row are one short command each, under the same options.
    private boolean couldJoin(Instruction before, Instruction run) {
        return before.is("RUN")
                && before.onbuild() == run.onbuild()
                && before.flags().stream()
                        .map(each -> each.name() + each.value())
                        .toList()
                        .equals(
                                run.flags().stream()
                                        .map(each -> each.name() + each.value())
                                        .toList())
                && before.heredocs().isEmpty()
                && run.heredocs().isEmpty()
                && isShort(before)
                && isShort(run);
    }

    private boolean isShort(Instruction run) {
        return facts.commands.getOrDefault(run, List.of()).size() == 1;
    }

    private void addCommands(
            Instruction run, BuildState state, Set<String> installsLater, List<Subject> all) {
        List<BuildCommand> commands = facts.commands.getOrDefault(run, List.of());
        Caches caches = new Caches(commands, run.flagValues("mount"));
        Set<String> installsHere = installs(commands);
        boolean fails = failsWithPipe(state, commands);
        String joined = run.exec() ? "" : shellName(state);
        for (int i = 0; i < commands.size(); i++) {
            BuildCommand command = commands.get(i);
            Options options = Options.of(canonical(command.program()), command.arguments());
            Map<String, Object> self = new LinkedHashMap<>();
            self.put("program", command.program());
            self.put("arguments", command.arguments().stream().map(Argument::text).toList());
            self.put("options", List.copyOf(options.names()));
            self.put("settings", options.settings());
            self.put("operands", options.operands().stream().map(Argument::text).toList());
            self.put("sets", new Attributes(command.sets()));
            self.put("piped", command.joint() == Joint.PIPE);
            self.put("pipeFails", fails);
            self.put("writesTo", command.writesTo());
            self.put("pipedFrom", pipedFrom(commands, i));
            self.put("shell", joined);
            self.put("first", i == 0);
            self.put("last", i == commands.size() - 1);
            self.put("onbuild", run.onbuild());
            self.put("stage", stage);
            self.put("manager", "");
            Optional<PackageManager> work = PackageManager.of(command.program(), options);
            if (work.isPresent()) {
                PackageManager manager = work.get();
                self.put("manager", manager.manager());
                self.put("verb", manager.verb());
                self.put("installs", manager.installs());
                self.put("refreshes", manager.refreshes());
                self.put("packages", manager.packages());
                self.put("unpinned", manager.unpinned());
                self.put("asksNothing", manager.asksNothing(options));
                self.put("emptied", emptied(manager.manager(), caches, i, options, state));
                self.put("usedHere", installsHere.contains(manager.manager()));
                self.put("usedLater", installsLater.contains(manager.manager()));
            }
            Map<String, Position> places = new HashMap<>();
            self.keySet().forEach(key -> places.put(key, command.at()));
            all.add(
                    DockerfileSubjects.subject(
                            name,
                            "dockerfile/Command",
                            DockerfileSubjects.address(facts),
                            run.at(),
                            run.lastLine(),
                            places,
                            self));
        }
    }

    /// The program whose options it shares.
    private static String canonical(String program) {
        return program.startsWith("pip") && !program.equals("pipx") ? "pip" : program;
    }

    private static boolean emptied(
            String manager, Caches caches, int index, Options options, BuildState state) {
        boolean byVariable =
                manager.equals("pip")
                        && setFor(index, "PIP_NO_CACHE_DIR", caches)
                                .map(BuildState::isOn)
                                .orElse(state.turnsOn("PIP_NO_CACHE_DIR"));
        return byVariable || caches.emptied(manager, index, options);
    }

    /// The value that the command itself or an `export` before it sets.
    private static Optional<String> setFor(int index, String variable, Caches caches) {
        for (int i = index; i >= 0; i--) {
            BuildCommand command = caches.commands().get(i);
            String value = command.sets().get(variable);
            boolean holds =
                    i == index || command.program().equals("export") || command.program().isEmpty();
            if (value != null && holds) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    private static List<String> pipedFrom(List<BuildCommand> commands, int index) {
        BuildCommand command = commands.get(index);
        List<String> programs = new ArrayList<>();
        for (int i = index - 1; i >= 0 && index - i < 50; i--) {
            if (commands.get(i).pipeline() == command.pipeline()) {
                programs.add(commands.get(i).program());
            }
        }
        return command.joint() == Joint.PIPE ? programs : List.of();
    }

    /// The package managers that the instructions behind each one use.
    private List<Set<String>> installsLater() {
        List<Instruction> instructions = facts.stage.instructions();
        List<Set<String>> later = new ArrayList<>();
        Set<String> managers = Set.of();
        for (int i = instructions.size() - 1; i >= 0; i--) {
            later.add(managers);
            Set<String> own = installs(facts.commands.getOrDefault(instructions.get(i), List.of()));
            if (!managers.containsAll(own)) {
                managers = new HashSet<>(managers);
                managers.addAll(own);
            }
        }
        return later.reversed();
    }

    private static Set<String> installs(List<BuildCommand> commands) {
        Set<String> managers = new HashSet<>();
        for (BuildCommand command : commands) {
            Options options = Options.of(canonical(command.program()), command.arguments());
            PackageManager.of(command.program(), options)
                    .filter(each ->
                            each.installs()
                                    || each.verb().endsWith("upgrade")
                                    || each.verb().equals("build-dep"))
                    .ifPresent(each -> managers.add(each.manager()));
        }
        return managers;
    }

    private static String shellName(BuildState state) {
        List<String> shell = state.shell();
        String program = shell.isEmpty() ? "sh" : shell.getFirst().replace('\\', '/');
        String plain = program.substring(program.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return plain.endsWith(".exe") ? plain.substring(0, plain.length() - 4) : plain;
    }

    /// Whether the `RUN` stops where a command of a pipe fails.
    private boolean failsWithPipe(BuildState state, List<BuildCommand> commands) {
        boolean other =
                Set.of("powershell", "pwsh", "cmd").contains(shellName(state))
                        || file.escape() == '`';
        boolean bySet =
                commands.stream()
                        .anyMatch(each ->
                                each.program().equals("set")
                                        && each.arguments().stream()
                                                .anyMatch(a -> a.text().equals("pipefail")));
        boolean byOption =
                commands.stream()
                        .anyMatch(each ->
                                each.arguments().stream().anyMatch(a -> a.text().equals("pipefail"))
                                        && each.program().endsWith("sh"));
        return other || state.shell().contains("pipefail") || bySet || byOption;
    }
}
