package dev.devopspack.assembly;

import dev.devopspack.approval.enforcement.Enforcement;
import dev.devopspack.change.Transactions;
import dev.devopspack.identity.AnotherPasskey;
import dev.devopspack.identity.Bookkeeping;
import dev.devopspack.identity.Ceremonies;
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
import dev.devopspack.identity.Standing;
import dev.devopspack.identity.TokenStore;
import dev.devopspack.identity.Tokens;
import dev.devopspack.identity.company.CompanyAccess;
import dev.devopspack.identity.company.CompanyIdentities;
import dev.devopspack.identity.company.CompanyLogin;
import dev.devopspack.identity.company.CompanyProvider;
import dev.devopspack.identity.workload.IssuerKeys;
import dev.devopspack.identity.workload.PersonTokens;
import dev.devopspack.identity.workload.Workloads;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/// Who asks and who decides: people with passkeys, tokens, pipelines, the company's sign-in.
class IdentityAssembly {

    @Produces
    @Singleton
    PasskeyVerifier passkeyVerifier() {
        return new PasskeyVerifier();
    }

    @Produces
    @Singleton
    Ceremonies ceremonies(
            RelyingParty site,
            PasskeyVerifier verifier,
            PasskeyStore passkeys,
            CeremonyStore open) {
        return new Ceremonies(site, verifier, passkeys, open);
    }

    @Produces
    @Singleton
    Bookkeeping bookkeeping(
            Journal journal, Transactions transactions, Secrets secrets, Clock clock) {
        return new Bookkeeping(journal, transactions, secrets, clock);
    }

    @Produces
    @Singleton
    People people(
            PersonStore people,
            PasskeyStore passkeys,
            EnrolmentStore links,
            SessionStore sessions,
            Bookkeeping books) {
        return new People(people, passkeys, links, sessions, books);
    }

    @Produces
    @Singleton
    Tokens tokens(TokenStore tokens, PersonStore people, Bookkeeping books) {
        return new Tokens(tokens, people, books);
    }

    @Produces
    @Singleton
    Standing standing(TokenStore tokens, PersonStore people, Clock clock) {
        return new Standing(tokens, people, clock);
    }

    @Produces
    @Singleton
    Sessions sessions(SessionStore sessions, PersonStore people, Secrets secrets, Clock clock) {
        return new Sessions(sessions, people, secrets, clock);
    }

    @Produces
    @Singleton
    AnotherPasskey anotherPasskey(Ceremonies ceremonies, People people, Bookkeeping books) {
        return new AnotherPasskey(ceremonies, people, books);
    }

    @Produces
    @Singleton
    Enrolment enrolment(
            Ceremonies ceremonies,
            PersonStore people,
            EnrolmentStore links,
            Sessions sessions,
            Bookkeeping books) {
        return new Enrolment(ceremonies, people, links, sessions, books);
    }

    @Produces
    @Singleton
    SignIn signIn(Ceremonies ceremonies, PersonStore people, Sessions sessions, Bookkeeping books) {
        return new SignIn(ceremonies, people, sessions, books);
    }

    @Produces
    @Singleton
    Workloads workloads(Enforcement enforcement, IssuerKeys.Source source, Clock clock) {
        return new Workloads(enforcement.issuers(), new IssuerKeys(source, clock), clock);
    }

    @Produces
    @Singleton
    PersonTokens personTokens(IssuerKeys.Source source, Clock clock) {
        return new PersonTokens(new IssuerKeys(source, clock), clock);
    }

    @Produces
    @Singleton
    CompanyLogin companyLogin(
            CompanyProvider provider,
            PersonTokens tokens,
            CompanyIdentities identities,
            PersonStore store,
            People people,
            Ceremonies ceremonies,
            Sessions sessions,
            Bookkeeping books) {
        return new CompanyLogin(
                provider, tokens, identities, store, people, ceremonies, sessions, books);
    }

    @Produces
    @Singleton
    CompanyAccess companyAccess(
            CompanyProvider provider,
            PersonTokens tokens,
            CompanyIdentities identities,
            PersonStore people,
            Journal journal) {
        return new CompanyAccess(provider, tokens, identities, people, journal);
    }
}
