-- What the journal says about a decision's facts is a fingerprint under a salt of its own: without the salt nobody can try
-- out what the facts may have been, and erasing it leaves the journal as it is. Null: decided before there were any.
alter table decision add column salt varchar(32);
-- Name and version of the engine that decided. Null: decided before it was kept.
alter table decision add column engine varchar(60);
