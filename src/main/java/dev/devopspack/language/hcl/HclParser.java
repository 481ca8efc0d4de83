package dev.devopspack.language.hcl;

import dev.devopspack.language.Diagnostic;
import dev.devopspack.language.Span;
import dev.devopspack.language.hcl.Hcl.Body;
import dev.devopspack.language.hcl.Hcl.Expr;
import dev.devopspack.language.hcl.Hcl.Invalid;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Reads HCL: native syntax, and the JSON syntax where a file's name ends in `.json`. Total:
/// whatever the text, there is an answer, and what is wrong with it is a list of diagnostics. After
/// an error reading goes on, so one slip does not hide the rest.
public final class HclParser {

    private HclParser() {}

    /// Reads the bytes of a file, which must be UTF-8.
    public static ParsedFile parse(String fileName, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(buffer)
                            .toString();
            return parse(fileName, text);
        } catch (CharacterCodingException notUtf8) {
            return notUtf8(fileName, bytes, buffer.position());
        }
    }

    private static ParsedFile notUtf8(String fileName, byte[] bytes, int position) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        String before = new String(bytes, 0, position, StandardCharsets.UTF_8);
        Span span = new Tokens(text).span(before.length(), before.length());
        return unreadable(
                fileName,
                text,
                span,
                "byte " + position + " is not UTF-8",
                "Save the file as UTF-8 text");
    }

    /// Reads a text.
    public static ParsedFile parse(String fileName, String text) {
        if (text.length() > Limits.FILE_CHARS) {
            return unreadable(
                    fileName,
                    "",
                    Span.START,
                    "the file has more than " + Limits.FILE_CHARS + " characters",
                    "Split it into several files");
        }
        return fileName.endsWith(".json") ? json(fileName, text) : nativeSyntax(fileName, text);
    }

    /// JSON has no comments; a byte order mark in front of it is left out.
    private static ParsedFile json(String fileName, String text) {
        String readable = text.startsWith("\uFEFF") ? text.substring(1) : text;
        Tokens positions = new Tokens(readable);
        JsonStructure structure = new JsonStructure();
        List<SyntaxProblem> problems = new ArrayList<>();
        Body body = new Body(List.of(), List.of(), Span.START);
        try {
            JsonTree.Node root = JsonTree.read(readable, positions);
            body =
                    fileName.endsWith(".tfvars.json")
                            ? structure.values(root)
                            : structure.configuration(root);
        } catch (SyntaxProblem problem) {
            problems.add(problem);
        }
        problems.addAll(structure.problems());
        return new ParsedFile(
                fileName, readable, body, diagnostics(fileName, positions, problems), List.of());
    }

    private static ParsedFile nativeSyntax(String fileName, String text) {
        Lexer.Result lexed = Lexer.read(text);
        StructureParser parser = new StructureParser(lexed.tokens(), false);
        Body body = parser.file();
        if (parser.blockLeftOpen()) {
            parser = new StructureParser(lexed.tokens(), true);
            body = parser.file();
        }
        List<SyntaxProblem> problems = new ArrayList<>(lexed.problems());
        problems.addAll(parser.problems());
        return new ParsedFile(
                fileName,
                text,
                body,
                diagnostics(fileName, lexed.tokens(), problems),
                comments(lexed.tokens()));
    }

    /// An expression on its own, as in a `-var` argument or a test.
    ///
    /// @param expression [Invalid] where it could not be read
    public record ParsedExpression(Expr expression, List<Diagnostic> diagnostics) {}

    /// Reads one expression. Newlines inside it mean nothing.
    public static ParsedExpression parseExpression(String fileName, String text) {
        return parsedAlone(fileName, text, false);
    }

    /// Reads a whole text as a template, as `templatefile` does.
    public static ParsedExpression parseTemplate(String fileName, String text) {
        return parsedAlone(fileName, text, true);
    }

    private static ParsedExpression parsedAlone(String fileName, String text, boolean template) {
        String readable = text.length() > Limits.FILE_CHARS ? "" : text;
        Lexer.Result lexed = template ? Lexer.readTemplate(readable) : Lexer.read(readable);
        List<SyntaxProblem> problems = new ArrayList<>(lexed.problems());
        Expr expression = new Invalid(lexed.tokens().span(0, readable.length()));
        try {
            Parsing parsing = new Parsing(lexed.tokens());
            expression = template ? parsing.templates().whole() : wholeExpression(parsing);
        } catch (SyntaxProblem problem) {
            problems.add(problem);
        }
        return new ParsedExpression(expression, diagnostics(fileName, lexed.tokens(), problems));
    }

    private static Expr wholeExpression(Parsing parsing) {
        parsing.cursor().countNewlines(false);
        Expr expression = parsing.expressions().expression();
        parsing.expect(TokenKind.END, "Remove what follows the expression");
        return expression;
    }

    private static ParsedFile unreadable(
            String fileName, String text, Span span, String message, String mend) {
        Diagnostic diagnostic =
                new Diagnostic(Diagnostic.Severity.ERROR, fileName, span, message, mend);
        return new ParsedFile(
                fileName,
                text,
                new Body(List.of(), List.of(), Span.START),
                List.of(diagnostic),
                List.of());
    }

    private static List<Diagnostic> diagnostics(
            String fileName, Tokens tokens, List<SyntaxProblem> problems) {
        return problems.stream()
                .sorted(Comparator.comparingInt(SyntaxProblem::start))
                .limit(Limits.DIAGNOSTICS)
                .map(p ->
                        new Diagnostic(
                                Diagnostic.Severity.ERROR,
                                fileName,
                                tokens.span(p.start(), p.end()),
                                p.message(),
                                p.mend()))
                .toList();
    }

    private static List<Comment> comments(Tokens tokens) {
        List<Comment> comments = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.kind(i) == TokenKind.COMMENT) {
                comments.add(
                        new Comment(tokens.text(i), tokens.span(tokens.start(i), tokens.end(i))));
            }
        }
        return comments;
    }
}
