-- What is told outside: which audit entries were looked at, and what became of each message.

-- One row: up to which entry of the audit log messages were made.
create table notice_cursor (
    one          boolean primary key default true check (one),
    sequence     bigint not null
);
grant select, insert on notice_cursor to ${app_role};
grant update (sequence) on notice_cursor to ${app_role};

create table notice_deliveries (
    id           bigint generated always as identity primary key,
    entry        bigint not null references audit_entries,
    hook         text not null,           -- its name in the configuration; addresses are secrets
    kind         text not null,
    state        text not null default 'WAITING'
                     check (state in ('WAITING', 'DELIVERED', 'GIVEN_UP')),
    attempts     integer not null default 0 check (attempts >= 0),
    problem      text not null default '',
    created_at   timestamptz not null,
    changed_at   timestamptz not null,
    unique (entry, hook)
);
create index notice_deliveries_created_at on notice_deliveries (created_at);
grant select, insert, delete on notice_deliveries to ${app_role};
grant update (state, attempts, problem, changed_at) on notice_deliveries to ${app_role};

-- Of which requests people were reminded.
create table approval_reminders (
    approval     text primary key references approval_requests,
    at           timestamptz not null
);
grant select, insert on approval_reminders to ${app_role};

-- A queue of its own: messages wait for no run, and runs for no message.
create table scheduled_notices (like scheduled_tasks including all);
grant select, insert, update, delete on scheduled_notices to ${app_role};
