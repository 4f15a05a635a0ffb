-- One duty a person on a case. With a row per duty, "no second row with another duty" says no more than "one row per case and person",
-- and a unique index asks that at a fifth of the cost.
ALTER TABLE case_duties DROP CONSTRAINT case_duties_one_per_person;
ALTER TABLE case_duties ADD CONSTRAINT case_duties_one_per_person UNIQUE (case_id, person_id);
