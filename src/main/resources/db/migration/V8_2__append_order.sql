-- Whoever appends takes the head before anything else, also who did not ask for it: of two that
-- append at once one waits, and none waits for the other.
create function take_audit_head() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform from devopspack.audit_head for update;
    return null;
end
$$;
create trigger a_head_first before insert on audit_entries
    for each statement execute function take_audit_head();
alter table audit_entries enable always trigger a_head_first;
