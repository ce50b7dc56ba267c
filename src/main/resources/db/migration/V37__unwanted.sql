-- What the customer withdrew while the sender had it: it goes its way, unless it turns out that it never left the house.
alter table effect add column unwanted boolean default false not null;
