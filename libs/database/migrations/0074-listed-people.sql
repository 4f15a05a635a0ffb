-- People on the lists of any policy (workers of a month, people insured): encrypted here; facts and events know them by their tokens only.
CREATE TABLE listed_people (
  id              uuid PRIMARY KEY,
  case_id         uuid NOT NULL,
  organisation_id uuid NOT NULL,
  district        text NOT NULL,
  fact            text NOT NULL,
  -- the payment of the period the list is of; '' where it is of the whole case
  period          text NOT NULL,
  row_no          integer NOT NULL CHECK (row_no > 0),
  column_name     text NOT NULL,
  name_cipher     bytea NOT NULL,
  name_masked     text NOT NULL,
  id_cipher       bytea NOT NULL,
  id_masked       text NOT NULL,
  person_key      bytea NOT NULL,
  key_id          text NOT NULL,
  FOREIGN KEY (case_id, organisation_id, district) REFERENCES cases (id, organisation_id, district),
  UNIQUE (case_id, fact, period, row_no, column_name)
);
CREATE INDEX listed_people_by_person ON listed_people (person_key);
ALTER TABLE listed_people ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON listed_people TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY members ON listed_people TO tranche_app USING (
  CASE (SELECT app_reach()) WHEN 'all' THEN true WHEN 'district:' || district THEN true WHEN 'organisation:' || organisation_id THEN true ELSE false END);
REVOKE ALL ON listed_people FROM PUBLIC, tranche_app;
-- read again from a corrected file before anything depends on them
GRANT SELECT, INSERT, DELETE ON listed_people TO tranche_app;

ALTER TABLE evidence DROP CONSTRAINT evidence_kind_check;
ALTER TABLE evidence ADD CONSTRAINT evidence_kind_check CHECK (kind IN ('roster', 'attendance', 'results', 'list', 'other'));
