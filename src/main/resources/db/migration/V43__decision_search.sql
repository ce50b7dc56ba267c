-- What auditors search decisions by. It is copied from sealed entries in their order, so that nothing comes in late behind
-- what was counted; it holds no facts, and can be emptied and made again: delete all three and set decision_turn to 0.
create table found_decision (
    id           bigint primary key references decision (id),
    position     bigint       not null,
    reference    varchar(20)  not null,
    moment       varchar(61)  not null,
    release_id   varchar(20)  not null,
    decided_at   timestamp(3) with time zone not null,
    decided_by   varchar(60)  not null,
    tier         varchar(20)  not null,
    failure_type varchar(60)  not null,
    channel      varchar(12)  not null,
    language     varchar(8)   not null,
    chosen       boolean      not null
);
create index found_decision_at on found_decision (decided_at, id);
create index found_decision_release on found_decision (release_id, id);
create index found_decision_reference on found_decision (reference, id);
create index found_decision_by on found_decision (decided_by, id);
create index found_decision_position on found_decision (position);

create table found_remedy (
    decision_id  bigint      not null references found_decision (id),
    remedy       varchar(60) not null,
    verdict      varchar(10) not null,
    authority    varchar(20),
    amount_minor bigint,
    currency     char(3)
);
create index found_remedy_decision on found_remedy (decision_id);
create index found_remedy_remedy on found_remedy (remedy, verdict, decision_id);

-- Each rule once per decision for what it proposed or answered, and once where it objected.
create table found_rule (
    rule_id     varchar(120) not null,
    part        varchar(10)  not null,
    decision_id bigint       not null references found_decision (id),
    primary key (rule_id, part, decision_id)
);
create index found_rule_decision on found_rule (decision_id);

-- One node at a time copies; how many leaves of the journal were looked at.
create table decision_turn (
    name    varchar(20) primary key,
    through bigint      not null
);
insert into decision_turn (name, through) values ('search', 0);
