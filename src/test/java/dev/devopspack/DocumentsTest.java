package dev.devopspack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// That the documents lead to what is there and name what the program reads.
class DocumentsTest {

    private static final Path CONFIGURATION = Path.of("docs/configuration.md");

    private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");
    private static final Pattern ID = Pattern.compile("id=\"([^\"]+)\"");

    private static final Pattern PROPERTY =
            Pattern.compile("ConfigProperty\\(\\s*name = \"(devopspack\\.[a-z.-]+)\"");

    private static final Pattern VARIABLE = Pattern.compile("\"(DEVOPS_PACK_[A-Z_]+)\"");

    private static final Pattern TOLD = Pattern.compile("devopspack\\.[a-z-]+[a-z.-]*[a-z]");

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path file : documents()) {
            String text = FENCED.matcher(Files.readString(file)).replaceAll("");
            for (String link : LINK.matcher(text).results().map(found -> found.group(1)).toList()) {
                if (!link.startsWith("http")) {
                    links++;
                    if (!leads(file, link)) {
                        broken.add(file + " " + link);
                    }
                }
            }
        }

        assertEquals(List.of(), broken);
        assertTrue(links > 200, "links are found: " + links);
    }

    private static boolean leads(Path from, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path to = parts[0].isEmpty() ? from : from.resolveSibling(parts[0]).normalize();
        if (!Files.exists(to)) {
            return false;
        }
        return parts.length == 1
                || !to.toString().endsWith(".md")
                || anchors(to).contains(parts[1]);
    }

    private static Set<String> anchors(Path file) throws IOException {
        String text = FENCED.matcher(Files.readString(file)).replaceAll("");
        Set<String> anchors =
                HEADING.matcher(text)
                        .results()
                        .map(found -> anchor(found.group(1)))
                        .collect(Collectors.toCollection(TreeSet::new));
        ID.matcher(text).results().forEach(found -> anchors.add(found.group(1)));
        return anchors;
    }

    /// As code hosts make it of a heading.
    private static String anchor(String heading) {
        return heading.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                .strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                .replace(' ', '-');
    }

    /// What the program reads is told, in the table or in the instructions that it leads to.
    @Test
    void everySettingIsTold() throws IOException {
        String told = Files.readString(CONFIGURATION);
        for (Path file : documents()) {
            told += file.startsWith("docs/how-to") ? Files.readString(file) : "";
        }
        Set<String> untold = new TreeSet<>();
        for (String name : read(PROPERTY)) {
            if (!told.contains(name)) {
                untold.add(name);
            }
        }
        for (String name : read(VARIABLE)) {
            if (!told.contains(name)) {
                untold.add(name);
            }
        }
        // The start sets it from DEVOPS_PACK_DATA_DIR.
        untold.remove("devopspack.data-dir");
        // Written into generated workflows for their own steps.
        untold.removeIf(name ->
                name.matches(
                        "DEVOPS_PACK_(APPROVAL|CHANGE_SET|DIGEST|ENVIRONMENT|JUDGED|PEOPLE|REQUEST_TOKEN|WAIT_MINUTES)"));

        assertEquals(Set.of(), untold);
    }

    /// What is told is read: as a setting's whole name, or as what begins several of them.
    @Test
    void everySettingThatIsToldIsRead() throws IOException {
        String source = "";
        for (Path file : files(Path.of("src/main"), ".java", ".properties")) {
            source += Files.readString(file);
        }
        String all = source;
        List<String> unread =
                TOLD.matcher(Files.readString(CONFIGURATION))
                        .results()
                        .map(found -> found.group())
                        .distinct()
                        .filter(name -> !all.contains(name))
                        .toList();

        assertEquals(List.of(), unread);
    }

    private static Set<String> read(Pattern pattern) throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path file : files(Path.of("src/main/java"), ".java")) {
            pattern.matcher(Files.readString(file))
                    .results()
                    .forEach(found -> names.add(found.group(1)));
        }
        assertTrue(names.size() > 10, names::toString);
        return names;
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(files(Path.of("docs"), ".md"));
        documents.addAll(files(Path.of("deployment"), ".md"));
        documents.add(Path.of("README.md"));
        documents.add(Path.of("CONTRIBUTING.md"));
        return documents;
    }

    private static List<Path> files(Path folder, String... endings) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile)
                    .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
                    .toList();
        }
    }
}
