-- Who wrote the commits of a change set, as its submitter says: what was named once stays named.
create table change_set_authors (
    change_set   text not null references change_sets,
    author       text not null,
    primary key (change_set, author)
);
call make_append_only('change_set_authors');

-- The addresses by which a person's commits name him: divided by commas, sorted.
alter table people add column commits_as text not null default '';
grant update (commits_as) on people to ${app_role};
