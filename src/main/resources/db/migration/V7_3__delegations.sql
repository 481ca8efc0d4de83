-- Who decides in whose place. A delegation is taken back once and stays as it was.
create table delegations (
    id           text primary key check (id ~ '^dl-[a-z2-7]{16}$'),
    position     bigint generated always as identity unique,
    from_person  uuid not null references people,
    to_person    uuid not null references people check (to_person <> from_person),
    environment  text not null,
    reason       text not null,
    since        timestamptz not null,
    until        timestamptz not null,
    act          text not null unique references signed_acts,
    ended_by     uuid references people,
    ended_at     timestamptz,
    ended_act    text references signed_acts,
    check ((ended_by is null) = (ended_at is null) and (ended_by is null) = (ended_act is null)),
    check (until > since and until <= since + interval '32 days')
);
create index delegations_to on delegations (to_person) where ended_at is null;
grant select, insert on delegations to ${app_role};
grant update (ended_by, ended_at, ended_act) on delegations to ${app_role};

create function check_delegation_ended() returns trigger
    language plpgsql
    set search_path = pg_catalog
as $$
begin
    if old.ended_at is not null or new.ended_at is null then
        raise exception 'delegation % was taken back before', old.id
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end
$$;
create trigger check_ended before update on delegations
    for each row execute function check_delegation_ended();
alter table delegations enable always trigger check_ended;
