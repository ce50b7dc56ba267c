-- Same key and body, same answer; same key, other body: refused.
create table idempotent_request (
    request_key varchar(120) not null,
    caller      varchar(60)  not null,
    body_hash   char(64)     not null,
    status      int          not null,
    location    varchar(200),
    answer      text         not null,
    at          timestamp(3) with time zone not null,
    primary key (caller, request_key)
);
