package dev.devopspack;

import dev.devopspack.approval.ApprovalPolicy;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.Checkpoints;
import dev.devopspack.command.Program;
import dev.devopspack.command.Welcome;
import dev.devopspack.identity.People;
import dev.devopspack.identity.Person;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.identity.Tokens;
import dev.devopspack.manager.Manager;
import dev.devopspack.manager.Rehearsal;
import dev.devopspack.manager.evidence.Evidence;
import io.quarkus.arc.Arc;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Gives a newcomer what the first minutes need: the enrolment link and, on trial, a token.
@Singleton
@Unremovable // looked up by the application that Quarkus makes itself
class FirstStart {

    private static final Logger LOG = Logger.getLogger(FirstStart.class);

    /// The trial's token lies in the data folder, readable by its owner alone: every start prints
    /// it again, so that an assistant's configuration stays valid.
    private static final String TOKEN_FILE = "trial-token";

    private static final Duration TOKEN_VALID = Duration.ofDays(90);

    private final People people;
    private final Tokens tokens;
    private final ApprovalPolicy policy;
    private final Manager manager;
    private final Evidence evidence;
    private final Rehearsal rehearsal;
    private final AuditLog auditLog;
    private final Checkpoints checkpoints;
    private final Clock clock;
    private final String baseUrl;
    private final int port;

    FirstStart(
            People people,
            Tokens tokens,
            ApprovalPolicy policy,
            Manager manager,
            Evidence evidence,
            Rehearsal rehearsal,
            AuditLog auditLog,
            Checkpoints checkpoints,
            Clock clock,
            @ConfigProperty(name = "devopspack.base-url") String baseUrl,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        this.people = people;
        this.tokens = tokens;
        this.policy = policy;
        this.manager = manager;
        this.evidence = evidence;
        this.rehearsal = rehearsal;
        this.auditLog = auditLog;
        this.checkpoints = checkpoints;
        this.clock = clock;
        this.baseUrl = baseUrl;
        this.port = port;
    }

    /// Where processes of this machine reach the server.
    URI localAddress() {
        return URI.create("http://localhost:" + port);
    }

    /// @param json for who collects logs: in one line and without the token, which lies in a file
    void welcome(Path dataFolder, boolean json, PrintStream out) {
        Optional<String> enrolment =
                people.firstAdmin().map(invitation -> baseUrl + "/enrol/" + invitation.secret());
        Optional<String> token =
                policy.trial() ? Optional.of(trialToken(dataFolder)) : Optional.empty();
        out.println(
                json
                        ? Welcome.json(baseUrl, dataFolder, enrolment, clock.instant())
                        : Welcome.text(baseUrl, dataFolder, token, enrolment));
        out.flush();
    }

    /// Makes the first task as quick as the next ones, beside whoever already asks.
    void rehearse() {
        Thread.ofPlatform().daemon().name("rehearsal").start(this::rehearsed);
    }

    /// A rehearsal that the end of the process cuts off is no failure.
    private void rehearsed() {
        try {
            rehearsal.run();
        } catch (RuntimeException e) {
            if (Arc.container() != null && Arc.container().isRunning()) {
                LOG.warn("the rehearsal failed: first calls take longer", e);
            }
        }
    }

    /// The program for a command in this process: it asks as the trial's person where there is one.
    Program program(Path dataFolder) {
        Principal caller =
                policy.trial()
                        ? tokens.authenticate(trialToken(dataFolder)).orElse(Principal.SYSTEM)
                        : Principal.SYSTEM;
        return new Program(manager, evidence, auditLog, checkpoints, caller);
    }

    String trialToken(Path dataFolder) {
        Path file = dataFolder.resolve(TOKEN_FILE);
        try {
            if (Files.exists(file)) {
                String kept = Files.readString(file).strip();
                if (tokens.authenticate(kept).isPresent()) {
                    return kept;
                }
                Files.delete(file);
            }
            Person requester = people.trialRequester();
            String secret =
                    tokens.issue(
                                    Principal.SYSTEM,
                                    requester.id(),
                                    "trial",
                                    Set.of(
                                            Role.VIEWER,
                                            Role.REQUESTER,
                                            Role.AUDITOR,
                                            Role.PIPELINE),
                                    TOKEN_VALID)
                            .secret();
            // With a database elsewhere nothing else may have been put there yet.
            Files.createDirectories(
                    dataFolder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, secret + "\n", StandardOpenOption.WRITE);
            return secret;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
