package dev.devopspack.web;

import dev.devopspack.approval.ApprovalPolicy;
import dev.devopspack.approval.AuditJournal;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.change.Transactions;
import dev.devopspack.identity.CeremonyStore;
import dev.devopspack.identity.Enrolment;
import dev.devopspack.identity.EnrolmentStore;
import dev.devopspack.identity.Journal;
import dev.devopspack.identity.PasskeyStore;
import dev.devopspack.identity.PasskeyVerifier;
import dev.devopspack.identity.People;
import dev.devopspack.identity.PersonStore;
import dev.devopspack.identity.RelyingParty;
import dev.devopspack.identity.Secrets;
import dev.devopspack.identity.SessionStore;
import dev.devopspack.identity.Sessions;
import dev.devopspack.identity.SignIn;
import dev.devopspack.identity.TokenStore;
import dev.devopspack.identity.Tokens;
import io.quarkus.arc.DefaultBean;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.ConfigProvider;

/// Puts the services together that the pages need, where the program does not yet.
class TestAssembly {

    @Produces
    @Singleton
    @DefaultBean
    RelyingParty site() {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        return new RelyingParty("localhost", "DevOps Pack", Set.of("http://localhost:" + port));
    }

    @Produces
    @Singleton
    @DefaultBean
    ApprovalPolicy policy() {
        return ApprovalPolicy.TRIAL;
    }

    @Produces
    @Singleton
    @DefaultBean
    Secrets secrets() {
        return new Secrets();
    }

    @Produces
    @Singleton
    @DefaultBean
    Journal journal(AuditLog log) {
        return new AuditJournal(log);
    }

    @Produces
    @Singleton
    @DefaultBean
    PasskeyVerifier verifier() {
        return new PasskeyVerifier();
    }

    @Produces
    @Singleton
    @DefaultBean
    Transactions transactions() {
        return new Transactions() {
            @Override
            public <T> T inOne(Supplier<T> work) {
                return QuarkusTransaction.joiningExisting().call(work::get);
            }
        };
    }

    @Produces
    @Singleton
    @DefaultBean
    People people(
            PersonStore people,
            PasskeyStore passkeys,
            EnrolmentStore links,
            SessionStore sessions,
            Journal journal,
            Transactions transactions,
            Secrets secrets,
            Clock clock) {
        return new People(people, passkeys, links, sessions, journal, transactions, secrets, clock);
    }

    @Produces
    @Singleton
    @DefaultBean
    Tokens tokens(
            TokenStore tokens,
            PersonStore people,
            Journal journal,
            Transactions transactions,
            Secrets secrets,
            Clock clock) {
        return new Tokens(tokens, people, journal, transactions, secrets, clock);
    }

    @Produces
    @Singleton
    @DefaultBean
    Sessions sessions(SessionStore sessions, PersonStore people, Secrets secrets, Clock clock) {
        return new Sessions(sessions, people, secrets, clock);
    }

    @Produces
    @Singleton
    @DefaultBean
    Enrolment enrolment(
            RelyingParty site,
            PasskeyVerifier verifier,
            PersonStore people,
            PasskeyStore passkeys,
            EnrolmentStore links,
            CeremonyStore ceremonies,
            Sessions sessions,
            Journal journal,
            Transactions transactions,
            Secrets secrets,
            Clock clock) {
        return new Enrolment(
                site,
                verifier,
                people,
                passkeys,
                links,
                ceremonies,
                sessions,
                journal,
                transactions,
                secrets,
                clock);
    }

    @Produces
    @Singleton
    @DefaultBean
    SignIn signIn(
            RelyingParty site,
            PasskeyVerifier verifier,
            PersonStore people,
            PasskeyStore passkeys,
            CeremonyStore ceremonies,
            Sessions sessions,
            Journal journal,
            Transactions transactions,
            Secrets secrets,
            Clock clock) {
        return new SignIn(
                site,
                verifier,
                people,
                passkeys,
                ceremonies,
                sessions,
                journal,
                transactions,
                secrets,
                clock);
    }
}
