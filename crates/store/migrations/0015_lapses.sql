-- When the agent last let offers lapse: those that stood beside them are the same silence.
ALTER TABLE presence ADD COLUMN lapsed_at {bigint};
