package dev.devopspack.approval.act;

import dev.devopspack.change.Canonical;
import dev.devopspack.change.Digest;
import dev.devopspack.change.Hidden;
import dev.devopspack.change.StrictJson;
import dev.devopspack.identity.PersonId;
import dev.devopspack.task.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Something that one person does and signs with a passkey, other than a decision: act format v1
/// (see `docs/formats/act.md`).
///
/// @param facts what it is about: all members that its kind has, no others, none empty
/// @param at when it was asked for, to the second
/// @param nonce 32 random bytes of the server, base64url
public record Act(Kind kind, PersonId person, Map<String, String> facts, Instant at, String nonce) {

    private static final String VERSION = "devops-pack/act/v1";

    private static final byte[] DOMAIN = (VERSION + "\0").getBytes(StandardCharsets.US_ASCII);

    private static final Set<String> FIELDS = Set.of("act", "person", "facts", "at", "nonce");

    /// The longest are a reason and what a rule says; nobody reads more before signing.
    private static final int MAX_FACT_LENGTH = 2_000;

    /// Some fifteen facts, in which every character may be escaped.
    private static final int MAX_CHARACTERS = 100_000;

    /// The column in which facts begin when they are shown.
    private static final int INDENT = 14;

    /// What can be done, with the facts of it in the order in which they are shown.
    public enum Kind {
        PAUSE("pause", "PAUSE WORK", "scope", "subject", "reason"),
        LIFT("lift", "LIFT A PAUSE", "pause", "scope", "subject", "reason"),
        WAIVE(
                "waive",
                "WAIVE A FINDING",
                "changeSet",
                "rule",
                "file",
                "resource",
                "finding",
                "stack",
                "environment",
                "reason",
                "until",
                "requester"),
        END_WAIVER(
                "end-waiver",
                "TAKE A WAIVER BACK",
                "waiver",
                "rule",
                "stack",
                "environment",
                "reason"),
        DELEGATE(
                "delegate",
                "LET ANOTHER PERSON DECIDE IN YOUR PLACE",
                "to",
                "name",
                "environment",
                "reason",
                "until"),
        END_DELEGATION(
                "end-delegation", "TAKE A DELEGATION BACK", "delegation", "environment", "reason"),
        BREAK_GLASS(
                "break-glass",
                "LET A CHANGE THROUGH ALONE",
                "request",
                "changeSet",
                "digest",
                "verdicts",
                "rendering",
                "environment",
                "policy",
                "approvers",
                "uses",
                "notBefore",
                "executeBy",
                "incident",
                "reason"),
        REVIEW(
                "review-break-glass",
                "REVIEW WHAT WAS LET THROUGH ALONE",
                "request",
                "used",
                "incident",
                "justified",
                "finding"),
        SECRET(
                "secret",
                "APPROVE A SECRET",
                "request",
                "operation",
                "secret",
                "version",
                "flow",
                "recipient",
                "sealed",
                "reason"),
        DENY_SECRET("deny-secret", "DENY A SECRET", "request", "secret", "reason");

        private final String word;
        private final String title;
        private final List<String> facts;

        Kind(String word, String title, String... facts) {
            this.word = word;
            this.title = title;
            this.facts = List.of(facts);
        }

        /// As it stands in the signed document.
        public String word() {
            return word;
        }

        private static Kind of(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word.equals(word))
                    .findFirst()
                    .orElseThrow(() -> refusal("there is no act '" + word + "'"));
        }
    }

    public Act {
        facts = Map.copyOf(facts);
        at = at.truncatedTo(ChronoUnit.SECONDS);
        if (!facts.keySet().equals(Set.copyOf(kind.facts))) {
            throw refusal("its facts are not those of '" + kind.word + "'");
        }
        facts.forEach((name, value) -> {
            if (value.isBlank() || !Hidden.marked(value).equals(value)) {
                throw refusal("its fact '" + name + "' is empty or holds invisible characters");
            }
            if (value.length() > MAX_FACT_LENGTH
                    || !Normalizer.isNormalized(value, Normalizer.Form.NFC)) {
                throw refusal(
                        "its fact '" + name + "' is too long or not in Unicode normal form C");
            }
        });
    }

    /// The fact of this name.
    public String fact(String name) {
        String value = facts.get(name);
        if (value == null) {
            throw new IllegalArgumentException(kind + " has no fact " + name);
        }
        return value;
    }

    /// The canonical document.
    public String text() {
        return Canonical.text(
                Map.of(
                        "act",
                        kind.word,
                        "person",
                        person.toString(),
                        "facts",
                        facts,
                        "at",
                        at.toString(),
                        "nonce",
                        nonce));
    }

    /// The 32 bytes that the authenticator signs: SHA-256 of the domain tag and the document.
    public byte[] hash() {
        MessageDigest sha256 = Digest.sha256();
        sha256.update(DOMAIN);
        return sha256.digest(text().getBytes(StandardCharsets.UTF_8));
    }

    /// What the person reads before signing: follows from the document alone. Values are written as
    /// JSON strings, so none of them can begin a line or end one.
    public String shown() {
        StringBuilder out = new StringBuilder(VERSION).append('\n').append(kind.title).append('\n');
        for (String name : kind.facts) {
            line(out, name, fact(name));
        }
        line(out, "person", person.toString());
        line(out, "at", at.toString());
        return out.append("END OF ").append(VERSION).append('\n').toString();
    }

    private static void line(StringBuilder out, String name, String value) {
        String quoted = Canonical.text(new TreeMap<>(Map.of("v", value)));
        out.append("  ")
                .append(name)
                .append(" ".repeat(INDENT - name.length()))
                .append(quoted, "{\"v\":".length(), quoted.length() - 1)
                .append('\n');
    }

    /// The digest of the text's UTF-8 form: what the browser computes from what it displays.
    public Digest shownDigest() {
        return Digest.of(shown());
    }

    /// Reads a canonical document back.
    ///
    /// @throws InvalidInput if it is not exactly what {@link #text()} gives
    public static Act parse(String text) {
        Map<String, Object> map = StrictJson.object("act", text, MAX_CHARACTERS);
        if (!map.keySet().equals(FIELDS) || !(map.get("facts") instanceof Map<?, ?> facts)) {
            throw refusal("its members are not those of " + VERSION);
        }
        Map<String, String> texts = new TreeMap<>();
        facts.forEach((name, value) -> texts.put(String.valueOf(name), string(value)));
        Act act =
                new Act(
                        Kind.of(string(map.get("act"))),
                        PersonId.parse(string(map.get("person"))),
                        texts,
                        instant(string(map.get("at"))),
                        string(map.get("nonce")));
        if (!act.text().equals(text)) {
            throw refusal("it is not in canonical form");
        }
        return act;
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw refusal("its time is not of the form 2026-11-23T10:00:00Z");
        }
    }

    private static String string(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw refusal("one of its members is no string");
    }

    private static InvalidInput refusal(String problem) {
        return new InvalidInput("act", problem, "Use the document as it was signed.");
    }
}
