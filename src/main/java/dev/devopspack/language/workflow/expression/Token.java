package dev.devopspack.language.workflow.expression;

/// @param text as written; of a string the value between its quotes
record Token(Kind kind, String text, int start, int end) {

    enum Kind {
        NAME("a name"),
        TEXT("a string"),
        NUMBER("a number"),
        TRUE("true"),
        FALSE("false"),
        NULL("null"),
        OPEN("'('"),
        CLOSE("')'"),
        OPEN_INDEX("'['"),
        CLOSE_INDEX("']'"),
        COMMA("','"),
        DOT("'.'"),
        STAR("'*'"),
        NOT("'!'"),
        AND("'&&'"),
        OR("'||'"),
        EQUAL("'=='"),
        NOT_EQUAL("'!='"),
        LESS("'<'"),
        LESS_OR_EQUAL("'<='"),
        GREATER("'>'"),
        GREATER_OR_EQUAL("'>='"),
        END("the end");

        private final String shown;

        Kind(String shown) {
            this.shown = shown;
        }
    }

    String shown() {
        return switch (kind) {
            case NAME -> "'" + text + "'";
            case NUMBER -> text;
            default -> kind.shown;
        };
    }
}
