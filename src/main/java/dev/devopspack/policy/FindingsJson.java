package dev.devopspack.policy;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// Writes the findings of a large scan as the items of a JSON array, a piece at a time: the
/// processors write pieces together, and never does all of the text stand in memory.
final class FindingsJson {

    /// Half a megabyte of text or so.
    private static final int AT_ONCE = 1_000;

    /// Pieces that are made before they are written: enough for several threads to be busy.
    private static final int PIECES = 16;

    private static final String FIELD = DefaultIndenter.SYS_LF + "    ";
    private static final String END = DefaultIndenter.SYS_LF + "  }";

    private final Set<Finding> excused;
    private final StringBuilder out = new StringBuilder(AT_ONCE * 600);

    /// Most findings share their texts with others of the same rule or file.
    private final Map<String, String> quoted = new HashMap<>();

    private FindingsJson(Set<Finding> excused) {
        this.excused = excused;
    }

    /// Pieces for the array of a field of the document itself.
    static Iterable<RawValue> of(List<Finding> findings, Set<Finding> excused) {
        return () ->
                IntStream.iterate(0, i -> i < findings.size(), i -> i + AT_ONCE * PIECES)
                        .mapToObj(i -> rest(findings, i, AT_ONCE * PIECES))
                        .<RawValue>mapMulti((part, taker) -> pieces(part, excused).forEach(taker))
                        .iterator();
    }

    private static List<RawValue> pieces(List<Finding> findings, Set<Finding> excused) {
        return Parts.of(findings, AT_ONCE)
                .map(part -> new RawValue(new FindingsJson(excused).text(part)))
                .toList();
    }

    private static List<Finding> rest(List<Finding> all, int from, int most) {
        return all.subList(from, Math.min(from + most, all.size()));
    }

    private String text(List<Finding> findings) {
        for (Finding finding : findings) {
            out.append(out.isEmpty() ? "{" : ", {");
            first("rule", finding.rule());
            field("title", finding.title());
            field("severity", finding.severity().label());
            field("file", finding.file());
            field("line", finding.line());
            field("column", finding.column());
            if (finding.resource() != null) {
                field("resource", finding.resource());
            }
            field("message", finding.message());
            field("mend", finding.mend());
            if (finding.source() != null) {
                field("source", finding.source());
            }
            name(",", "suppressed").append(excused.contains(finding));
            out.append(END);
        }
        return out.toString();
    }

    private void first(String name, String value) {
        name("", name).append(quoted(value));
    }

    private void field(String name, String value) {
        name(",", name).append(quoted(value));
    }

    private void field(String name, int value) {
        name(",", name).append(value);
    }

    private StringBuilder name(String before, String name) {
        return out.append(before).append(FIELD).append('"').append(name).append("\" : ");
    }

    private String quoted(String value) {
        return quoted.computeIfAbsent(value, FindingsJson::quote);
    }

    private static String quote(String value) {
        StringBuilder quote = new StringBuilder(value.length() + 8).append('"');
        JsonStringEncoder.getInstance().quoteAsString(value, quote);
        return quote.append('"').toString();
    }
}
