package dev.devopspack.approval.secret;

import java.util.List;
import java.util.Optional;

/// Whoever can open what is sealed to a key, as the administrator configured it. A caller names
/// one; nobody brings a key along.
public sealed interface Recipient permits AgeRecipient, ClusterRecipient {

    /// In the configuration, for example `payments-cluster`.
    String name();

    /// Of the public key, for people to compare: `sha256:` and 64 hexadecimal digits.
    String fingerprint();

    /// For people, for example `age`.
    String kind();

    /// Seals a value.
    ///
    /// @param value is not changed and not kept
    SecretFile seal(SecretName secret, int version, byte[] value);

    /// Where recipients are looked up.
    interface Directory {
        Optional<Recipient> find(String name);

        /// In the order of their names.
        List<Recipient> all();
    }
}
