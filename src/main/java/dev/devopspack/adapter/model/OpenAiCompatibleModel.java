package dev.devopspack.adapter.model;

import dev.devopspack.manager.draft.LanguageModel;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// The model that an operator configured, or none.
@ApplicationScoped
class OpenAiCompatibleModel implements LanguageModel {

    private static final Logger LOG = Logger.getLogger(OpenAiCompatibleModel.class);

    /// An input is short; a model that writes more has misunderstood.
    private static final int MAX_TOKENS = 4_000;

    /// Endpoints without keys (a model on this machine) still want the header.
    private static final String NO_KEY = "none";

    private final Optional<String> name;
    private final Optional<ChatModel> model;
    private final Duration timeout;

    OpenAiCompatibleModel(
            @ConfigProperty(name = "devopspack.model.url") Optional<URI> url,
            @ConfigProperty(name = "devopspack.model.name") Optional<String> name,
            @ConfigProperty(name = "devopspack.model.key") Optional<String> key,
            @ConfigProperty(name = "devopspack.model.timeout") Duration timeout) {
        if (url.isPresent() && name.isEmpty()) {
            throw new IllegalStateException(
                    "devopspack.model.url is set and devopspack.model.name is not. Set it to the"
                            + " model's name at that address.");
        }
        this.timeout = timeout;
        this.name = url.flatMap(_ -> name);
        this.model = url.map(address -> chat(address, name.orElseThrow(), key, timeout));
    }

    private static ChatModel chat(URI url, String name, Optional<String> key, Duration timeout) {
        return OpenAiChatModel.builder()
                .httpClientBuilder(new BoundedHttp.Builder(timeout))
                .baseUrl(url.toString())
                .apiKey(key.orElse(NO_KEY))
                .modelName(name)
                .temperature(0.0)
                .maxTokens(MAX_TOKENS)
                .timeout(timeout)
                .maxRetries(0)
                .logRequests(false)
                .logResponses(false)
                .build();
    }

    @Override
    public Optional<String> name() {
        return name;
    }

    @Override
    public Answer answer(List<Message> conversation) {
        List<ChatMessage> messages =
                conversation.stream().map(OpenAiCompatibleModel::message).toList();
        try {
            String text = model.orElseThrow().chat(messages).aiMessage().text();
            return new Answer.Text(text == null ? "" : text);
        } catch (RuntimeException e) {
            // Whatever the library makes of a broken exchange: the caller types the input himself.
            String why = why(e, timeout);
            LOG.warnf("the language model is of no use: %s (%s)", why, rootOf(e).getClass());
            return new Answer.Failed(why);
        }
    }

    /// What an operator can mend, without anything that the endpoint wrote: it may repeat the key.
    private static String why(Throwable failure, Duration timeout) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case HttpException answer -> {
                    return status(answer.statusCode());
                }
                case HttpConnectTimeoutException _, ConnectException _ -> {
                    return "nothing listens at its address (devopspack.model.url)";
                }
                case HttpTimeoutException _ -> {
                    return "it gave no whole answer within "
                            + timeout.toMillis()
                            + " ms (devopspack.model.timeout)";
                }
                default -> {}
            }
        }
        return "what it answered is no chat completion";
    }

    private static String status(int code) {
        String hint =
                switch (code) {
                    case 401, 403 -> ": look at devopspack.model.key";
                    case 404 -> ": look at devopspack.model.url and devopspack.model.name";
                    case 429 -> ": its quota is used up or it is asked too often";
                    default -> "";
                };
        return "it answered with HTTP status " + code + hint;
    }

    private static ChatMessage message(Message message) {
        return switch (message.by()) {
            case PROGRAM -> SystemMessage.from(message.text());
            case CALLER -> UserMessage.from(message.text());
            case MODEL -> AiMessage.from(message.text());
        };
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        for (Throwable cause = root.getCause(); cause != null; cause = root.getCause()) {
            root = cause;
        }
        return root;
    }
}
