-- Where a person's role APPROVER counts: names divided by commas, sorted; empty for everywhere.
alter table people add column approves text not null default '';
grant update (approves) on people to ${app_role};
