-- Which draft a check was asked for last: what it says is of no use once somebody goes on writing.
alter table inspection add column draft_id varchar(20);
create index inspection_draft on inspection (draft_id);
