package dev.devopspack.language.dockerfile;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.devopspack.task.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a file line by line: directives, comments, instructions with their continued lines and
/// here-documents.
final class DockerfileParser {

    /// Builders stop far earlier; the largest real files have some hundred instructions.
    static final int MAX_INSTRUCTIONS = 20_000;

    /// After so many the rest is noise.
    static final int MAX_PROBLEMS = 50;

    static final Set<String> KEYWORDS =
            Set.of(
                    "ADD",
                    "ARG",
                    "CMD",
                    "COPY",
                    "ENTRYPOINT",
                    "ENV",
                    "EXPOSE",
                    "FROM",
                    "HEALTHCHECK",
                    "LABEL",
                    "MAINTAINER",
                    "ONBUILD",
                    "RUN",
                    "SHELL",
                    "STOPSIGNAL",
                    "USER",
                    "VOLUME",
                    "WORKDIR");

    private static final Pattern DIRECTIVE =
            Pattern.compile("^#[ \\t]*([A-Za-z][A-Za-z0-9_-]*)[ \\t]*=[ \\t]*(.*?)[ \\t]*$");
    private static final Set<String> DIRECTIVES = Set.of("syntax", "escape", "check");
    private static final Pattern STAGE_NAME = Pattern.compile("^[a-z][a-z0-9._-]*$");

    private final String text;
    private final Lines lines;
    private final Map<String, String> directives = new LinkedHashMap<>();
    private final List<Instruction> arguments = new ArrayList<>();
    private final List<Stage> stages = new ArrayList<>();
    private final List<SyntaxProblem> problems = new ArrayList<>();
    private char escape = '\\';
    private int line;
    private int instructions;

    private @Nullable Instruction from;
    private List<Instruction> open = new ArrayList<>();

    DockerfileParser(String text) {
        this.text = text;
        this.lines = new Lines(text);
    }

    Dockerfile file() {
        readDirectives();
        while (line < lines.count() && instructions < MAX_INSTRUCTIONS) {
            String content = lines.line(line).strip();
            if (content.isEmpty() || content.startsWith("#")) {
                line++;
            } else {
                instructions++;
                readInstruction();
            }
        }
        endStage();
        if (stages.stream().allMatch(stage -> stage.from() == null)) {
            problem(
                    new Position(1, 1),
                    "no FROM names the image to build on. Add `FROM image:tag`.");
        }
        return new Dockerfile(directives, escape, arguments, stages, problems);
    }

    private void readDirectives() {
        while (line < lines.count()) {
            String content = lines.line(line).strip();
            String plain =
                    line == 0 && content.startsWith("\uFEFF") ? content.substring(1) : content;
            Matcher directive = DIRECTIVE.matcher(plain);
            if (!directive.matches()) {
                return;
            }
            String name = directive.group(1).toLowerCase(Locale.ROOT);
            if (!DIRECTIVES.contains(name) || directives.containsKey(name)) {
                return;
            }
            directives.put(name, directive.group(2));
            if (name.equals("escape")) {
                setEscape(directive.group(2));
            }
            line++;
        }
    }

    private void setEscape(String value) {
        if (value.equals("`") || value.equals("\\")) {
            escape = value.charAt(0);
        } else {
            problem(
                    new Position(line + 1, 1),
                    "the escape character can be \\ or ` only. Write `# escape=\\``.");
        }
    }

    private void readInstruction() {
        LogicalLine logical = new LogicalLine();
        boolean continued = true;
        while (continued && line < lines.count()) {
            int start = lines.start(line);
            int end = lines.end(line);
            String content = text.substring(start, end).strip();
            boolean skipped = !logical.isEmpty() && (content.isEmpty() || content.startsWith("#"));
            if (!skipped) {
                int last = end;
                while (last > start && isBlank(text.charAt(last - 1))) {
                    last--;
                }
                continued = last > start && text.charAt(last - 1) == escape;
                logical.add(text, firstCharacter(logical, start, end), continued ? last - 1 : end);
            }
            line++;
        }
        instruction(logical);
    }

    private int firstCharacter(LogicalLine logical, int start, int end) {
        int first = start;
        if (logical.isEmpty()) {
            while (first < end
                    && (isBlank(text.charAt(first)) || (text.charAt(first) == '\uFEFF'))) {
                first++;
            }
        }
        return first;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r';
    }

    private void instruction(LogicalLine logical) {
        InstructionReader reader =
                new InstructionReader(
                        logical, escape, index -> lines.position(logical.offset(index)));
        String keyword = reader.keyword();
        Position at = reader.position(0);
        boolean onbuild = keyword.equals("ONBUILD");
        if (onbuild) {
            keyword = reader.keyword();
        }
        if (!KEYWORDS.contains(keyword)) {
            unknown(keyword, at);
            return;
        }
        List<Heredoc> heredocs = heredocs(reader.heredocs(keyword), at);
        Instruction read = reader.instruction(keyword, onbuild, at, line, heredocs);
        reader.problems().forEach(problem -> problem(problem.at(), problem.message()));
        place(read);
    }

    private void unknown(String keyword, Position at) {
        List<String> nearest = Nearest.to(keyword, KEYWORDS, 1);
        String meant = nearest.isEmpty() ? "" : " Did you mean " + nearest.getFirst() + "?";
        problem(at, "there is no instruction '" + keyword + "'." + meant);
    }

    /// Takes the bodies of the here-documents from the lines that follow.
    private List<Heredoc> heredocs(List<InstructionReader.Opening> openings, Position at) {
        List<Heredoc> heredocs = new ArrayList<>();
        for (InstructionReader.Opening opening : openings) {
            int end = endOf(opening);
            if (end < 0) {
                problem(
                        at,
                        "the here-document '"
                                + opening.name()
                                + "' has no end. Write "
                                + opening.name()
                                + " on a line of its own below it.");
                line = lines.count();
                break;
            }
            StringBuilder body = new StringBuilder();
            for (int i = line; i < end; i++) {
                String content = lines.line(i);
                body.append(opening.tabs() ? withoutTabs(content) : content).append('\n');
            }
            heredocs.add(
                    new Heredoc(
                            opening.name(),
                            body.toString(),
                            opening.expands(),
                            line + 1,
                            opening.offset()));
            line = end + 1;
        }
        return heredocs;
    }

    private int endOf(InstructionReader.Opening opening) {
        for (int i = line; i < lines.count(); i++) {
            String content = lines.line(i);
            if ((opening.tabs() ? withoutTabs(content) : content).equals(opening.name())) {
                return i;
            }
        }
        return -1;
    }

    private static String withoutTabs(String content) {
        int first = 0;
        while (first < content.length() && content.charAt(first) == '\t') {
            first++;
        }
        return content.substring(first);
    }

    private void place(Instruction read) {
        if (read.is("FROM") && !read.onbuild()) {
            endStage();
            from = read;
            checkFrom(read);
        } else if (from == null && open.isEmpty() && read.is("ARG") && !read.onbuild()) {
            arguments.add(read);
        } else {
            open.add(read);
        }
    }

    private void checkFrom(Instruction read) {
        List<Word> words = read.words();
        boolean named = words.size() == 3 && words.get(1).text().equalsIgnoreCase("AS");
        if (words.isEmpty()) {
            problem(read.at(), "FROM names no image. Write `FROM image:tag`.");
        } else if (words.size() != 1 && !named) {
            problem(read.at(), "FROM takes an image and a name. Write `FROM image:tag AS name`.");
        } else if (named && !STAGE_NAME.matches(words.get(2).text().toLowerCase(Locale.ROOT))) {
            problem(
                    words.get(2).at(),
                    "a stage's name begins with a letter and has letters, digits, '-', '_' and '.'.");
        }
    }

    private void endStage() {
        if (from == null && open.isEmpty()) {
            return;
        }
        List<Word> words = from == null ? List.of() : from.words();
        boolean named = words.size() == 3 && words.get(1).text().equalsIgnoreCase("AS");
        stages.add(
                new Stage(
                        stages.size(),
                        named ? words.get(2).text().toLowerCase(Locale.ROOT) : null,
                        from,
                        words.isEmpty() ? "" : words.getFirst().text(),
                        open));
        open = new ArrayList<>();
        from = null;
    }

    private void problem(Position at, String message) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(new SyntaxProblem(at, message));
        }
    }
}
