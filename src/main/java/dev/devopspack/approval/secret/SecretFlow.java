package dev.devopspack.approval.secret;

import dev.devopspack.task.InvalidInput;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// How a secret comes into being without anybody seeing it.
public enum SecretFlow {
    /// In the cluster, by a generator of External Secrets: we write manifests.
    CLUSTER("made in the cluster by External Secrets"),
    /// By a store that makes and keeps the value itself: we write its policy and the steps.
    STORE("made by HashiCorp Vault"),
    /// Here, sealed at once to a recipient's public key.
    SEALED("made by this server and sealed at once"),
    /// By a person on the page, sealed in the browser.
    TYPED("typed by a person and sealed in the browser");

    private final String words;

    SecretFlow(String words) {
        this.words = words;
    }

    /// For people.
    public String words() {
        return words;
    }

    /// As it is written in requests.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether the value is sealed to a recipient.
    public boolean sealsToRecipient() {
        return this == SEALED || this == TYPED;
    }

    public static SecretFlow of(String word) {
        return Arrays.stream(values())
                .filter(flow -> flow.word().equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new InvalidInput(
                                "/flow",
                                "there is no such way of making a secret",
                                "Use one of: "
                                        + Arrays.stream(values())
                                                .map(SecretFlow::word)
                                                .collect(Collectors.joining(", "))
                                        + "."));
    }
}
