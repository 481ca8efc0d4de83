package dev.devopspack.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Passkeys and tokens of the reader; for an administrator also the people.
///
/// @param passkeys the reader's own
/// @param shown a secret that is shown this once
/// @param roles what a new token may be given
/// @param people empty for who does not administer
record AccessPage(
        @Nullable Shown shown,
        @Nullable Problem error,
        List<PasskeyRow> passkeys,
        List<TokenRow> tokens,
        List<String> roles,
        List<PersonRow> people,
        List<String> personRoles,
        String mcp) {

    /// @param note what to do with it
    /// @param pastes what is pasted where, where it is for an assistant
    record Shown(String title, String secret, String note, List<Paste> pastes) {}

    record Paste(String where, String text) {}

    record PasskeyRow(
            String credentialId, String label, Moment since, @Nullable Moment lastUsedAt) {}

    record TokenRow(
            String id,
            String label,
            String person,
            String roles,
            Pill state,
            Moment expiresAt,
            @Nullable Moment lastUsedAt,
            boolean revocable) {}

    /// @param held the roles, one by one
    /// @param approves where the role APPROVER counts: names divided by commas, empty for
    ///   everywhere
    record PersonRow(
            String id,
            String name,
            String roles,
            List<String> held,
            String approves,
            String commitsAs,
            List<PasskeyRow> passkeys,
            boolean active,
            Pill state) {}
}
