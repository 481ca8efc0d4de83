package dev.devopspack.language.hcl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.devopspack.language.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads JSON into a tree that knows where everything stands.
final class JsonTree {

    /// A JSON value.
    sealed interface Node {
        Span span();
    }

    record ObjectNode(List<Member> members, Span span) implements Node {}

    record ArrayNode(List<Node> items, Span span) implements Node {}

    record TextNode(String text, Span span) implements Node {}

    /// A number, `true`, `false` or `null`, as written.
    record WordNode(String text, Span span) implements Node {}

    record Member(String name, Span nameSpan, Node value) {}

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(Limits.BLOCK_DEPTH)
                                    .maxStringLength(Limits.FILE_CHARS)
                                    .build())
                    .build();

    private final String text;
    private final Tokens positions;
    private int nodes;

    private JsonTree(String text, Tokens positions) {
        this.text = text;
        this.positions = positions;
    }

    /// @throws SyntaxProblem if the text is not JSON
    static Node read(String text, Tokens positions) {
        JsonTree tree = new JsonTree(text, positions);
        try (JsonParser parser = FACTORY.createParser(text)) {
            tree.next(parser);
            Node node = tree.node(parser);
            if (parser.nextToken() != null) {
                throw tree.problem(parser, "text follows the JSON value");
            }
            return node;
        } catch (JsonProcessingException notJson) {
            long offset = notJson.getLocation() == null ? 0 : notJson.getLocation().getCharOffset();
            int at = Math.clamp(offset, 0, text.length());
            throw new SyntaxProblem("the text is not JSON here", "Mend the JSON", at, at);
        } catch (IOException e) {
            throw new SyntaxProblem("the text is not JSON", "Mend the JSON", 0, 0);
        }
    }

    private SyntaxProblem problem(JsonParser parser, String message) {
        int at = start(parser);
        return new SyntaxProblem(message, "Mend the JSON", at, at);
    }

    private JsonToken next(JsonParser parser) throws IOException {
        @Nullable JsonToken token = parser.nextToken();
        if (token == null) {
            throw problem(parser, "the JSON text ends early");
        }
        return token;
    }

    private int start(JsonParser parser) {
        return Math.clamp(parser.currentTokenLocation().getCharOffset(), 0, text.length());
    }

    private Span span(JsonParser parser, int start) {
        int end = Math.clamp(parser.currentLocation().getCharOffset(), start, text.length());
        return positions.span(start, end);
    }

    private Node node(JsonParser parser) throws IOException {
        if (++nodes > Limits.TOKENS) {
            throw problem(parser, "the file has more than " + Limits.TOKENS + " values");
        }
        int start = start(parser);
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, start);
            case START_ARRAY -> array(parser, start);
            case VALUE_STRING -> {
                String value = parser.getText();
                yield new TextNode(value, span(parser, start));
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> {
                String word = parser.getText();
                yield new WordNode(word, span(parser, start));
            }
            default -> throw problem(parser, "the text is not JSON here");
        };
    }

    private Node object(JsonParser parser, int start) throws IOException {
        List<Member> members = new ArrayList<>();
        while (next(parser) != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            Span nameSpan = span(parser, start(parser));
            next(parser);
            members.add(new Member(name, nameSpan, node(parser)));
        }
        return new ObjectNode(List.copyOf(members), span(parser, start));
    }

    private Node array(JsonParser parser, int start) throws IOException {
        List<Node> items = new ArrayList<>();
        while (next(parser) != JsonToken.END_ARRAY) {
            items.add(node(parser));
        }
        return new ArrayNode(List.copyOf(items), span(parser, start));
    }
}
