package dev.devopspack.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.change.Artifact;
import dev.devopspack.change.ArtifactName;
import dev.devopspack.change.Artifacts;
import dev.devopspack.change.CommitAuthor;
import dev.devopspack.change.Hidden;
import dev.devopspack.manager.Submission;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.StackName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the JSON of a submission: files, where they shall go, and a plan where there is one.
final class SubmissionReader {

    /// Jackson's own limits bound depth and numbers; a key given twice is refused.
    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final String PLAN_JSON = "planJson";

    private static final Set<String> FIELDS =
            Set.of(
                    "stack",
                    "environment",
                    "files",
                    "planBase64",
                    PLAN_JSON,
                    "repository",
                    "commit",
                    "claims",
                    "authors");
    private static final Set<String> FILE_FIELDS = Set.of("name", "content", "contentBase64");

    private static final String EXAMPLE =
            """
            {"stack": "payments/production", "environment": "production",
             "files": [{"name": "main.tf", "content": "terraform {\\n}\\n"}],
             "claims": ["adds a queue"]}
            """;

    private SubmissionReader() {}

    /// @param bytes the body: what is no UTF-8 is refused, because it would become other files
    static Submission read(byte @Nullable [] bytes) {
        String body = BodyText.of(bytes);
        JsonNode json = parse(body);
        onlyKnown(json, FIELDS, "");
        String plan = optional(json, "planBase64", "");
        return new Submission(
                new StackName(text(json, "stack", "")),
                new Environment(text(json, "environment", "")),
                files(json.path("files")),
                plan == null ? null : decoded(plan, "/planBase64"),
                planJson(json.path(PLAN_JSON), body),
                optional(json, "repository", ""),
                optional(json, "commit", ""),
                claims(json.path("claims")),
                authors(json.path("authors")));
    }

    /// A single text or an object is refused rather than passed over: who is named must be heard.
    private static Set<CommitAuthor> authors(JsonNode authors) {
        List<String> addresses = new ArrayList<>();
        if (authors.isMissingNode() || authors.isNull()) {
            return Set.of();
        }
        if (!authors.isArray()) {
            throw new InvalidInput(
                    "/authors",
                    "it is no list",
                    "Send a list of e-mail addresses, for example [\"ada@example.com\"].");
        }
        for (JsonNode author : authors) {
            if (!author.isTextual()) {
                throw new InvalidInput(
                        "/authors", "an author is no text", "Send a list of e-mail addresses.");
            }
            addresses.add(author.textValue());
        }
        return CommitAuthor.of(addresses);
    }

    /// Files alone, to be scanned.
    static Artifacts files(byte @Nullable [] body) {
        JsonNode json = parse(BodyText.of(body));
        onlyKnown(json, Set.of("files"), "");
        return files(json.path("files"));
    }

    private static JsonNode parse(String body) {
        try {
            JsonNode json = JSON.readTree(body);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            String where =
                    e.getLocation() == null
                            ? "body"
                            : "body:"
                                    + e.getLocation().getLineNr()
                                    + ":"
                                    + e.getLocation().getColumnNr();
            throw new InvalidInput(
                    where, "the body is no JSON", "Send an object like this.", EXAMPLE);
        }
        throw new InvalidInput(
                "body", "the body is no object", "Send an object like this.", EXAMPLE);
    }

    private static Artifacts files(JsonNode list) {
        if (!list.isArray()) {
            throw new InvalidInput(
                    "/files",
                    "it is missing or no list",
                    "List name and content of each.",
                    EXAMPLE);
        }
        if (list.size() > Artifacts.MAX_COUNT) {
            throw new InvalidInput(
                    "/files",
                    "there are more than " + Artifacts.MAX_COUNT + " files",
                    "Submit one module at a time.");
        }
        List<Artifact> files = new ArrayList<>();
        for (JsonNode file : list) {
            files.add(file(file, "/files/" + files.size()));
        }
        return new Artifacts(files);
    }

    private static Artifact file(JsonNode file, String at) {
        if (!file.isObject()) {
            throw new InvalidInput(at, "it is no object", "Give name and content.", EXAMPLE);
        }
        onlyKnown(file, FILE_FIELDS, at);
        String name = text(file, "name", at);
        String content = optional(file, "content", at);
        String encoded = optional(file, "contentBase64", at);
        if ((content == null) == (encoded == null)) {
            throw new InvalidInput(
                    at,
                    "it has neither content nor contentBase64, or both",
                    "Give content for text, contentBase64 for anything else.");
        }
        return content == null
                ? Artifact.of(
                        new ArtifactName(name),
                        decoded(String.valueOf(encoded), at + "/contentBase64"))
                : Artifact.of(name, content);
    }

    /// A plan's JSON as an object, or as the text that terraform printed.
    private static @Nullable String planJson(JsonNode plan, String body) {
        if (plan.isMissingNode() || plan.isNull()) {
            return null;
        }
        if (plan.isTextual()) {
            return plan.textValue();
        }
        if (plan.isObject()) {
            return asWritten(PLAN_JSON, body);
        }
        throw new InvalidInput(
                "/planJson", "it is no object", "Send what 'terraform show -json' prints.");
    }

    /// The piece of the body that is a member's value. The tree has read the numbers in it: written
    /// again, `1.50` is `1.5`, which is another plan.
    private static String asWritten(String member, String body) {
        try (JsonParser parser = JSON.createParser(body)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                int begin = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
                parser.skipChildren();
                if (name.equals(member)) {
                    int end = Math.toIntExact(parser.currentLocation().getCharOffset());
                    return body.substring(begin, end);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the body was read before", e);
        }
        throw new IllegalStateException("the body has no " + member);
    }

    private static List<String> claims(JsonNode claims) {
        List<String> texts = new ArrayList<>();
        if (claims.isMissingNode() || claims.isNull()) {
            return texts;
        }
        if (!claims.isArray()) {
            throw new InvalidInput("/claims", "it is no list", "Send a list of texts.");
        }
        for (JsonNode claim : claims) {
            if (!claim.isTextual()) {
                throw new InvalidInput("/claims", "a claim is no text", "Send a list of texts.");
            }
            texts.add(claim.textValue());
        }
        return texts;
    }

    private static void onlyKnown(JsonNode object, Set<String> known, String at) {
        object.fieldNames()
                .forEachRemaining(name -> {
                    if (!known.contains(name)) {
                        throw new InvalidInput(
                                at + "/" + Hidden.marked(name),
                                "this field is not known",
                                "Use " + String.join(", ", known.stream().sorted().toList()) + ".",
                                EXAMPLE);
                    }
                });
    }

    private static String text(JsonNode object, String name, String at) {
        String text = optional(object, name, at);
        if (text == null) {
            throw new InvalidInput(
                    at + "/" + name, "it is missing", "Send '" + name + "' as a text.", EXAMPLE);
        }
        return text;
    }

    private static @Nullable String optional(JsonNode object, String name, String at) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new InvalidInput(
                    at + "/" + name, "it is no text", "Send '" + name + "' as a text.", EXAMPLE);
        }
        return value.textValue();
    }

    private static byte[] decoded(String base64, String at) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(at, "it is no base64", "Encode the bytes as plain base64.");
        }
    }
}
