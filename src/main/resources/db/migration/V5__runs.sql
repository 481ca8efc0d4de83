-- Several tasks as one run. How far it is changes, so these are no append-only tables; what a step
-- came to is in change sets, verdicts and the audit log, in the same transaction.

create table runs (
    id           text primary key check (id ~ '^run-[a-z2-7]{16}$'),
    document     text not null,           -- as it came in; literal secrets were refused before
    caller       text not null,           -- our own JSON: who asked, as proven then
    client       text not null,
    created_at   timestamptz not null
);
create index runs_created_at on runs (created_at);

create table run_steps (
    run          text not null references runs on delete cascade,
    position     integer not null check (position >= 0),
    attempts     integer not null check (attempts >= 0),
    result       text,                    -- our own JSON, once the step has ended
    ended_at     timestamptz,
    primary key (run, position),
    check ((result is null) = (ended_at is null))
);

grant select, insert, delete on runs to ${app_role};
grant select, insert, delete on run_steps to ${app_role};
grant update (attempts, result, ended_at) on run_steps to ${app_role};

-- A step that has ended stays as it ended.
create function check_run_step() returns trigger
    language plpgsql
    set search_path = pg_catalog
as $$
begin
    if old.result is not null or new.attempts < old.attempts then
        raise exception 'step % of % has ended', old.position, old.run
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end
$$;
create trigger check_step before update on run_steps
    for each row execute function check_run_step();
alter table run_steps enable always trigger check_step;

-- What db-scheduler keeps: which run waits, and which process works on it.
create table scheduled_tasks (
    task_name             text not null,
    task_instance         text not null,
    task_data             bytea,
    execution_time        timestamptz not null,
    picked                boolean not null,
    picked_by             text,
    last_success          timestamptz,
    last_failure          timestamptz,
    consecutive_failures  integer,
    last_heartbeat        timestamptz,
    version               bigint not null,
    priority              smallint,
    primary key (task_name, task_instance)
);
create index scheduled_tasks_execution_time on scheduled_tasks (execution_time);
create index scheduled_tasks_last_heartbeat on scheduled_tasks (last_heartbeat);
grant select, insert, update, delete on scheduled_tasks to ${app_role};
