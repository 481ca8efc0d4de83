package dev.devopspack.language.yaml;

import dev.devopspack.language.yaml.YamlFile.Comment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Finds comments: a `#` after space that stands in no quoted or block scalar. The library's own
/// comment events change how it reads documents, so they stay switched off.
final class Comments {

    private final String text;
    private final Lines lines;
    private final List<int[]> scalars = new ArrayList<>();
    private final List<Comment> found = new ArrayList<>();

    Comments(String text, Lines lines) {
        this.text = text;
        this.lines = lines;
    }

    /// Notes a stretch in which a `#` begins no comment.
    void exclude(int start, int end) {
        if (start < end) {
            scalars.add(new int[] {start, end});
        }
    }

    List<Comment> found() {
        return found;
    }

    /// Collects the comments between two offsets, of which what excludes comments is known.
    void collect(int from, int to) {
        scalars.sort(Comparator.comparingInt(stretch -> stretch[0]));
        int next = 0;
        int at = from;
        while (at < to) {
            while (next < scalars.size() && scalars.get(next)[1] <= at) {
                next++;
            }
            if (next < scalars.size() && scalars.get(next)[0] <= at) {
                at = scalars.get(next)[1];
                continue;
            }
            if (text.charAt(at) == '#' && begins(at)) {
                int end = endOfLine(at);
                found.add(new Comment(text.substring(at, end), lines.span(at, end), isAlone(at)));
                at = end;
            } else {
                at++;
            }
        }
        scalars.clear();
    }

    private boolean begins(int at) {
        return at == 0
                || Character.isWhitespace(text.charAt(at - 1))
                || text.charAt(at - 1) == '\uFEFF';
    }

    private boolean isAlone(int at) {
        return text.substring(lines.startOfLine(at), at).isBlank();
    }

    private int endOfLine(int at) {
        int end = at;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }
}
