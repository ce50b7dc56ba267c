-- Leaves say in which order entries were sealed; the hash of an entry stands apart from the entry, so that a change of
-- one alone is found. A block is the root of 256 leaves, so that a proof need not read all of them.
create table journal_leaf (
    position bigint primary key,
    entry_id bigint not null unique,
    hash     bytea  not null
);
create table journal_block (
    number bigint primary key,
    hash   bytea not null
);
create table journal_seal (
    id           bigint primary key,
    installation varchar(36)  not null,
    size         bigint       not null unique,
    root         varchar(64)  not null,
    at           timestamp(3) with time zone not null,
    seal_key     varchar(64)  not null,
    signature    varchar(128) not null,
    peaks        text         not null,
    through      bigint       not null
);
create index journal_seal_at on journal_seal (at);

-- One sealer at a time: whoever holds the row.
create table journal_turn (
    name         varchar(20) primary key,
    installation varchar(36) not null
);
insert into journal_turn (name, installation) values ('seal', '');
