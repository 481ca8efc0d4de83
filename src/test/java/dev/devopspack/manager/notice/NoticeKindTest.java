package dev.devopspack.manager.notice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NoticeKindTest {

    private static final Path PAGE = Path.of("docs", "how-to", "be-told-what-happens.md");

    /// The names in the first column of a row of events.
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| ((?:`[a-z_]+\\.[a-z_]+`(?:, )?)+) \\|");

    private static final Pattern NAME = Pattern.compile("`([a-z_.]+)`");

    @Test
    void thePageNamesEveryEventThatAHookCanAskForAndNoOther() throws IOException {
        Set<String> named =
                ROW.matcher(Files.readString(PAGE))
                        .results()
                        .flatMap(row -> NAME.matcher(row.group(1)).results())
                        .map(name -> name.group(1))
                        .collect(Collectors.toSet());

        assertEquals(
                Arrays.stream(NoticeKind.values())
                        .filter(kind -> kind != NoticeKind.TEST)
                        .map(NoticeKind::kind)
                        .collect(Collectors.toSet()),
                named);
    }
}
