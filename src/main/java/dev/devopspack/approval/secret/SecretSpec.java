package dev.devopspack.approval.secret;

import dev.devopspack.task.InvalidInput;
import org.jspecify.annotations.Nullable;

/// What is asked for, without any value.
///
/// @param recipient the name of a configured recipient, where the flow seals to one
/// @param length of a made value, in characters of 62 kinds
public record SecretSpec(
        SecretOperation operation,
        SecretFlow flow,
        SecretName secret,
        @Nullable String recipient,
        int length) {

    /// 32 characters of 62 kinds are 190 bits.
    public static final int USUAL_LENGTH = 32;

    /// 131 bits: no made secret can be guessed, whatever it is for.
    public static final int SHORTEST = 22;

    /// Some programs cut longer passwords off.
    public static final int LONGEST = 128;

    public SecretSpec {
        if (length < SHORTEST || length > LONGEST) {
            throw new InvalidInput(
                    "/length",
                    "it is " + length,
                    "Use " + SHORTEST + " to " + LONGEST + " characters; 32 are usual.");
        }
        boolean seals = flow.sealsToRecipient() && operation != SecretOperation.REVOKE;
        if (seals && recipient == null) {
            throw new InvalidInput(
                    "/recipient",
                    "it is missing",
                    "Name one of the recipients that the administrator configured.");
        }
        if (!seals && recipient != null) {
            throw new InvalidInput(
                    "/recipient",
                    "nothing is sealed to anybody here",
                    "Leave it out, or use the flow sealed or typed.");
        }
        if (flow != SecretFlow.STORE && secret.place().contains("/")) {
            throw new InvalidInput(
                    "/place",
                    "a namespace has one part",
                    "Use the namespace alone, for example payments.");
        }
    }
}
