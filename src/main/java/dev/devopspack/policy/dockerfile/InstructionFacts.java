package dev.devopspack.policy.dockerfile;

import dev.devopspack.language.dockerfile.Instruction;
import dev.devopspack.language.dockerfile.Pair;
import dev.devopspack.language.dockerfile.Word;
import dev.devopspack.policy.subject.Attributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What can be said of an instruction by itself.
final class InstructionFacts {

    /// Sets and shows a port below any that exist where a number is none.
    private static final int MAX_PORT_DIGITS = 9;

    private static final List<String> ARCHIVES =
            List.of(
                    ".tar",
                    ".tar.gz",
                    ".tar.bz2",
                    ".tar.xz",
                    ".tar.zst",
                    ".tgz",
                    ".tbz",
                    ".tbz2",
                    ".tb2",
                    ".txz",
                    ".tlz",
                    ".tpz",
                    ".tz",
                    ".gz",
                    ".bz2",
                    ".xz",
                    ".lz",
                    ".lzma",
                    ".z");

    private InstructionFacts() {}

    static Map<String, Object> common(Instruction instruction) {
        Map<String, Object> self = new LinkedHashMap<>();
        self.put("keyword", instruction.keyword());
        self.put("onbuild", instruction.onbuild());
        self.put("exec", instruction.exec());
        self.put("text", instruction.text().strip());
        self.put("words", instruction.words().stream().map(Word::text).toList());
        self.put("flags", DockerfileSubjects.flagNames(instruction));
        self.put("mounts", instruction.flagValues("mount"));
        self.put("network", instruction.flag("network").orElse(""));
        self.put("security", instruction.flag("security").orElse(""));
        Map<String, String> sets = new HashMap<>();
        instruction
                .pairs()
                .forEach(pair -> {
                    String value = pair.value();
                    if (value != null) {
                        sets.put(pair.name(), value);
                    }
                });
        self.put("sets", new Attributes(sets));
        self.put("names", instruction.pairs().stream().map(Pair::name).toList());
        switch (instruction.keyword()) {
            case "EXPOSE" -> self.put("ports", ports(instruction));
            case "ENV" -> self.put("withinItself", withinItself(instruction));
            case "COPY", "ADD" -> copy(instruction, self);
            default -> {}
        }
        return self;
    }

    /// The ports it names, both ends of ranges; -1 for a number that is no port's.
    static List<Long> ports(Instruction expose) {
        List<Long> ports = new ArrayList<>();
        for (Word word : expose.words()) {
            String plain = word.text().replaceFirst("/[A-Za-z]*$", "");
            for (String end : plain.split("-")) {
                boolean number = !end.isEmpty() && end.chars().allMatch(c -> c >= '0' && c <= '9');
                if (number) {
                    ports.add(end.length() > MAX_PORT_DIGITS ? -1 : Long.parseLong(end));
                }
            }
        }
        return ports;
    }

    /// The names in an `ENV` whose new values it uses itself: it still sees the old ones.
    private static List<String> withinItself(Instruction env) {
        List<String> found = new ArrayList<>();
        List<Pair> pairs = env.pairs();
        for (int i = 0; i < pairs.size() && i < 200; i++) {
            for (int j = 0; j < pairs.size() && j < 200; j++) {
                String value = pairs.get(j).value();
                if (i != j && value != null && uses(value, pairs.get(i).name())) {
                    found.add(pairs.get(i).name());
                }
            }
        }
        return found.stream().distinct().toList();
    }

    private static boolean uses(String value, String name) {
        int at = value.indexOf('$');
        while (at >= 0) {
            int start = value.startsWith("{", at + 1) ? at + 2 : at + 1;
            int end = start + name.length();
            boolean same =
                    value.startsWith(name, start) && (at == 0 || value.charAt(at - 1) != '\\');
            boolean ends =
                    end >= value.length()
                            || !(Character.isLetterOrDigit(value.charAt(end))
                                    || value.charAt(end) == '_');
            if (same && ends) {
                return true;
            }
            at = value.indexOf('$', at + 1);
        }
        return false;
    }

    private static void copy(Instruction instruction, Map<String, Object> self) {
        List<String> words = instruction.words().stream().map(Word::text).toList();
        List<String> sources =
                words.isEmpty() ? List.of() : new ArrayList<>(words.subList(0, words.size() - 1));
        boolean inline = !instruction.heredocs().isEmpty();
        self.put("sources", sources);
        self.put("inline", inline);
        self.put("destination", words.size() < 2 ? "" : words.getLast());
        self.put("from", instruction.flag("from").orElse(""));
        self.put("remote", sources.stream().filter(InstructionFacts::isRemote).toList());
        self.put("archives", sources.stream().filter(InstructionFacts::isArchive).toList());
        self.put(
                "plain",
                sources.stream()
                        .filter(each ->
                                !isRemote(each)
                                        && !isArchive(each)
                                        && !each.contains("$")
                                        && !each.startsWith("<<"))
                        .toList());
        self.put("checksum", instruction.flag("checksum").orElse(""));
    }

    private static boolean isRemote(String source) {
        return source.contains("://") || source.startsWith("git@");
    }

    static boolean isArchive(String source) {
        String lower = source.toLowerCase(Locale.ROOT);
        return ARCHIVES.stream().anyMatch(lower::endsWith);
    }

    static final Set<String> ONE_OF_A_KIND = Set.of("CMD", "ENTRYPOINT", "HEALTHCHECK");
}
