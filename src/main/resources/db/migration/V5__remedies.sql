-- Every effect that leaves the house. The key is the idempotency key: an effect exists once or not at all.
create table effect (
    effect_key     varchar(80) primary key,
    case_id        bigint      not null,
    case_reference varchar(20) not null,
    customer_id    bigint      not null,
    decision_id    bigint      not null,
    moment         varchar(61) not null,
    remedy         varchar(40) not null,
    remedy_class   varchar(12) not null,
    kind           varchar(20) not null,
    amount_minor   bigint,
    currency       char(3),
    item           varchar(200),
    state          varchar(12) not null,
    authority      varchar(12) not null,
    asked_by       varchar(60),
    decided_by     varchar(60),
    reason         varchar(400),
    reference      varchar(80),
    created_at     timestamp(3) with time zone not null,
    updated_at     timestamp(3) with time zone not null
);
create index effect_case on effect (case_id, moment, state);
create index effect_customer on effect (customer_id, created_at);
create index effect_created on effect (created_at, effect_key);

-- The embedded gateway's own book: what a bank or a warehouse would have on its side.
create table gateway_booking (
    effect_key   varchar(80) primary key,
    kind         varchar(20) not null,
    customer_ref varchar(80) not null,
    amount_minor bigint,
    currency     char(3),
    item         varchar(200),
    reference    varchar(80) not null unique,
    booked_at    timestamp(3) with time zone not null
);
