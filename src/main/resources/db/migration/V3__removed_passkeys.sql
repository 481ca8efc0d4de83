-- A removed passkey stays known, so that its key never speaks for another person.
alter table passkeys add column removed_at timestamptz;
revoke delete on passkeys from ${app_role};
grant update (removed_at) on passkeys to ${app_role};
