package dev.devopspack.identity;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who is calling, as proven by a token or a session.
///
/// @param kind how it was proven
/// @param id the token's or session's id: never the secret itself
/// @param person the human behind it, where there is one
/// @param name for people to read
/// @param roles what the human or the token may do
/// @param workload the job that calls, where its pipeline proves itself
public record Principal(
        Kind kind,
        String id,
        @Nullable PersonId person,
        String name,
        Set<Role> roles,
        @Nullable Workload workload) {

    public enum Kind {
        /// An API token: an assistant, a bot or a pipeline.
        TOKEN,
        /// A job that shows the identity token of its pipeline, or a machine that enforces: no
        /// human stands behind it.
        WORKLOAD,
        /// A signed-in person's session cookie: the only kind that may decide.
        SESSION,
        /// The program itself: the command line on its own data folder, background work.
        SYSTEM
    }

    /// Under this name the front doors keep the principal with what their framework knows of a
    /// caller.
    public static final String ATTRIBUTE = "devopspack.principal";

    public static final Principal SYSTEM =
            new Principal(Kind.SYSTEM, "system", null, "DevOps Pack", Set.of());

    public Principal {
        roles = Set.copyOf(roles);
        if (workload != null && kind != Kind.WORKLOAD) {
            throw new IllegalArgumentException("only a workload's job is a job");
        }
    }

    public Principal(
            Kind kind, String id, @Nullable PersonId person, String name, Set<Role> roles) {
        this(kind, id, person, name, roles, null);
    }

    /// A machine at which approval is enforced: it was asked by somebody who showed its secret.
    ///
    /// @param id letters, digits and `-`
    public static Principal enforcer(String id, String name) {
        return new Principal(Kind.WORKLOAD, id, null, name, Set.of(Role.PIPELINE), null);
    }

    static Principal of(Workload job) {
        return new Principal(
                Kind.WORKLOAD,
                job.issuer() + "-" + job.run(),
                null,
                job.repository(),
                Set.of(Role.PIPELINE),
                job);
    }

    /// `token:ID`, `workload:ID`, `person:ID` or `system`: as the audit log and manifests name it.
    public String actor() {
        return switch (kind) {
            case TOKEN -> "token:" + id;
            case WORKLOAD -> "workload:" + id;
            case SESSION -> "person:" + person;
            case SYSTEM -> "system";
        };
    }
}
