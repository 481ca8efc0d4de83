package dev.devopspack.specialist.security;

import dev.devopspack.approval.secret.SecretFlow;
import dev.devopspack.approval.secret.SecretOperation;
import dev.devopspack.specialist.Described;
import org.jspecify.annotations.Nullable;

/// What `secret_request` is asked with. There is no field for a value.
public record SecretInput(
        @Described("A request made before: to ask where it stands. Nothing else then.")
                @Nullable String request,
        @Described("create where left out.") @Nullable SecretOperation operation,
        @Described(
                        "cluster: External Secrets makes it. store: Vault makes it. sealed: made here,"
                                + " sealed at once. typed: a person types it, sealed in the browser.")
                @Nullable SecretFlow flow,
        @Described(value = "The namespace; for store the mount and path.", example = "payments")
                @Nullable String place,
        @Described(value = "The secret's name.", example = "database") @Nullable String name,
        @Described("The key in it; password where left out.") @Nullable String key,
        @Described("For sealed and typed: a recipient that the administrator configured.")
                @Nullable String recipient,
        @Described("Characters of a made value, 22 to 128; 32 where left out.")
                @Nullable Integer length,
        @Described("What it is for. People read it as a claim.") @Nullable String reason) {}
