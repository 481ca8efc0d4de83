-- Deployments that GitHub holds until they are answered. Every event that came stays, so that one that comes again is known.
create table held_deployments (
    id            text primary key,
    app           text not null,
    repository    text not null,
    deployment    text not null,
    commit_id     text not null,
    installation  bigint not null,
    callback      text not null,
    asked_at      timestamptz not null,
    commented     boolean not null,
    answer        text
);
grant select, insert on held_deployments to ${app_role};
grant update (commented, answer) on held_deployments to ${app_role};
