package dev.devopspack.language.hcl;

/// The kinds of token, the same that the reference implementation tells apart.
enum TokenKind {
    OPEN_BRACE("'{'"),
    CLOSE_BRACE("'}'"),
    OPEN_BRACKET("'['"),
    CLOSE_BRACKET("']'"),
    OPEN_PAREN("'('"),
    CLOSE_PAREN("')'"),
    OPEN_QUOTE("'\"'"),
    CLOSE_QUOTE("'\"'"),
    OPEN_HEREDOC("a heredoc"),
    CLOSE_HEREDOC("the end of the heredoc"),
    TEMPLATE_INTERPOLATION("'${'"),
    TEMPLATE_CONTROL("'%{'"),
    TEMPLATE_END("'}'"),
    QUOTED_LITERAL("text"),
    STRING_LITERAL("text"),
    NUMBER("a number"),
    IDENTIFIER("a name"),
    STAR("'*'"),
    SLASH("'/'"),
    PLUS("'+'"),
    MINUS("'-'"),
    PERCENT("'%'"),
    EQUAL("'=='"),
    NOT_EQUAL("'!='"),
    LESS("'<'"),
    LESS_OR_EQUAL("'<='"),
    GREATER("'>'"),
    GREATER_OR_EQUAL("'>='"),
    AND("'&&'"),
    OR("'||'"),
    BANG("'!'"),
    DOT("'.'"),
    COMMA("','"),
    ELLIPSIS("'...'"),
    ARROW("'=>'"),
    QUESTION("'?'"),
    COLON("':'"),
    DOUBLE_COLON("'::'"),
    ASSIGN("'='"),
    COMMENT("a comment"),
    NEWLINE("the end of the line"),
    END("the end of the file"),
    INVALID("a character that HCL does not use");

    private final String described;

    TokenKind(String described) {
        this.described = described;
    }

    /// How a message calls it.
    String described() {
        return described;
    }
}
