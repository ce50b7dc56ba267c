-- As many rules as gave points stand there; a grant must never fail because its reasons are long.
alter table item_choice alter column because set data type text;
