package dev.devopspack.attack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Names of files that would be written somewhere else, or over one another.
final class PathAttacks {

    private static final String FAMILY = "paths";

    private final Site site;

    PathAttacks(Site site) {
        this.site = site;
    }

    List<Attack> all() {
        List<Attack> attacks = new ArrayList<>();
        for (String name :
                List.of(
                        "../notes.md",
                        "a/../../notes.md",
                        "/etc/cron.d/notes",
                        "C:/notes.md",
                        "a\\notes.md",
                        "./notes.md",
                        "a//notes.md",
                        ".git/hooks/post-checkout",
                        "a/.git/config",
                        "CON",
                        "aux.md",
                        "com\u00b9.md",
                        "nul .md",
                        "git~1/hooks/post-checkout",
                        "notes.md.",
                        "notes.md ",
                        "no\ntes.md",
                        "no\u0000tes.md",
                        "no\u202Etes.md",
                        "no\u200Btes.md",
                        "e\u0301tude.md",
                        "a".repeat(5_000) + ".md",
                        "")) {
            attacks.add(attack("the name " + shown(name), Map.of(name, "x")));
        }
        Map<String, String> folded = new LinkedHashMap<>();
        folded.put("notes.md", "x");
        folded.put("NOTES.md", "y");
        attacks.add(attack("two names that one disk takes for one", folded));
        Map<String, String> foreign = new LinkedHashMap<>();
        foreign.put("stra\u1e9ee.md", "x");
        foreign.put("STRASSE.md", "y");
        attacks.add(attack("two such names with a letter that becomes two", foreign));
        Map<String, String> nested = new LinkedHashMap<>();
        nested.put("notes.md", "x");
        nested.put("notes.md/more.md", "y");
        attacks.add(attack("a file that is a folder as well", nested));
        return attacks;
    }

    private Attack attack(String name, Map<String, String> files) {
        return new Attack(
                FAMILY,
                name,
                () -> site.submit(Site.submission(files)),
                () -> site.submit(Site.submission(Map.of("notes.md", "x"))));
    }

    private static String shown(String name) {
        StringBuilder shown = new StringBuilder();
        name.substring(0, Math.min(40, name.length()))
                .codePoints()
                .forEach(point ->
                        shown.append(
                                point < 0x20 || point > 0x7e
                                        ? "U+%04X".formatted(point)
                                        : Character.toString(point)));
        return "'" + shown + "'";
    }
}
