-- Appending to the audit log, for many entries at once.

-- As before the database checks that what is inserted continues the log; now once for all entries
-- of a statement, so that the head moves once. It also makes the transaction wait for the disk when
-- it commits, whatever a role's or the database's default is: an entry that was acknowledged is
-- there after a crash.
drop trigger extend_chain on audit_entries;
drop function extend_audit_chain();
create function extend_audit_chain() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    head devopspack.audit_head%rowtype;
    first_wrong bigint;
begin
    if not exists (select from added) then
        return null;
    end if;
    if current_setting('synchronous_commit') = 'off' then
        perform set_config('synchronous_commit', 'on', true);
    end if;
    select * into strict head from devopspack.audit_head for update;
    select min(entry.sequence) into first_wrong
    from (
        select sequence, leaf, leaf_hash, chain_hash,
            row_number() over in_order as place,
            coalesce(lag(chain_hash) over in_order, head.chain_hash) as previous
        from added
        window in_order as (order by sequence)
    ) entry
    where entry.sequence <> head.sequence + entry.place
        or entry.leaf_hash <> sha256('\x00'::bytea || convert_to(entry.leaf, 'UTF8'))
        or entry.chain_hash
            <> sha256(entry.previous || int8send(entry.sequence) || entry.leaf_hash);
    if first_wrong is not null then
        raise exception 'entry % does not continue the audit log after entry %',
            first_wrong, head.sequence using errcode = 'integrity_constraint_violation';
    end if;
    update devopspack.audit_head set (sequence, chain_hash) =
        (select sequence, chain_hash from added order by sequence desc limit 1);
    return null;
end
$$;
create trigger extend_chain after insert on audit_entries
    referencing new table as added
    for each statement execute function extend_audit_chain();
alter table audit_entries enable always trigger extend_chain;
