package dev.devopspack.policy;

import dev.devopspack.change.Hidden;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A scan as JUnit XML, for what shows test results: a suite a file, a case a finding that is open.
///
/// What could not be read or judged is an error; a file without findings is one passed case.
public final class ScanJunit {

    private ScanJunit() {}

    /// @param files the names of all files that were read
    public static String of(ScanResult result, List<String> files) {
        Map<String, List<Finding>> byFile =
                result.open().stream()
                        .collect(
                                Collectors.groupingBy(
                                        Finding::file, TreeMap::new, Collectors.toList()));
        files.forEach(file -> byFile.putIfAbsent(file, List.of()));
        int errors = result.unreadable().size() + result.errors().size();
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        out.append("<testsuites name=\"DevOps Pack\" failures=\"")
                .append(result.open().size())
                .append("\" errors=\"")
                .append(errors)
                .append("\">\n");
        byFile.forEach((file, findings) -> suite(out, file, findings));
        if (errors > 0) {
            errors(out, result, errors);
        }
        return out.append("</testsuites>").toString();
    }

    private static void suite(StringBuilder out, String file, List<Finding> findings) {
        out.append("  <testsuite name=\"")
                .append(xml(file))
                .append("\" tests=\"")
                .append(Math.max(1, findings.size()))
                .append("\" failures=\"")
                .append(findings.size())
                .append("\">\n");
        if (findings.isEmpty()) {
            out.append("    <testcase name=\"no finding\" classname=\"")
                    .append(xml(file))
                    .append("\"/>\n");
        }
        for (Finding finding : findings) {
            out.append("    <testcase name=\"")
                    .append(xml(finding.rule() + " line " + finding.line()))
                    .append("\" classname=\"")
                    .append(xml(file))
                    .append("\"><failure type=\"")
                    .append(finding.severity().label())
                    .append("\" message=\"")
                    .append(xml(finding.message()))
                    .append("\">")
                    .append(xml(finding.title() + "\n" + finding.mend()))
                    .append("</failure></testcase>\n");
        }
        out.append("  </testsuite>\n");
    }

    private static void errors(StringBuilder out, ScanResult result, int errors) {
        out.append("  <testsuite name=\"could not be judged\" tests=\"")
                .append(errors)
                .append("\" errors=\"")
                .append(errors)
                .append("\">\n");
        result.unreadable().forEach(each -> error(out, each.file(), each.text()));
        result.errors().forEach(each -> error(out, each.rule(), each.text()));
        out.append("  </testsuite>\n");
    }

    private static void error(StringBuilder out, String name, String text) {
        out.append("    <testcase name=\"")
                .append(xml(name))
                .append("\" classname=\"scan\"><error message=\"")
                .append(xml(text))
                .append("\"/></testcase>\n");
    }

    /// Control characters have no place in XML 1.0, not even escaped.
    private static String xml(String text) {
        StringBuilder out = new StringBuilder();
        Hidden.marked(text)
                .codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '<' -> out.append("&lt;");
                        case '>' -> out.append("&gt;");
                        case '&' -> out.append("&amp;");
                        case '"' -> out.append("&quot;");
                        case '\n' -> out.append("&#10;");
                        default -> {
                            if (c >= ' ' && c != 0xFFFE && c != 0xFFFF && !surrogate(c)) {
                                out.appendCodePoint(c);
                            } else {
                                out.append('?');
                            }
                        }
                    }
                });
        return out.toString();
    }

    private static boolean surrogate(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }
}
