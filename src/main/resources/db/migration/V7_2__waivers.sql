-- What people accept for a while. A waiver is taken back once and stays as it was.
create table waivers (
    id           text primary key check (id ~ '^wv-[a-z2-7]{16}$'),
    position     bigint generated always as identity unique,
    rule         text not null,
    file         text not null,
    resource     text not null,           -- empty where the finding is about the file
    message      text not null,
    stack        text not null,
    environment  text not null,
    reason       text not null,
    person       uuid not null references people,
    since        timestamptz not null,
    until        timestamptz not null,
    act          text not null unique references signed_acts,
    ended_by     uuid references people,
    ended_at     timestamptz,
    ended_act    text references signed_acts,
    check ((ended_by is null) = (ended_at is null) and (ended_by is null) = (ended_act is null)),
    check (until > since and until <= since + interval '92 days')
);
create index waivers_of_stack on waivers (stack, environment) where ended_at is null;
create index waivers_until on waivers (until) where ended_at is null;
grant select, insert on waivers to ${app_role};
grant update (ended_by, ended_at, ended_act) on waivers to ${app_role};

create function check_waiver_ended() returns trigger
    language plpgsql
    set search_path = pg_catalog
as $$
begin
    if old.ended_at is not null or new.ended_at is null then
        raise exception 'waiver % was taken back before', old.id
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end
$$;
create trigger check_ended before update on waivers
    for each row execute function check_waiver_ended();
alter table waivers enable always trigger check_ended;

-- Which verdicts counted which waivers: an approval of these verdicts stands and falls with them.
create table waiver_uses (
    change_set   text not null references change_sets,
    verdicts     text not null,
    waiver       text not null references waivers,
    primary key (change_set, verdicts, waiver)
);
call make_append_only('waiver_uses');
