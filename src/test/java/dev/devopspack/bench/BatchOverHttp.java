package dev.devopspack.bench;

import dev.devopspack.change.Digest;
import dev.devopspack.testing.PersonAtBrowser;
import dev.devopspack.testing.ServerProcess;
import dev.devopspack.testing.SubmittedChange;
import dev.devopspack.testing.TogetherPage;
import dev.devopspack.testing.TogetherPage.Chosen;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times what a person waits for who approves twenty requests: with one signature over all of them,
/// and one after the other. Both over HTTP, in the same run, in turns. Run by hand.
///
/// Told is the answer to the signature alone: pages were read and the passkey has signed.
/// Arguments: the jar to start, `target/quarkus-app/quarkus-run.jar` after a build; how many
/// rounds.
public final class BatchOverHttp {

    private static final int TOGETHER = 20;
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final Pattern LINK = Pattern.compile("/enrol/([A-Za-z0-9_-]+)");

    private final String token;
    private final PersonAtBrowser approver;

    private BatchOverHttp(String token, PersonAtBrowser approver) {
        this.token = token;
        this.approver = approver;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("batch-over-http");
        int port = freePort();
        Path output = folder.resolve("output");
        Process server =
                ServerProcess.serve(
                        Path.of(arguments[0]),
                        folder.resolve("data"),
                        port,
                        output,
                        Map.of(
                                "DEVOPSPACK_APPROVALS_MOST_AN_HOUR", "1000000",
                                "DEVOPSPACK_CALLS_A_MINUTE", "100000000"));
        try {
            String link = printedLink(server, output);
            RestAssured.port = port;
            PersonAtBrowser admin =
                    PersonAtBrowser.enrolled(
                            URI.create("http://localhost:" + port), link, "Batch Example");
            String token = Files.readString(folder.resolve("data").resolve("trial-token")).strip();
            new BatchOverHttp(token, admin).run(Integer.parseInt(arguments[1]));
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    private void run(int rounds) {
        measured(TOGETHER);
        oneByOne(TOGETHER);
        List<Long> together = new ArrayList<>();
        List<Long> alone = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            together.add(measured(TOGETHER));
            alone.add(oneByOne(TOGETHER));
        }
        System.out.printf(
                "%d together: %s; one after the other: %s%n",
                TOGETHER, told(together), told(alone));
    }

    private long measured(int count) {
        List<Chosen> chosen = waiting(count).stream().map(BatchOverHttp::chosen).toList();
        JsonObject answer = TogetherPage.honest(approver, chosen);
        Response response = approver.postJson(TogetherPage.PATH, answer);
        response.then().statusCode(200);
        return response.timeIn(TimeUnit.MILLISECONDS);
    }

    private long oneByOne(int count) {
        long took = 0;
        for (SubmittedChange change : waiting(count)) {
            Digest shown = Digest.of(approver.shownText(change.changeSet()));
            PersonAtBrowser.Asked asked =
                    approver.ask(change.changeSet(), change.approval(), "APPROVE");
            JsonObject signature = approver.signature(asked, how -> how);
            Response response = approver.answer(asked, signature, shown);
            response.then().statusCode(200);
            took += response.timeIn(TimeUnit.MILLISECONDS);
        }
        return took;
    }

    private List<SubmittedChange> waiting(int count) {
        List<SubmittedChange> waiting = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            waiting.add(SubmittedChange.ofNotes(token, "batch/production"));
        }
        return waiting;
    }

    private static Chosen chosen(SubmittedChange change) {
        return new Chosen(change.changeSet(), change.approval());
    }

    private static String told(List<Long> times) {
        List<Long> sorted = times.stream().sorted().toList();
        return "median %d ms, slowest %d ms"
                .formatted(sorted.get(sorted.size() / 2), sorted.getLast());
    }

    private static String printedLink(Process server, Path output)
            throws IOException, InterruptedException {
        Instant until = Instant.now().plus(LIMIT);
        while (server.isAlive() && Instant.now().isBefore(until)) {
            Matcher printed = LINK.matcher(Files.exists(output) ? Files.readString(output) : "");
            if (printed.find()) {
                return printed.group(1);
            }
            Thread.sleep(50);
        }
        throw new IllegalStateException(Files.readString(output));
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
