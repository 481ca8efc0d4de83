-- One row: up to which entry the audit log was sent to an OpenTelemetry collector.
create table audit_forwarded (
    one          boolean primary key default true check (one),
    sequence     bigint not null check (sequence >= 0)
);
insert into audit_forwarded (sequence) values (0);
grant select on audit_forwarded to ${app_role};
grant update (sequence) on audit_forwarded to ${app_role};
