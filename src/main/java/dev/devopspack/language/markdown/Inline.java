package dev.devopspack.language.markdown;

import dev.devopspack.change.Hidden;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A piece of a line of Markdown.
public sealed interface Inline {

    /// As it stands in a line of a paragraph.
    String printed();

    /// What a reader sees, without marks.
    String plain();

    record Text(String value) implements Inline {

        private static final String MARKS = "\\`*_[]|~$";

        @Override
        public String printed() {
            StringBuilder out = new StringBuilder();
            for (char c : visible(value).toCharArray()) {
                switch (c) {
                    case '&' -> out.append("&amp;");
                    case '<' -> out.append("&lt;");
                    case '>' -> out.append("&gt;");
                    default -> {
                        if (MARKS.indexOf(c) >= 0) {
                            out.append('\\');
                        }
                        out.append(c);
                    }
                }
            }
            return out.toString();
        }

        @Override
        public String plain() {
            return visible(value);
        }
    }

    record Code(String value) implements Inline {

        private static final Pattern TICKS = Pattern.compile("`+");

        @Override
        public String printed() {
            String text = visible(value);
            int longest =
                    TICKS.matcher(text)
                            .results()
                            .mapToInt(run -> run.end() - run.start())
                            .max()
                            .orElse(0);
            String fence = "`".repeat(longest + 1);
            String room = text.startsWith("`") || text.endsWith("`") ? " " : "";
            return fence + room + text + room + fence;
        }

        @Override
        public String plain() {
            return visible(value);
        }
    }

    record Strong(List<Inline> content) implements Inline {
        public Strong {
            content = List.copyOf(content);
        }

        @Override
        public String printed() {
            return "**" + Inline.printed(content) + "**";
        }

        @Override
        public String plain() {
            return Inline.plain(content);
        }
    }

    /// A link to a page outside.
    record Link(String title, URI target) implements Inline {

        private static final Set<String> SCHEMES = Set.of("http", "https");

        public Link {
            if (target.getScheme() == null
                    || !SCHEMES.contains(target.getScheme())
                    || target.getHost() == null
                    || target.getRawUserInfo() != null) {
                throw new IllegalArgumentException("a link leads to http or https and a host");
            }
        }

        @Override
        public String printed() {
            // A URI holds no <, > or space; within the angle brackets a parenthesis is no mark.
            return "["
                    + new Text(title).printed()
                    + "](<"
                    + target.toASCIIString().replace("|", "%7C").replace("\\", "%5C")
                    + ">)";
        }

        @Override
        public String plain() {
            return title;
        }
    }

    /// A link to a heading of a file beside this one.
    record Reference(String title, String file, String heading) implements Inline {

        private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_./-]*");

        public Reference {
            if (!FILE.matcher(file).matches()) {
                throw new IllegalArgumentException("'" + file + "' is no file of a document");
            }
        }

        @Override
        public String printed() {
            String fragment = heading.isEmpty() ? "" : "#" + anchor(heading);
            return "[" + new Text(title).printed() + "](" + file + fragment + ")";
        }

        @Override
        public String plain() {
            return title;
        }
    }

    static String printed(List<Inline> content) {
        return content.stream().map(Inline::printed).collect(Collectors.joining());
    }

    static String plain(List<Inline> content) {
        return content.stream().map(Inline::plain).collect(Collectors.joining());
    }

    /// The name under which GitHub and GitLab show a heading.
    static String anchor(String heading) {
        StringBuilder out = new StringBuilder();
        heading.toLowerCase(java.util.Locale.ROOT)
                .chars()
                .forEach(c -> {
                    if (c == ' ') {
                        out.append('-');
                    } else if ((c >= 'a' && c <= 'z')
                            || (c >= '0' && c <= '9')
                            || c == '-'
                            || c == '_') {
                        out.append((char) c);
                    }
                });
        return out.toString();
    }

    private static String visible(String text) {
        return Hidden.marked(text).replace("\n", "‹U+000A›").replace("\t", "‹U+0009›");
    }
}
