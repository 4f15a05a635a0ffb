-- Payees of every kind: whoever is paid is a row of organisations. A person has no credit code: the blind index of the identity number
-- takes its place, the number itself stands encrypted in a table of its own, and the name of the row is masked.

ALTER TABLE organisations DROP CONSTRAINT organisations_kind_check;
ALTER TABLE organisations ADD CONSTRAINT organisations_kind_check
  CHECK (kind IN ('institution', 'enterprise', 'unit', 'bank', 'government', 'citizen', 'bureau'));
ALTER TABLE organisations ALTER COLUMN uscc DROP NOT NULL;
ALTER TABLE organisations ADD COLUMN person_key bytea UNIQUE CHECK (octet_length(person_key) = 32);
ALTER TABLE organisations ADD CONSTRAINT organisations_known_by
  CHECK ((kind = 'citizen') = (uscc IS NULL) AND (kind = 'citizen') = (person_key IS NOT NULL));

CREATE TABLE citizens (
  organisation_id uuid PRIMARY KEY REFERENCES organisations,
  name_cipher     bytea NOT NULL,
  name_masked     text NOT NULL,
  id_cipher       bytea NOT NULL,
  id_masked       text NOT NULL,
  key_id          text NOT NULL,
  district        text NOT NULL,
  recorded_at     timestamptz NOT NULL
);
ALTER TABLE citizens ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON citizens TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY members ON citizens TO tranche_app USING (
  CASE (SELECT app_reach()) WHEN 'all' THEN true WHEN 'district:' || district THEN true WHEN 'organisation:' || organisation_id THEN true ELSE false END);
CREATE POLICY not_by_applicants ON citizens AS RESTRICTIVE FOR INSERT TO tranche_app WITH CHECK ((SELECT app_scope()) <> 'organisation');
REVOKE ALL ON citizens FROM PUBLIC, tranche_app;
GRANT SELECT, INSERT ON citizens TO tranche_app;
