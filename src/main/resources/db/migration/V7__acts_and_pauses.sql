-- What people signed beside decisions, each with its proof.
create table signed_acts (
    id                  text primary key check (id ~ '^sha256:[0-9a-f]{64}$'),
    kind                text not null,
    person              uuid not null references people,
    document            text not null,    -- canonical JSON: what was signed
    public_key          text not null,
    credential_id       text not null,
    authenticator_data  text not null,
    client_data_json    text not null,
    signature           text not null,
    signed_at           timestamptz not null,
    audit_sequence      bigint not null references audit_entries
);
call make_append_only('signed_acts');

-- The kill switch. A pause is lifted once and stays as it was.
create table pauses (
    id           text primary key check (id ~ '^pause-[a-z2-7]{16}$'),
    position     bigint generated always as identity unique,
    scope        text not null check (scope in ('EVERYTHING', 'AGENT', 'ENVIRONMENT')),
    subject      text not null check ((subject = '') = (scope = 'EVERYTHING')),
    reason       text not null,
    person       uuid not null references people,
    since        timestamptz not null,
    act          text not null references signed_acts,
    lifted_by    uuid references people,
    lifted_at    timestamptz,
    lifted_act   text references signed_acts,
    check ((lifted_by is null) = (lifted_at is null) and (lifted_by is null) = (lifted_act is null))
);
create unique index pauses_active on pauses (scope, subject) where lifted_at is null;
grant select, insert on pauses to ${app_role};
grant update (lifted_by, lifted_at, lifted_act) on pauses to ${app_role};

create function check_pause_lifted() returns trigger
    language plpgsql
    set search_path = pg_catalog
as $$
begin
    if old.lifted_at is not null or new.lifted_at is null then
        raise exception 'pause % was lifted before', old.id
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end
$$;
create trigger check_lifted before update on pauses
    for each row execute function check_pause_lifted();
alter table pauses enable always trigger check_lifted;
