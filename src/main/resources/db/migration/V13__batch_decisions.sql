-- Where a decision was signed together with others: its place below the root that was signed.
alter table decisions add column batch text;
