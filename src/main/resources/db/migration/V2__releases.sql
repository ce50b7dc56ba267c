-- What analysts publish: immutable, content-addressed bundles of processes and rules.
create table release (
    id           varchar(20)  primary key,
    content_hash char(64)     not null unique,
    state        varchar(12)  not null,
    origin       varchar(40)  not null,
    created_by   varchar(60)  not null,
    created_at   timestamp(3) with time zone not null,
    published_at timestamp(3) with time zone,
    -- when this content was last found in the folders at a start
    folder_at    timestamp(3) with time zone
);
create index release_state on release (state, published_at);

create table release_file (
    release_id varchar(20)  not null references release (id),
    path       varchar(200) not null,
    content    text         not null,
    primary key (release_id, path)
);

-- The engine's definition of each process of a release: cases start by it, so a case keeps its diagram exactly.
create table release_process (
    release_id    varchar(20)  not null references release (id),
    process       varchar(80)  not null,
    definition_id varchar(120) not null,
    primary key (release_id, process)
);

create table release_finding (
    release_id varchar(20)  not null references release (id),
    ordinal    int          not null,
    code       varchar(20)  not null,
    blocking   boolean      not null,
    file       varchar(200) not null,
    place      varchar(300) not null,
    arguments  text         not null,
    primary key (release_id, ordinal)
);
