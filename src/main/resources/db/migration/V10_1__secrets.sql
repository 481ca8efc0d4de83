-- Secrets that nobody sees: what was asked, who approved, what was sealed. There is no column for a
-- value.

-- Where a request stands: it ends once and stays as it ended.
create table secret_states (
    request      text primary key check (request ~ '^sr-[a-z2-7]{26}$'),
    secret       text not null,           -- its reference
    person       uuid not null references people,
    status       text not null default 'PENDING'
                     check (status in ('PENDING', 'DONE', 'DENIED', 'EXPIRED')),
    note         text not null default '',
    decide_by    timestamptz not null,
    changed_at   timestamptz not null
);
create unique index secret_states_waiting on secret_states (secret) where status = 'PENDING';
create index secret_states_due on secret_states (decide_by) where status = 'PENDING';
grant select, insert on secret_states to ${app_role};
grant update (status, note, changed_at) on secret_states to ${app_role};

create function check_secret_state() returns trigger
    language plpgsql
    set search_path = pg_catalog
as $$
begin
    if old.status <> 'PENDING' or new.status = 'PENDING' then
        raise exception 'request % has ended', old.request
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end
$$;
create trigger check_state before update on secret_states
    for each row execute function check_secret_state();
alter table secret_states enable always trigger check_state;

create table secret_requests (
    id           text primary key references secret_states,
    position     bigint generated always as identity unique,
    operation    text not null check (operation in ('CREATE', 'ROTATE', 'REVOKE')),
    flow         text not null check (flow in ('CLUSTER', 'STORE', 'SEALED', 'TYPED')),
    environment  text not null,
    place        text not null,
    name         text not null,
    key          text not null,
    recipient    text,
    fingerprint  text not null,
    length       integer not null,
    version      integer not null check (version > 0),
    principal    text not null,
    person       uuid not null references people,
    reason       text not null,
    quorum       integer not null check (quorum > 0),
    created_at   timestamptz not null,
    decide_by    timestamptz not null
);
call make_append_only('secret_requests');

create table secret_approvals (
    request      text not null references secret_requests,
    person       uuid not null references people,
    position     bigint generated always as identity unique,
    act          text not null references signed_acts,
    at           timestamptz not null,
    primary key (request, person)
);

-- What people typed, as their browsers sealed it.
create table secret_typed (
    request      text primary key references secret_requests,
    sha256       text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    person       uuid not null references people,
    at           timestamptz not null
);

create table secret_files (
    request      text not null references secret_requests,
    name         text not null,
    position     bigint generated always as identity unique,
    media_type   text not null,
    text         text not null,
    primary key (request, name)
);

create table secret_versions (
    secret       text not null,           -- its reference
    version      integer not null check (version > 0),
    request      text not null unique references secret_requests,
    commitment   text not null check (commitment ~ '^([0-9a-f]{64})?$'),
    salt         text not null check (salt ~ '^([0-9a-f]{64})?$'),
    made_at      timestamptz not null,
    primary key (secret, version)
);

create table secret_revocations (
    secret       text not null,
    version      integer not null,
    why          text not null,
    request      text not null references secret_requests,
    at           timestamptz not null,
    primary key (secret, version),
    foreign key (secret, version) references secret_versions
);

call make_append_only('secret_approvals');
call make_append_only('secret_typed');
call make_append_only('secret_files');
call make_append_only('secret_versions');
call make_append_only('secret_revocations');
