-- People ------------------------------------------------------------------------------------------

create table people (
    id             uuid primary key,
    display_name   text not null,
    roles          text not null,         -- names divided by commas, sorted
    created_at     timestamptz not null,
    active         boolean not null
);
grant select, insert on people to ${app_role};
grant update (display_name, roles, active) on people to ${app_role};

create table passkeys (
    credential_id    text primary key,
    person           uuid not null references people,
    public_key       text not null unique, -- one key never speaks for two people
    aaguid           text not null,
    sign_count       bigint not null,
    backup_eligible  boolean not null,
    label            text not null,
    created_at       timestamptz not null,
    last_used_at     timestamptz
);
create index passkeys_of_person on passkeys (person);
grant select, insert, delete on passkeys to ${app_role};
grant update (sign_count, last_used_at) on passkeys to ${app_role};

-- Secrets of our own are stored as their SHA-256 only.
create table enrolment_links (
    hash         text primary key,
    person       uuid not null references people,
    created_at   timestamptz not null,
    expires_at   timestamptz not null,
    used_at      timestamptz
);
create index enrolment_links_of_person on enrolment_links (person);
grant select, insert on enrolment_links to ${app_role};
grant update (used_at) on enrolment_links to ${app_role};

create table tokens (
    id            text primary key,
    hash          text not null unique,
    person        uuid not null references people,
    label         text not null,
    roles         text not null,
    created_at    timestamptz not null,
    expires_at    timestamptz not null,
    revoked_at    timestamptz,
    last_used_at  timestamptz
);
create index tokens_of_person on tokens (person);
grant select, insert on tokens to ${app_role};
grant update (revoked_at, last_used_at) on tokens to ${app_role};

create table sessions (
    hash          text primary key,
    id            text not null unique,
    person        uuid not null references people,
    created_at    timestamptz not null,
    last_seen_at  timestamptz not null,
    expires_at    timestamptz not null
);
create index sessions_of_person on sessions (person);
grant select, insert, delete on sessions to ${app_role};
grant update (last_seen_at) on sessions to ${app_role};

-- Challenges that were given out and not yet answered: each answers once.
create table ceremonies (
    challenge    text primary key,
    purpose      text not null,
    person       uuid,
    document     text not null,
    expires_at   timestamptz not null
);
create index ceremonies_expire on ceremonies (expires_at);
grant select, insert, delete on ceremonies to ${app_role};

-- Approvals ---------------------------------------------------------------------------------------

-- Where a request stands: the only part of an approval that changes, and only forwards.
create table approval_states (
    approval      text primary key,
    digest        text not null,
    environment   text not null,
    status        text not null check (status in ('PENDING', 'APPROVED', 'RESERVED', 'CONSUMED',
                      'SUCCEEDED', 'FAILED', 'UNKNOWN', 'DENIED', 'EXPIRED', 'REVOKED')),
    decide_by     timestamptz not null,
    not_before    timestamptz,
    execute_by    timestamptz,
    caller        text,
    lease_until   timestamptz,
    note          text not null,
    changed_at    timestamptz not null
);
create unique index approval_states_live on approval_states (digest)
    where status in ('PENDING', 'APPROVED', 'RESERVED');
create index approval_states_pending on approval_states (decide_by) where status = 'PENDING';
create index approval_states_granted on approval_states (execute_by)
    where status in ('APPROVED', 'RESERVED');
grant select, insert on approval_states to ${app_role};
grant update (status, not_before, execute_by, caller, lease_until, note, changed_at)
    on approval_states to ${app_role};

create function check_approval_step() returns trigger
    language plpgsql
    set search_path = pg_catalog
as $$
begin
    if tg_op = 'INSERT' then
        if new.status = 'PENDING' and new.execute_by is null then
            return new;
        end if;
    elsif (old.status, new.status) in (
        ('PENDING', 'APPROVED'), ('PENDING', 'DENIED'), ('PENDING', 'EXPIRED'),
        ('PENDING', 'REVOKED'),
        ('APPROVED', 'RESERVED'), ('APPROVED', 'CONSUMED'), ('APPROVED', 'EXPIRED'),
        ('APPROVED', 'REVOKED'), ('APPROVED', 'DENIED'),
        ('RESERVED', 'RESERVED'), ('RESERVED', 'APPROVED'), ('RESERVED', 'CONSUMED'),
        ('RESERVED', 'EXPIRED'), ('RESERVED', 'REVOKED'), ('RESERVED', 'DENIED'),
        ('CONSUMED', 'SUCCEEDED'), ('CONSUMED', 'FAILED'), ('CONSUMED', 'UNKNOWN'))
    then
        return new;
    end if;
    raise exception 'approval % cannot become %', new.approval, new.status
        using errcode = 'integrity_constraint_violation';
end
$$;
create trigger check_step before insert or update on approval_states
    for each row execute function check_approval_step();
alter table approval_states enable always trigger check_step;

create table approval_requests (
    id                 text primary key references approval_states,
    position           bigint generated always as identity unique,
    change_set         text not null references change_sets,
    digest             text not null,
    verdicts           text not null,
    rendering_version  text not null,
    rendering          text not null,
    environment        text not null,
    stack              text not null,
    principal          text not null,
    person             text,
    policy             text not null,
    quorum             integer not null check (quorum > 0),
    created_at         timestamptz not null,
    decide_by          timestamptz not null,
    execute_seconds    bigint not null
);
create index approval_requests_of_change_set on approval_requests (change_set, position);

create table decisions (
    approval            text not null references approval_requests,
    approver            uuid not null references people,
    position            bigint generated always as identity unique,
    choice              text not null check (choice in ('APPROVE', 'DENY')),
    reason              text not null,
    challenge           text not null,
    public_key          text not null,
    credential_id       text not null,
    authenticator_data  text not null,
    client_data_json    text not null,
    signature           text not null,
    decided_at          timestamptz not null,
    audit_sequence      bigint not null references audit_entries,
    primary key (approval, approver)
);

create table grants (
    approval     text primary key references approval_requests,
    envelope     text not null,
    at           timestamptz not null
);

call make_append_only('approval_requests');
call make_append_only('decisions');
call make_append_only('grants');
