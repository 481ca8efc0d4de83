-- What clusters were answered: the same question gets the same answer. Kept for a day.
create table admission_answers (
    cluster      text not null,
    uid          text not null,
    allowed      boolean not null,
    message      text not null,
    answered_at  timestamptz not null,
    primary key (cluster, uid)
);
create index admission_answers_answered_at on admission_answers (answered_at);
grant select, insert, delete on admission_answers to ${app_role};

-- Which approved object a cluster took: each once.
create table admission_takes (
    approval     text not null references approval_states,
    cluster      text not null,
    object       text not null,
    content      text not null check (content ~ '^sha256:[0-9a-f]{64}$'),
    taken_at     timestamptz not null,
    primary key (approval, cluster, object)
);
call make_append_only('admission_takes');
