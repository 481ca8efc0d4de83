-- Who somebody is at the company's identity provider.
create table company_identities (
    issuer       text not null,
    subject      text not null,
    person       uuid not null references people,
    created_at   timestamptz not null,
    primary key (issuer, subject)
);
create index company_identities_of_person on company_identities (person);
call make_append_only('company_identities');
