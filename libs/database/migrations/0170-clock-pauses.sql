-- Days on which a time limit stood still: a notice before payment ran and the jurisdiction had said that its days are not counted.
-- [{"from": first day, "until": last day}, …], both not counted; null where the limit never stood still.
ALTER TABLE deadlines ADD COLUMN paused jsonb CONSTRAINT deadlines_paused CHECK (paused IS NULL OR jsonb_typeof(paused) = 'array');
