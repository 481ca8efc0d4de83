-- What the audit log adds up to, signed: append-only like the log itself.
create table audit_checkpoints (
    size         bigint primary key check (size > 0),
    root         bytea not null check (octet_length(root) = 32),
    chain_hash   bytea not null check (octet_length(chain_hash) = 32), -- of entry number `size`
    note         text not null,           -- the signed text, as it is published
    at           timestamptz not null
);

-- Inner nodes of the tree over the log: complete subtrees of 2^height leaves. The leaves' hashes
-- stand in audit_entries.
create table audit_nodes (
    height       smallint not null check (height > 0),
    index        bigint not null,
    hash         bytea not null check (octet_length(hash) = 32),
    primary key (height, index)
);

call make_append_only('audit_checkpoints');
call make_append_only('audit_nodes');
