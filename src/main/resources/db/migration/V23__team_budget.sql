-- The desk whose goodwill budget a remedy counts against: that of its case when it was decided.
alter table effect add column team varchar(40) default '' not null;
update effect set team = coalesce((select c.queue from recovery_case c where c.id = effect.case_id), '');
create index effect_team on effect (team, currency, created_at);
