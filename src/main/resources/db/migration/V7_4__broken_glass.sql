-- What one person let through alone. It is reviewed once, and not done again before that.
create table broken_glass (
    approval      text primary key references approval_requests,
    position      bigint generated always as identity unique,
    person        uuid not null references people,
    incident      text not null,
    reason        text not null,
    at            timestamptz not null,
    act           text not null unique references signed_acts,
    skipped       text not null,          -- ids divided by commas
    reviewed_by   uuid references people check (reviewed_by <> person),
    reviewed_at   timestamptz,
    justified     boolean,
    finding       text,
    review_act    text references signed_acts,
    check ((reviewed_by is null) = (reviewed_at is null)
        and (reviewed_by is null) = (justified is null)
        and (reviewed_by is null) = (finding is null)
        and (reviewed_by is null) = (review_act is null))
);
create unique index broken_glass_unreviewed on broken_glass ((true)) where reviewed_at is null;
grant select, insert on broken_glass to ${app_role};
grant update (reviewed_by, reviewed_at, justified, finding, review_act) on broken_glass to ${app_role};

create function check_glass_reviewed() returns trigger
    language plpgsql
    set search_path = pg_catalog
as $$
begin
    if old.reviewed_at is not null or new.reviewed_at is null then
        raise exception 'the use % was reviewed before', old.approval
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end
$$;
create trigger check_reviewed before update on broken_glass
    for each row execute function check_glass_reviewed();
alter table broken_glass enable always trigger check_reviewed;
