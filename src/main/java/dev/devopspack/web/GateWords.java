package dev.devopspack.web;

import dev.devopspack.change.GateId;
import dev.devopspack.policy.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// How the gates count, in words.
final class GateWords {

    private GateWords() {}

    static String opens(GateId gate) {
        return switch (gate) {
            case SECURITY ->
                    "at least 95 % of the rules' weight holds and nothing critical is open";
            case QUALITY -> "every step passes, ours and terraform's own";
            case COMPLIANCE -> "nothing of the profile is violated or unevaluated";
            case APPROVAL -> "enough people signed the text that they were shown";
        };
    }

    static List<String> counts(GateId gate) {
        return switch (gate) {
            case SECURITY ->
                    List.of(
                            "Each rule is asked of each thing that it is about. An answer weighs what"
                                    + " the rule's severity weighs: "
                                    + weights()
                                    + ".",
                            "The score is the weight of the answers that hold over the weight of all"
                                    + " answers, compared unrounded.",
                            "What the files do not tell stays in the count as if it did not hold.",
                            "One critical finding closes the gate, whatever the score. A file that"
                                    + " cannot be read closes it too.",
                            "A comment that asks to overlook a finding counts in a scan, never here.");
            case QUALITY ->
                    List.of(
                            "Each step passes, fails or is skipped with its reason: the files parse,"
                                    + " are formatted, refer to what exists, fit the provider's"
                                    + " schema, pin versions and hold everything they need.",
                            "Where terraform is present it formats, initialises, validates and plans"
                                    + " a private copy, offline.",
                            "A skipped step is shown and never counts as passed; under the strict"
                                    + " policy it fails the gate.",
                            "It applies where there is Terraform.");
            case COMPLIANCE ->
                    List.of(
                            "Every control of the profile is satisfied, violated, not applicable,"
                                    + " waived by a person, attested by a person, or not evaluated.",
                            "A control is tied to rules or to evidence: that the change is known, the"
                                    + " scan complete, the log whole, the policy the one in force.",
                            "Conformance, coverage and waivers are shown beside each other, never as"
                                    + " one number.");
            case APPROVAL ->
                    List.of(
                            "It is needed for production, for an environment that is not configured,"
                                    + " and for whatever creates or changes a secret anywhere.",
                            "People decide on the page with a passkey, over the exact text, files,"
                                    + " plan and verdicts. No token and no tool can.",
                            "Whoever asked never counts.",
                            "The grant holds for these bytes alone, for half an hour, once.");
        };
    }

    private static String weights() {
        return Arrays.stream(Severity.values())
                .map(severity -> severity.label() + " " + severity.weight())
                .collect(Collectors.joining(", "));
    }
}
