-- Runs over people: the office declares what holds for everybody, an extract names people who draw elsewhere, our own books those who draw
-- here. Who a person is stands encrypted in a table of its own; the line knows the blind index and the masked name.

-- facts that the office declared for all lines of a run
ALTER TABLE no_application_runs ADD COLUMN declared jsonb NOT NULL DEFAULT '{}';
-- the same extract is screened once for a policy and a declaration: next month's may name the same people
DROP INDEX no_application_runs_one_per_file;
CREATE UNIQUE INDEX no_application_runs_one_per_file ON no_application_runs (policy_id, jurisdiction, file_sha256, declared) WHERE state <> 'cancelled';

-- whom our own books name is paid by what they show; a line of the extract about the same person is then one too many
ALTER TABLE no_application_lines ADD COLUMN from_books boolean NOT NULL DEFAULT false;

CREATE TABLE no_application_people (
  run_id          uuid NOT NULL,
  row_no          integer NOT NULL,
  -- the payee this person becomes when a case is opened, unless already known here
  organisation_id uuid NOT NULL UNIQUE,
  person_key      bytea NOT NULL CHECK (octet_length(person_key) = 32),
  name_cipher     bytea NOT NULL,
  name_masked     text NOT NULL,
  id_cipher       bytea NOT NULL,
  id_masked       text NOT NULL CHECK (id_masked !~ '\d{7}'),
  key_id          text NOT NULL,
  recorded_at     timestamptz NOT NULL,
  PRIMARY KEY (run_id, row_no),
  FOREIGN KEY (run_id, row_no) REFERENCES no_application_lines
);
CREATE TRIGGER no_application_people_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON no_application_people
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE no_application_people ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON no_application_people TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY with_their_line ON no_application_people TO tranche_app USING (
  (SELECT app_reach()) = 'all' OR EXISTS (SELECT FROM no_application_lines l WHERE l.run_id = no_application_people.run_id AND l.row_no = no_application_people.row_no));
CREATE POLICY house_writes ON no_application_people AS RESTRICTIVE FOR INSERT TO tranche_app WITH CHECK ((SELECT app_role()) = 'system');
REVOKE ALL ON no_application_people FROM PUBLIC, tranche_app;
GRANT SELECT, INSERT ON no_application_people TO tranche_app;
