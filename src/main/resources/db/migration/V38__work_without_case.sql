-- Work may be about no case at all, such as a settled amount that nothing in the house explains.
alter table work_item alter column case_id drop not null;
alter table work_item alter column case_reference drop not null;
