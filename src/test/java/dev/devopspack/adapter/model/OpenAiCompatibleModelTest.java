package dev.devopspack.adapter.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.devopspack.manager.draft.LanguageModel.Answer;
import dev.devopspack.manager.draft.LanguageModel.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The adapter against a server of our own that speaks the protocol.
class OpenAiCompatibleModelTest {

    private static final List<Message> CONVERSATION =
            List.of(
                    new Message(Message.By.PROGRAM, "Fill in."),
                    new Message(Message.By.CALLER, "a cluster"),
                    new Message(Message.By.MODEL, "{}"),
                    new Message(Message.By.CALLER, "again"));

    private final ObjectMapper json = new ObjectMapper();
    private final AtomicReference<JsonNode> received = new AtomicReference<>();
    private final AtomicReference<String> key = new AtomicReference<>();
    private final CountDownLatch done = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        done.countDown();
        server.stop(0);
    }

    private OpenAiCompatibleModel model(Duration timeout) {
        return new OpenAiCompatibleModel(
                Optional.of(
                        URI.create("http://localhost:" + server.getAddress().getPort() + "/v1")),
                Optional.of("small-model"),
                Optional.of("the-key"),
                timeout);
    }

    private void answers(int status, String body) {
        server.createContext(
                "/v1/chat/completions",
                exchange -> {
                    received.set(json.readTree(exchange.getRequestBody()));
                    key.set(exchange.getRequestHeaders().getFirst("Authorization"));
                    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.getResponseHeaders().set("Location", "http://localhost:1/elsewhere");
                    exchange.sendResponseHeaders(status, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
    }

    private static String completion(String text) {
        return """
        {"id": "1", "object": "chat.completion", "created": 1, "model": "small-model", "choices": [
          {"index": 0, "message": {"role": "assistant", "content": "%s"}, "finish_reason": "stop"}],
         "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}}
        """
                .formatted(text);
    }

    @Test
    void theConversationIsSentAndTheTextComesBack() {
        answers(200, completion("{}"));

        Answer answer = model(Duration.ofSeconds(10)).answer(CONVERSATION);

        assertEquals(new Answer.Text("{}"), answer);
        assertEquals("small-model", received.get().path("model").asText());
        assertEquals(
                List.of("system", "user", "assistant", "user"),
                received.get().path("messages").findValuesAsText("role"));
        assertEquals("Bearer the-key", key.get());
        assertTrue(received.get().path("max_tokens").asInt() > 0, () -> received.get().toString());
    }

    @Test
    void errorsRedirectsAndNonsenseAreNoAnswer() {
        Map<Integer, String> statuses =
                Map.of(
                        302, "",
                        401, ": look at devopspack.model.key",
                        404, ": look at devopspack.model.url and devopspack.model.name",
                        429, ": its quota is used up or it is asked too often",
                        500, "");
        statuses.forEach((status, hint) -> {
            answers(status, "the-key " + status);
            assertEquals(
                    new Answer.Failed("it answered with HTTP status " + status + hint),
                    model(Duration.ofSeconds(10)).answer(CONVERSATION));
            server.removeContext("/v1/chat/completions");
        });
        for (String body : List.of("", "no json", "{}", "[]", "{\"choices\": []}")) {
            answers(200, body);
            assertEquals(
                    new Answer.Failed("what it answered is no chat completion"),
                    model(Duration.ofSeconds(10)).answer(CONVERSATION),
                    body);
            server.removeContext("/v1/chat/completions");
        }
    }

    @Test
    void anAddressAtWhichNothingListensIsNamedAsThat() {
        OpenAiCompatibleModel model = model(Duration.ofSeconds(10));
        server.stop(0);

        assertEquals(
                new Answer.Failed("nothing listens at its address (devopspack.model.url)"),
                model.answer(CONVERSATION));
    }

    /// Headers at once, then a byte now and then: no read ever takes long.
    @Test
    void anAnswerThatDripsIsNotWaitedFor() {
        server.createContext(
                "/v1/chat/completions",
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    try {
                        do {
                            exchange.getResponseBody().write(' ');
                            exchange.getResponseBody().flush();
                        } while (!done.await(20, TimeUnit.MILLISECONDS));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    exchange.close();
                });

        assertEquals(
                new Answer.Failed(
                        "it gave no whole answer within 300 ms (devopspack.model.timeout)"),
                model(Duration.ofMillis(300)).answer(CONVERSATION));
    }

    @Test
    void anAnswerThatDoesNotEndIsCutOff() {
        answers(200, completion("a".repeat(2_000_000)));

        assertInstanceOf(Answer.Failed.class, model(Duration.ofSeconds(10)).answer(CONVERSATION));
    }

    @Test
    void anAnswerThatDoesNotComeIsNotWaitedFor() {
        server.createContext(
                "/v1/chat/completions",
                exchange -> {
                    try {
                        done.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    exchange.close();
                });

        assertInstanceOf(Answer.Failed.class, model(Duration.ofMillis(300)).answer(CONVERSATION));
    }

    @Test
    void withoutAnAddressThereIsNoModel() {
        OpenAiCompatibleModel none =
                new OpenAiCompatibleModel(
                        Optional.empty(),
                        Optional.of("x"),
                        Optional.empty(),
                        Duration.ofSeconds(1));

        assertEquals(Optional.empty(), none.name());
    }

    @Test
    void anAddressWithoutAModelsNameIsRefusedAtTheStart() {
        assertThrows(
                IllegalStateException.class,
                () ->
                        new OpenAiCompatibleModel(
                                Optional.of(URI.create("http://localhost:1")),
                                Optional.empty(),
                                Optional.empty(),
                                Duration.ofSeconds(1)));
    }
}
