package dev.devopspack.specialist.security;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ServiceControlShapeTest {

    @Test
    void aStatementThatDeniesIsTaken() {
        assertDoesNotThrow(() -> ServiceControlShape.check(document(statement -> {})));
    }

    private record Wrong(String told, Consumer<Map<String, Object>> change) {}

    @TestFactory
    Stream<DynamicTest> whatDiffersIsSeen() {
        return Stream.of(
                        new Wrong("the elements of a statement", it -> it.put("Principal", "*")),
                        new Wrong("the elements of a statement", it -> it.put("NotResource", "*")),
                        new Wrong("a Sid", it -> it.put("Sid", "no users")),
                        new Wrong("an effect", it -> it.put("Effect", "Allow")),
                        new Wrong(
                                "Action beside NotAction",
                                it -> it.put("NotAction", List.of("iam:*"))),
                        new Wrong("Action beside NotAction", it -> it.remove("Action")),
                        new Wrong(
                                "an action of NoUsers",
                                it -> it.put("Action", List.of("iam:*User"))),
                        new Wrong("an action of NoUsers", it -> it.put("Action", List.of("iam"))),
                        new Wrong("an action of NoUsers", it -> it.put("Action", List.of())),
                        new Wrong("a resource of NoUsers", it -> it.remove("Resource")),
                        new Wrong(
                                "a condition of NoUsers",
                                it -> it.put("Condition", condition("StringIs", "aws:Via", "a"))),
                        new Wrong(
                                "a condition of NoUsers",
                                it -> it.put("Condition", condition("Bool", "Encrypted", "false"))))
                .map(wrong ->
                        DynamicTest.dynamicTest(
                                wrong.told(),
                                () ->
                                        assertEquals(
                                                "no service control policy: " + wrong.told(),
                                                assertThrows(
                                                                IllegalStateException.class,
                                                                () ->
                                                                        ServiceControlShape.check(
                                                                                document(
                                                                                        wrong
                                                                                                .change())))
                                                        .getMessage())));
    }

    private static Map<String, Object> condition(String operator, String key, String value) {
        return Map.of(operator, Map.of(key, List.of(value)));
    }

    private static Map<String, Object> document(Consumer<Map<String, Object>> change) {
        Map<String, Object> statement = new LinkedHashMap<>();
        statement.put("Sid", "NoUsers");
        statement.put("Effect", "Deny");
        statement.put("Action", List.of("iam:CreateUser", "s3:*", "*"));
        statement.put("Resource", "*");
        statement.put("Condition", condition("StringLike", "aws:PrincipalArn", "arn:aws:iam::*:a"));
        change.accept(statement);
        return Map.of("Version", "2012-10-17", "Statement", List.of(statement));
    }
}
