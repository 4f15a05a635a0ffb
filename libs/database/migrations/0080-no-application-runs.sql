-- Runs without application (免申即享): an extract of the registers is screened line by line, the list is checked by a second person and
-- approved by a third, then one case is opened for each firm on it.

CREATE SEQUENCE run_numbers;
GRANT USAGE ON SEQUENCE run_numbers TO tranche_app;

CREATE TABLE no_application_runs (
  id             uuid PRIMARY KEY,
  run_no         text NOT NULL UNIQUE,
  policy_id      text NOT NULL,
  policy_version text NOT NULL,
  jurisdiction   text NOT NULL,
  -- place of the office that screens; null: the office of all places
  district       text,
  state          text NOT NULL CHECK (state IN ('loading', 'screening', 'screened', 'cancelled')),
  stopped        boolean NOT NULL DEFAULT false,
  file_name      text NOT NULL,
  file_sha256    bytea NOT NULL CHECK (octet_length(file_sha256) = 32),
  file_bytes     bigint NOT NULL CHECK (file_bytes > 0),
  encoding       text NOT NULL,
  -- which fact stands in which of a line's cells
  columns        jsonb NOT NULL,
  -- the parameters that administrators had set when the run began
  overrides      jsonb NOT NULL,
  screened_on    date NOT NULL,
  line_count     integer CHECK (line_count > 0),
  created_by     uuid NOT NULL REFERENCES users,
  lease_until    timestamptz,
  worker         text,
  recorded_at    timestamptz NOT NULL,
  CONSTRAINT no_application_runs_loaded CHECK (state IN ('loading', 'cancelled') OR line_count IS NOT NULL)
);
-- the same extract is screened once for a policy
CREATE UNIQUE INDEX no_application_runs_one_per_file ON no_application_runs (policy_id, jurisdiction, file_sha256) WHERE state <> 'cancelled';
CREATE INDEX no_application_runs_at_work ON no_application_runs (id) WHERE state IN ('loading', 'screening') AND NOT stopped;

CREATE TABLE no_application_lists (
  run_id       uuid NOT NULL REFERENCES no_application_runs,
  list_no      integer NOT NULL CHECK (list_no > 0),
  content_hash bytea NOT NULL CHECK (octet_length(content_hash) = 32),
  line_count   integer NOT NULL CHECK (line_count > 0),
  total_fen    bigint NOT NULL CHECK (total_fen > 0),
  state        text NOT NULL CHECK (state IN ('confirmed', 'approved', 'opened')),
  confirmed_by uuid NOT NULL REFERENCES users,
  confirmed_on date NOT NULL,
  approved_by  uuid REFERENCES users,
  approved_on  date,
  approved_at  timestamptz,
  PRIMARY KEY (run_id, list_no),
  CONSTRAINT no_application_lists_four_eyes CHECK (approved_by <> confirmed_by),
  CONSTRAINT no_application_lists_approved CHECK (
    (state = 'confirmed') = (approved_by IS NULL) AND (approved_by IS NULL) = (approved_on IS NULL) AND (approved_by IS NULL) = (approved_at IS NULL))
);
CREATE INDEX no_application_lists_at_work ON no_application_lists (run_id) WHERE state = 'approved';

CREATE TABLE no_application_decisions (
  run_id       uuid NOT NULL,
  list_no      integer NOT NULL,
  step         text NOT NULL CHECK (step IN ('confirm', 'approve')),
  person_id    uuid NOT NULL REFERENCES users,
  content_hash bytea NOT NULL,
  recorded_at  timestamptz NOT NULL,
  PRIMARY KEY (run_id, list_no, step),
  CONSTRAINT no_application_decisions_four_eyes UNIQUE (run_id, list_no, person_id),
  FOREIGN KEY (run_id, list_no) REFERENCES no_application_lists
);

-- A line of the extract, once: its own text as a hash, what was read of it, and what became of it. Room is left on each page, so that
-- a decision stays on it and touches no index.
CREATE TABLE no_application_lines (
  run_id          uuid NOT NULL REFERENCES no_application_runs,
  row_no          integer NOT NULL CHECK (row_no > 0),
  line_sha256     bytea NOT NULL,
  uscc            text NOT NULL,
  name            text NOT NULL,
  district        text NOT NULL,
  -- the cells of the policy’s facts, as written, between unit separators; null: the line could not be read
  cells           text,
  holder_name     text,
  account_no      text,
  bank_no         text,
  bank_name       text,
  account_known   boolean NOT NULL,
  outcome         text NOT NULL CHECK (outcome IN ('new', 'included', 'excluded', 'pending', 'optedOut')),
  -- why it is not included: {code, rules?, row?, caseNo?, …}
  reason          jsonb,
  fen             bigint CHECK (fen > 0),
  fund            text,
  organisation_id uuid,
  account_by      text,
  account_role    text,
  account_on      date,
  list_no         integer,
  case_id         uuid,
  PRIMARY KEY (run_id, row_no),
  FOREIGN KEY (run_id, list_no) REFERENCES no_application_lists,
  CONSTRAINT no_application_lines_included CHECK (outcome <> 'included' OR (fen IS NOT NULL AND account_no IS NOT NULL)),
  CONSTRAINT no_application_lines_reason CHECK (outcome IN ('new', 'included') OR reason IS NOT NULL),
  CONSTRAINT no_application_lines_case CHECK (case_id IS NULL OR list_no IS NOT NULL)
) WITH (fillfactor = 55);
CREATE INDEX no_application_lines_by_firm ON no_application_lines (uscc, run_id) WHERE uscc <> '';

-- ── the list: what was checked is what is approved ────────────────────────────────────────────────────────────────────
-- Lines of a list (null: those not on any yet): how many, how much, and the hash of who gets how much on which account. Thousand by
-- thousand, so that a million lines never stand in one text.
CREATE FUNCTION no_application_content(run uuid, list integer) RETURNS TABLE (content_hash bytea, line_count integer, total_fen bigint)
  LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS
$$
  SELECT sha256(coalesce(string_agg(part, ''::bytea ORDER BY page), ''::bytea)), coalesce(sum(lines), 0)::integer, coalesce(sum(fen), 0)::bigint
    FROM (
      SELECT row_no / 1000 AS page, count(*) AS lines, sum(l.fen) AS fen,
             sha256(convert_to(string_agg(concat_ws(E'\x1f', row_no, uscc, district, l.fen, fund, holder_name, account_no, bank_no), E'\n' ORDER BY row_no), 'UTF8')) AS part
        FROM no_application_lines l
       WHERE run_id = run AND CASE WHEN list IS NULL THEN list_no IS NULL AND outcome = 'included' ELSE list_no = list END
       GROUP BY row_no / 1000) pages
$$;

-- Three different persons: who screened, who checked, who approves; each signs the content that stands there.
CREATE FUNCTION check_no_application_decision() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
DECLARE
  listed no_application_lists;
BEGIN
  SELECT * INTO listed FROM no_application_lists WHERE run_id = NEW.run_id AND list_no = NEW.list_no FOR SHARE;
  IF NEW.person_id = (SELECT created_by FROM no_application_runs WHERE id = NEW.run_id) THEN
    PERFORM refuse('no_application_decisions_four_eyes', 'whoever made the run neither checks nor approves its list');
  ELSIF listed.state <> 'confirmed' OR listed.content_hash IS DISTINCT FROM NEW.content_hash
    OR (NEW.step = 'confirm' AND listed.confirmed_by <> NEW.person_id) THEN
    PERFORM refuse('no_application_content_hash', 'the list does not await this decision on this content');
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER no_application_decisions_guard BEFORE INSERT ON no_application_decisions FOR EACH ROW
  EXECUTE FUNCTION check_no_application_decision();
CREATE TRIGGER no_application_decisions_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON no_application_decisions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION check_no_application_list() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF tg_op = 'INSERT' THEN
    IF NEW.state <> 'confirmed' THEN
      PERFORM refuse('no_application_lists_transition', 'a list begins as confirmed');
    END IF;
  ELSIF (NEW.state, OLD.state) NOT IN (('approved', 'confirmed'), ('opened', 'approved'))
    OR (NEW.content_hash, NEW.line_count, NEW.total_fen, NEW.confirmed_by, NEW.confirmed_on)
      IS DISTINCT FROM (OLD.content_hash, OLD.line_count, OLD.total_fen, OLD.confirmed_by, OLD.confirmed_on)
    OR (OLD.state = 'approved' AND (NEW.approved_by, NEW.approved_on, NEW.approved_at) IS DISTINCT FROM (OLD.approved_by, OLD.approved_on, OLD.approved_at)) THEN
    PERFORM refuse('no_application_lists_frozen', 'a list is approved once, as it was confirmed, and then only opened');
  ELSIF NEW.state = 'approved' AND NOT (
      EXISTS (SELECT FROM no_application_decisions d WHERE d.run_id = NEW.run_id AND d.list_no = NEW.list_no AND d.step = 'confirm'
                 AND d.person_id = NEW.confirmed_by AND d.content_hash = NEW.content_hash)
      AND EXISTS (SELECT FROM no_application_decisions d WHERE d.run_id = NEW.run_id AND d.list_no = NEW.list_no AND d.step = 'approve'
                 AND d.person_id = NEW.approved_by AND d.content_hash = NEW.content_hash)) THEN
    PERFORM refuse('no_application_decisions_four_eyes', 'a list is approved by two persons'' decisions on its content');
  ELSIF NEW.state = 'approved' AND NOT EXISTS (SELECT FROM no_application_content(NEW.run_id, NEW.list_no) c
      WHERE c.content_hash = NEW.content_hash AND c.line_count = NEW.line_count AND c.total_fen = NEW.total_fen) THEN
    PERFORM refuse('no_application_content_hash', 'the lines of the list are not those that were confirmed');
  ELSIF NEW.state = 'opened' AND EXISTS (SELECT FROM no_application_lines l WHERE l.run_id = NEW.run_id AND l.list_no = NEW.list_no
      AND l.outcome = 'included' AND l.case_id IS NULL) THEN
    PERFORM refuse('no_application_lists_opened', 'a firm of the list has no case yet');
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER no_application_lists_guard BEFORE INSERT OR UPDATE ON no_application_lists FOR EACH ROW EXECUTE FUNCTION check_no_application_list();

-- A listed line may be lost (the firm opts out, another case excludes it) and gets its case; nothing of what was signed changes.
CREATE FUNCTION refuse_listed_line() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  PERFORM refuse('no_application_lines_frozen', format('row %s is on a list: amount, account and list are fixed, and it has one case', OLD.row_no));
  RETURN NULL;
END
$$;
CREATE TRIGGER no_application_lines_frozen BEFORE UPDATE ON no_application_lines FOR EACH ROW
  WHEN (OLD.list_no IS NOT NULL AND ((NEW.fen, NEW.fund, NEW.holder_name, NEW.account_no, NEW.bank_no, NEW.bank_name, NEW.list_no)
    IS DISTINCT FROM (OLD.fen, OLD.fund, OLD.holder_name, OLD.account_no, OLD.bank_no, OLD.bank_name, OLD.list_no)
    OR (OLD.case_id IS NOT NULL AND NEW.case_id IS DISTINCT FROM OLD.case_id)))
  EXECUTE FUNCTION refuse_listed_line();

CREATE FUNCTION check_run() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF (NEW.id, NEW.policy_id, NEW.policy_version, NEW.jurisdiction, NEW.district, NEW.file_sha256, NEW.created_by, NEW.screened_on)
    IS DISTINCT FROM (OLD.id, OLD.policy_id, OLD.policy_version, OLD.jurisdiction, OLD.district, OLD.file_sha256, OLD.created_by, OLD.screened_on)
    OR (NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('loading', 'screening'), ('screening', 'screened'),
      ('loading', 'cancelled'), ('screening', 'cancelled'), ('screened', 'cancelled'))) THEN
    PERFORM refuse('no_application_runs_transition', format('run %s cannot change in this way', OLD.run_no));
  ELSIF NEW.state = 'cancelled' AND EXISTS (SELECT FROM no_application_lists WHERE run_id = NEW.id AND state <> 'confirmed') THEN
    PERFORM refuse('no_application_runs_transition', format('run %s has an approved list', OLD.run_no));
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER no_application_runs_guard BEFORE UPDATE ON no_application_runs FOR EACH ROW EXECUTE FUNCTION check_run();

-- ── who sees and writes what ──────────────────────────────────────────────────────────────────────────────────────────
DO
$$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['no_application_runs', 'no_application_lists', 'no_application_decisions', 'no_application_lines'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', guarded);
    EXECUTE format('CREATE POLICY owner ON %I TO CURRENT_USER USING (true) WITH CHECK (true)', guarded);
    EXECUTE format('REVOKE ALL ON %I FROM PUBLIC, tranche_app', guarded);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO tranche_app', guarded);
  END LOOP;
END
$$;
CREATE POLICY bureau ON no_application_runs TO tranche_app USING (
  CASE (SELECT app_reach()) WHEN 'all' THEN true WHEN 'district:' || district THEN true ELSE false END);
CREATE POLICY with_their_run ON no_application_lists TO tranche_app USING (
  (SELECT app_reach()) = 'all' OR EXISTS (SELECT FROM no_application_runs r WHERE r.id = run_id));
CREATE POLICY with_their_run ON no_application_decisions TO tranche_app USING (
  (SELECT app_reach()) = 'all' OR EXISTS (SELECT FROM no_application_runs r WHERE r.id = run_id));
CREATE POLICY members ON no_application_lines TO tranche_app USING (
  CASE (SELECT app_reach()) WHEN 'all' THEN true WHEN 'organisation:' || organisation_id THEN true
    ELSE EXISTS (SELECT FROM no_application_runs r WHERE r.id = run_id) END);
-- in the own name: who made the run, who confirmed the list, who decided
CREATE POLICY own_name ON no_application_runs AS RESTRICTIVE FOR INSERT TO tranche_app
  WITH CHECK ((SELECT app_role()) = 'system' OR ((SELECT app_role()) = 'officer' AND created_by::text = (SELECT app_user())));
CREATE POLICY own_name ON no_application_lists AS RESTRICTIVE FOR INSERT TO tranche_app
  WITH CHECK ((SELECT app_role()) = 'system' OR ((SELECT app_role()) = 'reviewer' AND confirmed_by::text = (SELECT app_user())));
CREATE POLICY own_approval ON no_application_lists AS RESTRICTIVE FOR UPDATE TO tranche_app USING (true)
  WITH CHECK ((SELECT app_role()) = 'system' OR ((SELECT app_role()) = 'approver' AND approved_by::text = (SELECT app_user())));
CREATE POLICY own_name ON no_application_decisions AS RESTRICTIVE FOR INSERT TO tranche_app
  WITH CHECK ((SELECT app_role()) = 'system' OR (person_id::text = (SELECT app_user())
    AND (SELECT app_role()) = CASE step WHEN 'confirm' THEN 'reviewer' ELSE 'approver' END));
-- lines are written by the house; the reviewer puts them on a list
CREATE POLICY house_writes ON no_application_lines AS RESTRICTIVE FOR INSERT TO tranche_app WITH CHECK ((SELECT app_role()) = 'system');
CREATE POLICY house_changes ON no_application_lines AS RESTRICTIVE FOR UPDATE TO tranche_app USING ((SELECT app_role()) IN ('system', 'reviewer'));
-- what stands in a line is never edited
GRANT UPDATE (outcome, reason, fen, fund, organisation_id, holder_name, account_no, bank_no, bank_name, account_by, account_role, account_on, list_no, case_id)
  ON no_application_lines TO tranche_app;
GRANT UPDATE (state, stopped, line_count, lease_until, worker) ON no_application_runs TO tranche_app;
GRANT UPDATE (state, approved_by, approved_on, approved_at) ON no_application_lists TO tranche_app;
REVOKE EXECUTE ON FUNCTION no_application_content(uuid, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION no_application_content(uuid, integer) TO tranche_app;
