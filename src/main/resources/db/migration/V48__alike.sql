-- Decisions of one moment by time: compared with one another, the newest first.
create index decision_moment on decision (moment, as_of, id);
-- What people did with what was asked, by time.
create index effect_event_at on effect_event (at, id);
