package dev.devopspack.identity.company;

import dev.devopspack.identity.PersonId;
import java.time.Instant;
import java.util.Optional;

/// Keeps who somebody is at the company's identity provider.
public interface CompanyIdentities {

    Optional<PersonId> find(String issuer, String subject);

    void insert(String issuer, String subject, PersonId person, Instant at);
}
