-- What waits behind work may be named after an effect, whose key is longer than a task of the engine.
alter table work_item alter column task set data type varchar(120);
