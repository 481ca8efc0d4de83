-- A runbook acts on no environment.
alter table change_sets alter column environment drop not null;
