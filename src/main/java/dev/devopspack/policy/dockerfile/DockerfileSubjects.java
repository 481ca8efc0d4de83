package dev.devopspack.policy.dockerfile;

import dev.devopspack.language.dockerfile.Dockerfile;
import dev.devopspack.language.dockerfile.Flag;
import dev.devopspack.language.dockerfile.ImageName;
import dev.devopspack.language.dockerfile.Instruction;
import dev.devopspack.language.dockerfile.Position;
import dev.devopspack.language.dockerfile.Word;
import dev.devopspack.policy.subject.Attributes;
import dev.devopspack.policy.subject.NotKnown;
import dev.devopspack.policy.subject.PlainSubject;
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

/// The subjects of one Dockerfile: itself, its stages, their instructions, the commands of those.
final class DockerfileSubjects {

    private final String name;
    private final Dockerfile file;
    private final List<StageFacts> stages;
    private final Set<String> sources;
    private final List<Subject> all = new ArrayList<>();

    DockerfileSubjects(String name, Dockerfile file) {
        this.name = name;
        this.file = file;
        this.stages = StageFacts.of(file);
        this.sources = sources(file);
    }

    List<Subject> all() {
        addFile();
        Set<String> seen = new HashSet<>();
        for (StageFacts facts : stages) {
            Attributes stage = addStage(facts, seen);
            new StageSubjects(name, facts, stage, seen, file).addTo(all);
            if (facts.stage.name() != null) {
                seen.add(facts.stage.name());
            }
        }
        for (Instruction argument : file.arguments()) {
            Map<String, Object> self = InstructionFacts.common(argument);
            self.put("misplaced", false);
            all.add(
                    subject(
                            "dockerfile/Instruction",
                            "",
                            argument.at(),
                            argument.lastLine(),
                            Map.of(),
                            self));
        }
        return all;
    }

    private void addFile() {
        Map<String, Object> self = new LinkedHashMap<>();
        self.put("stages", stages.stream().filter(each -> each.stage.from() != null).count());
        Position at = new Position(1, 1);
        int last = 1;
        if (!stages.isEmpty()) {
            StageFacts result = stages.getLast();
            Optional<Instruction> user = result.last("USER");
            self.put("user", user.map(each -> user(each)).orElse(""));
            self.put("root", user.map(each -> isRoot(user(each))).orElse(false));
            self.put("scratch", result.onScratch());
            self.put("carrier", isCarrier(result));
            self.put("baseWithoutRoot", baseWithoutRoot(result));
            self.put("healthcheck", result.last("HEALTHCHECK").isPresent());
            self.put("entrypoint", texts(result.last("ENTRYPOINT")));
            self.put("command", texts(result.last("CMD")));
            self.put(
                    "starts",
                    result.last("ENTRYPOINT").isPresent() || result.last("CMD").isPresent());
            self.put("ports", ports(result));
            self.put("from", result.stage.from() != null);
            Instruction from = result.stage.from();
            at = user.map(Instruction::at).orElse(from == null ? at : from.at());
            last =
                    stages.getLast().stage.instructions().stream()
                            .mapToInt(Instruction::lastLine)
                            .max()
                            .orElse(at.line());
            self.put("line", (long) at.line());
        }
        Position start = new Position(1, 1);
        Map<String, Subject.Place> places = new HashMap<>();
        for (String key : self.keySet()) {
            places.put(key, place(at));
        }
        all.add(
                new PlainSubject(
                        "dockerfile/Dockerfile",
                        "",
                        true,
                        place(start),
                        last,
                        places,
                        self,
                        Subject.Surroundings.NONE));
    }

    static String user(Instruction instruction) {
        String text = instruction.words().stream().map(Word::text).findFirst().orElse("");
        int group = text.indexOf(':');
        return group > 0 && !text.startsWith("$") ? text.substring(0, group) : text;
    }

    static boolean isRoot(String user) {
        return user.equals("root")
                || user.equals("0")
                || user.equalsIgnoreCase("ContainerAdministrator");
    }

    /// Images whose names promise that they start as somebody else: `distroless/static:nonroot`,
    /// `nginxinc/nginx-unprivileged`, `docker:dind-rootless`.
    private static boolean baseWithoutRoot(StageFacts result) {
        ImageName base = result.base();
        String name = (base.repository() + ':' + base.tag()).toLowerCase(Locale.ROOT);
        return name.contains("nonroot")
                || name.contains("unprivileged")
                || name.contains("rootless");
    }

    /// An image that only carries files to other builds: nothing under them, nothing to start.
    private static boolean isCarrier(StageFacts result) {
        return result.onScratch()
                && result.last("ENTRYPOINT").isEmpty()
                && result.last("CMD").isEmpty()
                && (result.last("COPY").isPresent() || result.last("ADD").isPresent());
    }

    private static List<String> texts(Optional<Instruction> instruction) {
        return instruction
                .map(each -> each.words().stream().map(Word::text).toList())
                .orElse(List.of());
    }

    private static List<Long> ports(StageFacts result) {
        return result.stage.instructions().stream()
                .filter(each -> each.is("EXPOSE") && !each.onbuild())
                .flatMap(each -> InstructionFacts.ports(each).stream())
                .toList();
    }

    private Attributes addStage(StageFacts facts, Set<String> seen) {
        Map<String, Object> self = new LinkedHashMap<>();
        ImageName written = ImageName.of(facts.image.orElse(facts.stage.image()));
        boolean known = facts.image.isPresent();
        String image = facts.stage.image();
        boolean scratch = facts.image.filter("scratch"::equals).isPresent();
        self.put("index", (long) facts.stage.index());
        self.put("name", facts.stage.name() == null ? "" : facts.stage.name());
        self.put("again", facts.stage.name() != null && seen.contains(facts.stage.name()));
        self.put("last", facts.stage.index() == stages.size() - 1);
        self.put("shipped", facts.shipped);
        self.put("image", image);
        self.put("onStage", facts.parent != null);
        self.put("scratch", scratch);
        self.put("begun", facts.stage.from() != null);
        boolean versioned = !written.tag().isEmpty() || !written.digest().isEmpty();
        Object unknown = NotKnown.because("the build arguments in '" + image + "' have no default");
        self.put("versioned", versioned || known ? versioned : unknown);
        boolean variable = !known && (written.tag().contains("$") || written.tag().isEmpty());
        self.put(
                "latest",
                !written.digest().isEmpty()
                        ? false
                        : variable ? unknown : "latest".equals(written.tag()));
        self.put("registry", known ? written.registry() : unknown);
        self.put("base", facts.base().repository());
        Instruction from = facts.stage.from();
        self.put("platform", from == null ? "" : from.flag("platform").orElse(""));
        self.put("programs", List.copyOf(facts.programs()));
        self.put("numbered", sources.contains("" + facts.stage.index()));
        Attributes stage = new Attributes(self);
        if (from != null) {
            all.add(
                    subject(
                            "dockerfile/Stage",
                            address(facts),
                            from.at(),
                            from.lastLine(),
                            Map.of(),
                            self));
        }
        return stage;
    }

    /// What `--from` options name, anywhere in the file.
    private static Set<String> sources(Dockerfile file) {
        Set<String> sources = new HashSet<>();
        file.stages()
                .forEach(stage ->
                        stage.instructions()
                                .forEach(each -> each.flag("from").ifPresent(sources::add)));
        return sources;
    }

    static String address(StageFacts facts) {
        return "stage " + (facts.stage.name() == null ? facts.stage.index() : facts.stage.name());
    }

    private Subject.Place place(Position at) {
        return new Subject.Place(name, at.line(), at.column());
    }

    private Subject subject(
            String kind,
            String address,
            Position at,
            int lastLine,
            Map<String, Position> places,
            Map<String, Object> self) {
        return subject(name, kind, address, at, lastLine, places, self);
    }

    static Subject subject(
            String file,
            String kind,
            String address,
            Position at,
            int lastLine,
            Map<String, Position> places,
            Map<String, Object> self) {
        Map<String, Subject.Place> known = new HashMap<>();
        places.forEach((path, each) ->
                known.put(path, new Subject.Place(file, each.line(), each.column())));
        return new PlainSubject(
                kind,
                address,
                false,
                new Subject.Place(file, at.line(), at.column()),
                lastLine,
                known,
                self,
                Subject.Surroundings.NONE);
    }

    static List<String> flagNames(Instruction instruction) {
        return instruction.flags().stream().map(Flag::name).toList();
    }
}
