-- What witnesses signed of the audit log's checkpoints: append-only like the checkpoints.
create table audit_cosignatures (
    size         bigint not null references audit_checkpoints,
    name         text not null,
    key_id       text not null check (key_id ~ '^[0-9a-f]{8}$'),
    signature    text not null,           -- base64, as it stands in the note after the key's id
    at           timestamptz not null,
    primary key (size, name, key_id)
);

call make_append_only('audit_cosignatures');
