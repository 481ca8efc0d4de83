-- The owner of the tables runs this. The program works as ${app_role}, which may add rows and read
-- them, and change or delete only where this file says so.

grant usage on schema devopspack to ${app_role};

-- Refuses whatever would rewrite the past. The triggers that call it fire ALWAYS, so that a session
-- cannot switch them off by calling itself a replica.
create function refuse_change() returns trigger
    language plpgsql
    set search_path = pg_catalog
as $$
begin
    raise exception '%.% is append-only: % is refused', tg_table_schema, tg_table_name, tg_op
        using errcode = 'insufficient_privilege';
end
$$;

create procedure make_append_only(name text)
    language plpgsql
    set search_path = pg_catalog
as $$
begin
    execute format(
        'create trigger refuse_rewriting before update or delete on devopspack.%I'
        ' for each row execute function devopspack.refuse_change()', name);
    execute format(
        'create trigger refuse_truncating before truncate on devopspack.%I'
        ' for each statement execute function devopspack.refuse_change()', name);
    execute format('alter table devopspack.%I enable always trigger refuse_rewriting', name);
    execute format('alter table devopspack.%I enable always trigger refuse_truncating', name);
    execute format('grant select, insert on devopspack.%I to ${app_role}', name);
end
$$;
revoke all on procedure make_append_only(text) from public;

-- Change sets -------------------------------------------------------------------------------------

create table change_sets (
    id           text primary key check (id ~ '^cs-[a-z2-7]{16}$'),
    position     bigint generated always as identity unique,
    digest       text not null unique check (digest ~ '^sha256:[0-9a-f]{64}$'),
    manifest     text not null,           -- canonical JSON: what the digest is over
    masked_plan  text,                    -- not in the manifest
    claims       text not null,           -- a JSON list
    environment  text not null,
    stack        text not null,
    repository   text,
    commit_id    text,
    principal    text not null,
    person       text,
    client       text not null,
    created_at   timestamptz not null
);
create index change_sets_of_stack on change_sets (stack, position);

create table artifacts (
    change_set   text not null references change_sets,
    name         text not null,
    media_type   text not null,
    executable   boolean not null,
    bytes        bytea not null,
    primary key (change_set, name)
);
alter table artifacts alter column bytes set storage external; -- most files are small or packed already

-- That a change set was released, or that applying it failed afterwards: the newest row counts.
create table releases (
    position     bigint generated always as identity primary key,
    change_set   text not null references change_sets,
    stack        text not null,
    state        text not null check (state in ('RELEASED', 'FAILED')),
    at           timestamptz not null
);
create index releases_of_stack on releases (stack, position);
create index releases_of_change_set on releases (change_set, position);

create table verdicts (
    position     bigint generated always as identity primary key,
    change_set   text not null references change_sets,
    digest       text not null,           -- what an approval is bound to
    document     text not null,           -- our own JSON, with its format's version
    at           timestamptz not null
);
create index verdicts_of_change_set on verdicts (change_set, position);

call make_append_only('change_sets');
call make_append_only('artifacts');
call make_append_only('releases');
call make_append_only('verdicts');

-- Audit -------------------------------------------------------------------------------------------

create table audit_entries (
    sequence     bigint primary key,
    at           timestamptz not null,
    kind         text not null,
    actor        text not null,
    change_set   text,
    environment  text,
    leaf         text not null,
    leaf_hash    bytea not null check (octet_length(leaf_hash) = 32),
    chain_hash   bytea not null check (octet_length(chain_hash) = 32)
);
create index audit_entries_of_kind on audit_entries (kind, sequence);
create index audit_entries_of_actor on audit_entries (actor, sequence);
create index audit_entries_of_change_set on audit_entries (change_set, sequence)
    where change_set is not null;
create index audit_entries_of_environment on audit_entries (environment, sequence)
    where environment is not null;
create index audit_entries_at on audit_entries (at);

-- What the leaves only commit to. Deleting a row erases the text and its salt and keeps every proof.
create table audit_personal (
    sequence     bigint not null references audit_entries,
    field        text not null,
    salt         bytea not null check (octet_length(salt) = 32),
    value        text not null,
    primary key (sequence, field)
);

-- One row: how long the log is and its newest chain hash. Only the function below writes it.
create table audit_head (
    one          boolean primary key default true check (one),
    sequence     bigint not null,
    chain_hash   bytea not null check (octet_length(chain_hash) = 32)
) with (fillfactor = 50);
insert into audit_head (sequence, chain_hash) values (0, decode(repeat('00', 32), 'hex'));

-- Whoever appends holds the head until the transaction ends, so that the sequence has no gap.
create function lock_audit_head(out last_sequence bigint, out last_chain_hash bytea)
    language sql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    select sequence, chain_hash from devopspack.audit_head for update
$$;

-- The database checks by itself that an entry is the next one and that its hashes are right, and
-- only then moves the head: no session of the program can fork the chain or leave a gap.
create function extend_audit_chain() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    head devopspack.audit_head%rowtype;
begin
    select * into strict head from devopspack.audit_head for update;
    if new.sequence <> head.sequence + 1
        or new.leaf_hash <> sha256('\x00'::bytea || convert_to(new.leaf, 'UTF8'))
        or new.chain_hash <> sha256(head.chain_hash || int8send(new.sequence) || new.leaf_hash)
    then
        raise exception 'entry % does not continue the audit log after entry %',
            new.sequence, head.sequence using errcode = 'integrity_constraint_violation';
    end if;
    update devopspack.audit_head set sequence = new.sequence, chain_hash = new.chain_hash;
    return new;
end
$$;
create trigger extend_chain before insert on audit_entries
    for each row execute function extend_audit_chain();
alter table audit_entries enable always trigger extend_chain;

call make_append_only('audit_entries');
grant select, insert, delete on audit_personal to ${app_role};
grant select on audit_head to ${app_role};
revoke all on function lock_audit_head() from public;
grant execute on function lock_audit_head() to ${app_role};

-- Settings of the running system, by name ---------------------------------------------------------

create table settings (
    name         text primary key,
    value        text not null,
    changed_at   timestamptz not null
);
grant select, insert, update, delete on settings to ${app_role};
