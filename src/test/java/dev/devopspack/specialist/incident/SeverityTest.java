package dev.devopspack.specialist.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Artifacts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What severity changes in a runbook.
class SeverityTest {

    private static Artifacts files(IncidentType type, Severity severity) {
        return EveryRunbook.of("api", type, severity, List.of("api")).files();
    }

    private static String file(Severity severity, String name) {
        return files(IncidentType.DATABASE_CONNECTION_FAILURE, severity)
                .find(name)
                .orElseThrow()
                .text();
    }

    private static String section(String text, String heading) {
        int start = text.indexOf("\n## " + heading + "\n");
        assertTrue(start >= 0, () -> "no section " + heading);
        int end = text.indexOf("\n## ", start + 1);
        return end < 0 ? text.substring(start) : text.substring(start, end);
    }

    @Test
    void everyPageThatPeopleFollowDiffersBetweenAnyTwoSeverities() {
        for (IncidentType type : IncidentType.values()) {
            Map<Severity, Artifacts> files = new EnumMap<>(Severity.class);
            for (Severity severity : Severity.values()) {
                files.put(severity, files(type, severity));
            }
            files.forEach((severity, mine) ->
                    files.forEach((other, theirs) -> {
                        if (severity != other) {
                            for (String page :
                                    List.of(
                                            "README.md",
                                            "communication.md",
                                            "after-the-incident.md")) {
                                assertNotEquals(
                                        mine.find(page).orElseThrow().text(),
                                        theirs.find(page).orElseThrow().text(),
                                        type + " " + severity + " " + other + " " + page);
                            }
                        }
                    }));
        }
    }

    @Test
    void whoIsWokenAtOnceDependsOnIt() {
        Map<Severity, Integer> atOnce = new EnumMap<>(Severity.class);
        for (Severity severity : Severity.values()) {
            atOnce.put(
                    severity,
                    (int)
                            section(file(severity, "README.md"), "Escalate")
                                    .lines()
                                    .filter(line -> line.startsWith("| at once |"))
                                    .count());
        }

        assertEquals(
                Map.of(Severity.CRITICAL, 4, Severity.HIGH, 1, Severity.MEDIUM, 0, Severity.LOW, 0),
                atOnce);
        assertTrue(file(Severity.LOW, "README.md").contains("Nobody is woken"));
    }

    @Test
    void aSecondFailingServiceWakesTheCommanderAtOnceAtHigh() {
        String two =
                EveryRunbook.of(
                                "two",
                                IncidentType.GENERAL,
                                Severity.HIGH,
                                List.of("api", "worker"))
                        .files()
                        .find("README.md")
                        .orElseThrow()
                        .text();

        assertTrue(
                two.contains(
                        "| at once: more than one service fails | Incident commander on duty |"),
                two);
    }

    @Test
    void usersAreHelpedBeforeTheCauseIsKnownOnlyWhereItIsUrgent() {
        for (Severity severity : Severity.values()) {
            String page = file(severity, "README.md");
            boolean urgent = severity == Severity.CRITICAL || severity == Severity.HIGH;

            assertEquals(urgent, page.contains("\n## Try first\n"), severity::label);
            assertEquals(!urgent, page.contains("Diagnose first"), severity::label);
            if (urgent) {
                assertTrue(
                        page.indexOf("\n## Try first\n") < page.indexOf("\n## Triage\n"),
                        severity::label);
            }
        }
    }

    @Test
    void updatesComeAtItsRhythm() {
        List<String> rhythms = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            rhythms.add(
                    section(file(severity, "communication.md"), "How often")
                            .lines()
                            .filter(line -> line.startsWith("- "))
                            .limit(2)
                            .toList()
                            .toString());
        }

        assertEquals(
                List.of(
                        "[- Incident channel: now, then every 15 minutes, also when there is nothing new.,"
                                + " - Status page: within 15 minutes, then every 30 minutes."
                                + " Communications lead on duty writes it, Incident commander on duty lets"
                                + " it out.]",
                        "[- Incident channel: now, then every 30 minutes, also when there is nothing new.,"
                                + " - Status page: within 30 minutes once users are affected, then every"
                                + " hour. Communications lead on duty writes it.]",
                        "[- Incident channel: now, then every 2 hours, also when there is nothing new.,"
                                + " - Status page: only if users ask; then every 4 hours.]",
                        "[- One ticket; a comment when something is new., - Status page: nothing, no user"
                                + " is affected.]"),
                rhythms);
    }

    @Test
    void theReviewIsDueByIt() {
        Map<Severity, String> due =
                Map.of(
                        Severity.CRITICAL, "Within **3 working days**",
                        Severity.HIGH, "Within **5 working days**",
                        Severity.MEDIUM, "Within **10 working days**",
                        Severity.LOW, "None at this severity");

        due.forEach((severity, text) ->
                assertTrue(
                        section(file(severity, "after-the-incident.md"), "Review").contains(text),
                        severity::label));
    }

    @Test
    void whatDestroysIsNotForTheLowerSeverities() {
        for (Severity severity : Severity.values()) {
            String page = file(severity, "dependencies/database.md");
            boolean urgent = severity == Severity.CRITICAL || severity == Severity.HIGH;

            assertEquals(urgent, page.contains("> Two people:"), severity::label);
            assertEquals(!urgent, page.contains("> Not at severity"), severity::label);
        }
    }

    @Test
    void draftsNameTheServicesAndTheSeverityAndLeaveFactsOpen() {
        String drafts = file(Severity.CRITICAL, "communication.md");

        assertTrue(drafts.contains("SEV1 (critical): database connection failure, api\n"), drafts);
        assertTrue(drafts.contains("Since: [TIME] UTC."), drafts);
        assertFalse(drafts.matches("(?s).*\\b[0-2][0-9]:[0-5][0-9]\\b.*"), drafts);
        assertFalse(file(Severity.LOW, "communication.md").contains("### Investigating"));
    }
}
