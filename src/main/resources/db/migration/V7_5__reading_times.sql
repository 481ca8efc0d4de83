-- When a person's page first showed a request: from then to the signature is how long he read.
create table approval_views (
    approval     text not null references approval_requests,
    person       uuid not null references people,
    at           timestamptz not null,
    primary key (approval, person)
);
call make_append_only('approval_views');

-- How often a requester asked people within the last hour.
create index approval_requests_of_person on approval_requests (person, created_at);
create index approval_requests_of_principal on approval_requests (principal, created_at);
create index decisions_decided_at on decisions (decided_at);
