package dev.devopspack.policy.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.policy.Finding;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.Scan;
import dev.devopspack.policy.ScanResult;
import dev.devopspack.testing.CustomDefinition;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules in CEL of a definition, asked of its objects as the API server does.
class DefinitionRulesTest {

    private static final Scan SCAN = new Scan(RuleCatalog.builtIn());

    /// As a project writes them.
    private static final String CACHE =
            CustomDefinition.of(
                    "Cache",
                    """
                    type: object
                    properties:
                      spec:
                        type: object
                        x-kubernetes-validations:
                          - rule: self.minReplicas <= self.maxReplicas
                            messageExpression: "'at most ' + string(self.maxReplicas) + ' replicas'"
                            message: minReplicas is too large
                          - rule: self.storageClass == oldSelf.storageClass
                            message: storageClass is immutable
                          - rule: "!has(self.tls) || self.tls.secretName != ''"
                            message: tls needs a secretName
                            fieldPath: .tls.secretName
                          - rule: "size(self.endpoints) == 0 || self.endpoints.exists(e, e.startsWith('https://') && !e.contains('..'))"
                            message: one endpoint has to be https
                          - rule: "!has(self.timeout) || duration(self.timeout) <= duration('1h')"
                          - rule: "!has(self.memory) || quantity(self.memory).isGreaterThan(quantity('64Mi'))"
                            message: memory is too small
                        properties:
                          minReplicas: {type: integer, default: 2}
                          maxReplicas: {type: integer}
                          storageClass: {type: string}
                          memory: {type: string}
                          timeout: {type: string}
                          tls:
                            type: object
                            properties:
                              secretName: {type: string}
                          endpoints:
                            type: array
                            default: []
                            items: {type: string}
                          port:
                            x-kubernetes-int-or-string: true
                          labels:
                            type: object
                            additionalProperties: {type: string}
                            x-kubernetes-validations:
                              - rule: self.all(k, k.matches('^[a-z.-]+$'))
                                message: keys are lower case
                          listeners:
                            type: array
                            x-kubernetes-list-type: map
                            x-kubernetes-list-map-keys: [name]
                            x-kubernetes-validations:
                              - rule: "self.all(a, self.exists_one(b, b.port == a.port))"
                                message: ports differ
                            items:
                              type: object
                              properties:
                                name: {type: string}
                                port: {type: integer}
                                max-conns: {type: integer}
                              x-kubernetes-validations:
                                - rule: "!has(self.max__dash__conns) || self.max__dash__conns > 0"
                                  message: max-conns is positive
                    """);

    private static final String OBJECT =
            """
            ---
            apiVersion: example.com/v1
            kind: Cache
            metadata: {name: web}
            spec:
            """;

    private static ScanResult scan(String text) {
        return SCAN.of(Artifacts.of(Artifact.of("cache.yaml", text)));
    }

    private static List<String> told(
            ScanResult result, Function<ScanResult, List<Finding>> of, String text) {
        long lines = text.lines().takeWhile(line -> !line.equals("---")).count();
        return of.apply(result).stream()
                .filter(finding -> finding.rule().equals("DP-K8S-SCHEMA-011"))
                .map(each ->
                        (each.line() > lines ? "object " + (each.line() - lines) : "definition")
                                + ": "
                                + each.message())
                .toList();
    }

    private static List<String> findings(String text) {
        return told(scan(text), ScanResult::findings, text);
    }

    private static List<String> unknowns(String text) {
        return told(scan(text), ScanResult::unknowns, text);
    }

    private static String cache(String spec) {
        return CACHE + OBJECT + spec.indent(2);
    }

    /// A definition whose field `value` has a schema, and an object with a value there.
    private static String value(String schema, String value) {
        return CustomDefinition.of("Cache", "{type: object, properties: {value: " + schema + "}}")
                + OBJECT.replace("spec:\n", "value: " + value + "\n");
    }

    private static String ruled(String type, String rule, String value) {
        String quoted = "\"" + rule.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        return value("{" + type + ", x-kubernetes-validations: [{rule: " + quoted + "}]}", value);
    }

    @Test
    void anObjectThatKeepsEveryRuleHasNoFinding() {
        String text =
                cache(
                        """
                        maxReplicas: 2
                        timeout: 30m
                        tls: {secretName: web}
                        endpoints: ["http://a", "https://b"]
                        labels: {app.kubernetes: web}
                        listeners: [{name: a, port: 1, max-conns: 5}, {name: b, port: 2}]
                        """);

        assertEquals(List.of(), findings(text));
    }

    @Test
    void eachBrokenRuleIsToldInItsOwnWordsWhereItIsBroken() {
        String text =
                cache(
                        """
                        maxReplicas: 1
                        timeout: 90m
                        tls:
                          secretName: ""
                        endpoints: ["http://a", "https://b/../c"]
                        labels: {App: web}
                        listeners:
                          - {name: a, port: 1, max-conns: 0}
                          - {name: b, port: 1}
                        """);

        assertEquals(
                List.of(
                        "object 5: spec breaks a rule of its definition; it says: at most 1 replicas",
                        "object 5: spec breaks a rule of its definition; it says: one endpoint has to"
                                + " be https",
                        "object 5: spec breaks a rule of its definition; the rule is !has(self.timeout)"
                                + " || duration(self.timeout) <= duration('1h')",
                        "object 9: spec.tls.secretName breaks a rule of its definition; it says: tls"
                                + " needs a secretName",
                        "object 11: spec.labels breaks a rule of its definition; it says: keys are"
                                + " lower case",
                        "object 12: spec.listeners breaks a rule of its definition; it says: ports"
                                + " differ",
                        "object 13: spec.listeners[0] breaks a rule of its definition; it says:"
                                + " max-conns is positive"),
                findings(text));
    }

    @Test
    void aRuleThatCannotBeReadIsUnknownOnceWhereItStands() {
        String text = cache("maxReplicas: 2\nmemory: 1Mi\n");
        String twice = text + OBJECT.replace("web", "other") + "  maxReplicas: 2\n";

        assertEquals(List.of(), findings(twice));
        assertEquals(
                List.of(
                        "definition: the files do not tell: not judged: it says something in CEL that"
                                + " is not read here; the rule is !has(self.memory) ||"
                                + " quantity(self.memory).isGre…"),
                unknowns(twice));
    }

    @Test
    void aValueThatIsMissingBreaksTheRuleThatAsksForIt() {
        assertEquals(
                List.of(
                        "object 5: value breaks a rule of its definition; the rule has no answer: there"
                                + " is no 'a'"),
                findings(
                        ruled(
                                "type: object, properties: {a: {type: integer}, b: {type: integer}}",
                                "self.a > 1",
                                "{b: 1}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type: string | self.matches(r'^\\d+$') | a1",
                "type: string | self.endsWith('.com') | a.org",
                "type: string | self.lowerAscii() == self | Aa",
                "type: string | self.split('/').size() == 2 | a/b/c",
                "type: integer | self % 2 == 0 && self / 2 < 10 | 3",
                "type: number | self * 2.0 <= 10.0 | 6",
                "type: string | self in ['a', 'b'] | c",
                "x-kubernetes-int-or-string: true | self == 'auto' | 5",
                "type: array, items: {type: integer} | self.map(x, x * 2).all(x, x < 5) | [1, 4]",
                "type: array, items: {type: integer} | self == [1, 2] | [1, 3]",
                "type: array, items: {type: integer} | self.filter(x, x > 1).size() > 1 | [1, 3]",
                "'type: object, properties: {namespace: {type: string}}' | self.__namespace__ != 'a' | {namespace: a}",
                "'type: object, properties: {a.b/c__d: {type: string}}' | self.a__dot__b__slash__c__underscores__d == '' | {a.b/c__d: x}",
                "'type: object, additionalProperties: {type: integer}' | self['a-b'] > 1 | {a-b: 1}",
            })
    void whatRulesUseHasItsMeaning(String type, String rule, String value) {
        String text = ruled(type, rule, value);

        assertEquals(List.of(), unknowns(text));
        assertEquals(1, findings(text).size(), () -> findings(text).toString());
        assertEquals(List.of(), findings(ruled(type, "!(" + rule + ")", value)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type: string | self.format() == '' | a",
                "type: string | self == | a",
                "type: string | cel.bind(x, self, x == '') | a",
                "type: string | type(self) == int | a",
                "type: string, format: date-time | self < timestamp('2020-01-01T00:00:00Z') | '\"2024-01-01T00:00:00Z\"'",
                "type: string, format: byte | self == b'a' | YQ==",
                "type: string, format: date | self == '' | '\"2024-01-01\"'",
                "'type: array, x-kubernetes-list-type: set, items: {type: string}' | self == ['a'] | [a]",
                "type: string | self.matches('(?=a)') | a",
                "type: string | self.matches('(((a{90}){90}){90})') | a",
                "type: string | self | a",
            })
    void whatIsNotReadIsNeverAPass(String type, String rule, String value) {
        String text = ruled(type, rule, value);

        assertEquals(List.of(), findings(text));
        assertEquals(1, unknowns(text).size());
    }

    @Test
    void anOptionalOldSelfIsNotJudgedAndAnOldSelfNotAskedWhenCreated() {
        String optional =
                value(
                        "{type: string, x-kubernetes-validations: [{rule: \"!oldSelf.hasValue()\","
                                + " optionalOldSelf: true}]}",
                        "a");

        assertEquals(
                List.of(
                        "definition: the files do not tell: not judged: it asks for an optional"
                                + " oldSelf; the rule is !oldSelf.hasValue()"),
                unknowns(optional));
        assertEquals(List.of(), unknowns(ruled("type: string", "self == oldSelf", "a")));
        assertEquals(List.of(), findings(ruled("type: string", "self == oldSelf", "a")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"${NAME}\"", "\"{{ name }}\""})
    void whatAToolFillsInIsNotToldOf(String value) {
        String text = ruled("type: string", "self == 'a'", value);

        assertEquals(List.of(), findings(text));
        assertEquals(List.of(), unknowns(text));
    }

    @Test
    void anObjectThatDoesNotFitItsSchemaIsNotAskedTheRules() {
        assertEquals(
                List.of("object 5: value is a number, its definition wants string"),
                findings(ruled("type: string", "self == 'a'", "5")));
    }

    static Stream<String> costlyRules() {
        String nested = "self.all(a, self.all(b, self.all(c, self.all(d, a + b + c + d != ''))))";
        String doubled = "[self[0]]" + ".map(x, x + x)".repeat(100) + "[0] == ''";
        String shared = "[self]" + ".map(x, [x, x])".repeat(100);
        return Stream.of(
                nested,
                doubled,
                shared + " == " + shared,
                "self.all(a, self == self) && " + "(".repeat(100) + "true" + ")".repeat(100),
                "self[0] == '" + "a".repeat(3_000) + "'",
                "self[0]" + "+ 'a'".repeat(2_000));
    }

    @ParameterizedTest
    @MethodSource("costlyRules")
    void whatCostsTooMuchIsNotJudged(String rule) {
        String text =
                ruled("type: array, items: {type: string}", rule, "[" + "aaaa, ".repeat(60) + "]");

        assertEquals(List.of(), findings(text));
        assertEquals(1, unknowns(text).size());
    }

    @Test
    void aMessageIsOneBoundedLineWithoutHiddenCharacters() {
        String text =
                value(
                        "{type: string, x-kubernetes-validations: [{rule: 'false', message: \"a\\u202eb"
                                + "\\n"
                                + "c".repeat(1_000)
                                + "\"}]}",
                        "a");

        String message = findings(text).getFirst();

        assertEquals(-1, message.indexOf('\u202e'));
        assertEquals(-1, message.indexOf('\n'));
        assertEquals(true, message.length() < 260, message);
    }
}
