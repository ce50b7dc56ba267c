-- Who works here. Passwords are stored as hashes only.
create table account (
    login                varchar(64)  not null primary key,
    name_en              varchar(120) not null,
    name_ar              varchar(120) not null,
    language             varchar(8),
    password_hash        varchar(200) not null,
    password_is_one_time boolean      not null,
    active               boolean      not null,
    created_at           timestamp with time zone not null
);

-- What an account may do (role), can do (skill, language) and looks after (queue): one row per word.
create table account_trait (
    login varchar(64) not null references account (login) on delete cascade,
    kind  varchar(16) not null check (kind in ('ROLE', 'SKILL', 'LANGUAGE', 'QUEUE')),
    word  varchar(64) not null,
    primary key (login, kind, word)
);
create index account_trait_word on account_trait (kind, word);
