-- Personal text is stored under a key per customer; whoever destroys the key has destroyed every text, also in copies of
-- the database that were made without this table.
create table customer_key (
    customer_id bigint       primary key references customer (id),
    content     varchar(200) not null,
    made_at     timestamp(3) with time zone not null
);

-- When the customer was erased; null: never.
alter table customer add column erased_at timestamp(3) with time zone;
-- Where the customer lives; null: not known.
alter table customer add column country varchar(2);
-- Whether texts that were stored before there were keys are under the customer's key by now.
alter table customer add column sealed boolean default false not null;
create index customer_sealed on customer (sealed, id);

-- What was reported is in the words of a person.
alter table recovery_case add column subject_text text;
update recovery_case set subject_text = 't:' || subject;
alter table recovery_case alter column subject_text set not null;
alter table recovery_case drop column subject;

-- Why something was refused, lowered or taken back is said in a person's words.
alter table effect add column reason_text text;
update effect set reason_text = 't:' || reason where reason is not null;
alter table effect drop column reason;

-- What makes a line of an import the same may be a customer's own words; it is needed until the line is done.
update import_line set identity = null where state <> 'NEW';
