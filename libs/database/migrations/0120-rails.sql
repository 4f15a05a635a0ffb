-- Rails to a bank: what each bank agreed with us (four eyes), which files left, who took and handed them over, which day they are for.

-- ── what a bank agreed: format, limits, hours ─────────────────────────────────────────────────────────────────────────
CREATE TABLE rail_profiles (
  id             uuid PRIMARY KEY,
  rail           text NOT NULL CHECK (rail IN ('http', 'file', 'csv')),
  -- first three digits of the bank's number; NULL: every bank without a profile of its own
  bank_code      text CHECK (bank_code ~ '^\d{3}$'),
  effective_from date NOT NULL,
  profile        jsonb NOT NULL,
  reason         text NOT NULL CHECK (reason <> ''),
  state          text NOT NULL CHECK (state IN ('proposed', 'approved', 'rejected')),
  -- NULL: came with the release
  proposed_by    uuid REFERENCES users,
  decided_by     uuid REFERENCES users,
  decided_at     timestamptz,
  recorded_at    timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT rail_profiles_rail CHECK (coalesce(profile ->> 'rail' = rail, false)),
  CONSTRAINT rail_profiles_four_eyes CHECK (CASE WHEN proposed_by IS NULL OR state = 'proposed' THEN decided_by IS NULL
    ELSE coalesce(decided_by <> proposed_by AND decided_at IS NOT NULL, false) END),
  CONSTRAINT rail_profiles_released CHECK (proposed_by IS NOT NULL OR state = 'approved')
);
CREATE UNIQUE INDEX rail_profiles_one_a_day ON rail_profiles (rail, bank_code, effective_from) NULLS NOT DISTINCT WHERE state = 'approved';

CREATE FUNCTION check_rail_profile() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF tg_op = 'INSERT' THEN
    IF NEW.state <> 'proposed' OR NEW.proposed_by IS NULL THEN
      PERFORM refuse('rail_profiles_four_eyes', 'a rail profile begins as somebody''s proposal');
    END IF;
  ELSIF OLD.state <> 'proposed' OR (NEW.id, NEW.rail, NEW.bank_code, NEW.effective_from, NEW.profile, NEW.reason, NEW.proposed_by)
    IS DISTINCT FROM (OLD.id, OLD.rail, OLD.bank_code, OLD.effective_from, OLD.profile, OLD.reason, OLD.proposed_by) THEN
    PERFORM refuse('rail_profiles_immutable', 'a rail profile is decided once and never edited: propose the next one');
  END IF;
  RETURN NEW;
END
$$;

INSERT INTO rail_profiles (id, rail, effective_from, profile, reason, state) VALUES
  ('01200000-0000-7000-8000-000000000001', 'http', '2000-01-01',
   '{"rail": "http", "format": "http-json", "maxItems": 1, "maxItemFen": "999999999999999999", "maxFileFen": "999999999999999999",
     "dedup": "item", "hours": {"businessDaysOnly": false, "cutOff": null}}', 'initial', 'approved'),
  ('01200000-0000-7000-8000-000000000002', 'file', '2000-01-01',
   '{"rail": "file", "format": "pain.001.001.09", "maxItems": 3000, "maxItemFen": "999999999999999999", "maxFileFen": "999999999999999999",
     "dedup": "batch", "hours": {"businessDaysOnly": true, "cutOff": "16:30"}}', 'initial', 'approved'),
  ('01200000-0000-7000-8000-000000000003', 'csv', '2000-01-01',
   '{"rail": "csv", "format": "daifa", "maxItems": 1000, "maxItemFen": "5000000", "maxFileFen": "500000000", "dedup": "none",
     "hours": {"businessDaysOnly": true, "cutOff": "15:30"}, "charset": "gb18030",
     "template": {"columns": [{"field": "seq", "title": "序号"}, {"field": "name", "title": "姓名"}, {"field": "accountNo", "title": "账号"},
       {"field": "bankNo", "title": "行号"}, {"field": "amount", "title": "金额"}, {"field": "remittance", "title": "摘要"},
       {"field": "reference", "title": "业务参考号"}],
       "titles": true, "head": null, "tail": [{"text": "合计"}, {"field": "count"}, {"field": "total"}], "delimiter": ",", "quotes": "when-needed",
       "closed": false, "lineEnd": "crlf", "bom": false, "unit": "yuan", "fileName": "DF_{batch}_{part3}.csv"}}', 'initial', 'approved');
CREATE TRIGGER rail_profiles_guard BEFORE INSERT OR UPDATE ON rail_profiles FOR EACH ROW EXECUTE FUNCTION check_rail_profile();

ALTER TABLE batches DROP CONSTRAINT batches_rail_check;
ALTER TABLE batches ADD CONSTRAINT batches_rail_check CHECK (rail IN ('http', 'file', 'csv', 'allocation'));
ALTER TABLE batches ADD COLUMN rail_profile_id uuid REFERENCES rail_profiles;
COMMENT ON COLUMN batches.rail_profile_id IS 'what the bank had agreed when the batch was made: limits, format and hours it is paid by; none where no bank is asked';

CREATE FUNCTION check_batch_profile() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF tg_op = 'UPDATE' AND NEW.rail_profile_id IS DISTINCT FROM OLD.rail_profile_id THEN
    PERFORM refuse('batches_frozen', format('batch %s is paid by the rail profile it was made with', NEW.batch_no));
  ELSIF NEW.rail_profile_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM rail_profiles p WHERE p.id = NEW.rail_profile_id AND p.rail = NEW.rail AND p.state = 'approved') THEN
    PERFORM refuse('batches_rail_profile', format('batch %s needs an approved profile of its rail', NEW.batch_no));
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER batches_rail_profile BEFORE INSERT OR UPDATE OF rail_profile_id ON batches FOR EACH ROW EXECUTE FUNCTION check_batch_profile();

-- ── the day a batch is for: shown when it is submitted, shown and confirmed again when it moved ───────────────────────
CREATE TABLE batch_execution_days (
  batch_id     uuid NOT NULL REFERENCES batches,
  execution_on date NOT NULL,
  person_id    uuid NOT NULL REFERENCES users,
  recorded_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (batch_id, execution_on)
);

-- ── files: each line in one file only, and each file handed over once, by who had it in hand ──────────────────────────
CREATE TABLE bank_file_parts (
  bank_file_id    uuid PRIMARY KEY REFERENCES bank_files,
  batch_id        uuid NOT NULL REFERENCES batches,
  part_no         integer NOT NULL CHECK (part_no > 0),
  line_count      integer NOT NULL CHECK (line_count > 0),
  total_fen       bigint NOT NULL CHECK (total_fen > 0),
  execution_on    date NOT NULL,
  UNIQUE (batch_id, part_no)
);

CREATE TABLE bank_file_lines (
  bank_file_id uuid NOT NULL REFERENCES bank_file_parts,
  line_no      integer NOT NULL CHECK (line_no > 0),
  -- a transfer stands in one file, once: this keeps a second file from paying it again
  transfer_id  uuid NOT NULL UNIQUE REFERENCES transfers,
  PRIMARY KEY (bank_file_id, line_no)
);

CREATE TABLE bank_file_deliveries (
  id           uuid PRIMARY KEY,
  bank_file_id uuid NOT NULL REFERENCES bank_file_parts,
  person_id    uuid NOT NULL REFERENCES users,
  kind         text NOT NULL CHECK (kind IN ('downloaded', 'handed-over')),
  sha256       bytea NOT NULL CHECK (octet_length(sha256) = 32),
  recorded_at  timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX bank_file_deliveries_once ON bank_file_deliveries (bank_file_id) WHERE kind = 'handed-over';
CREATE INDEX bank_file_deliveries_by_file ON bank_file_deliveries (bank_file_id);

CREATE FUNCTION check_bank_file_lines() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF EXISTS (SELECT FROM added l JOIN bank_file_parts f ON f.bank_file_id = l.bank_file_id JOIN transfers t ON t.id = l.transfer_id
              WHERE t.batch_id <> f.batch_id OR t.state <> 'submitting') THEN
    PERFORM refuse('bank_file_lines_of_batch', 'a bank file holds lines of its batch that were committed to be sent');
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER bank_file_lines_of_batch AFTER INSERT ON bank_file_lines REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION check_bank_file_lines();

CREATE FUNCTION check_bank_file_part() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
DECLARE
  lines bigint;
  fen numeric;
BEGIN
  SELECT count(*), sum(t.amount_fen) INTO lines, fen FROM bank_file_lines l JOIN transfers t ON t.id = l.transfer_id
   WHERE l.bank_file_id = NEW.bank_file_id;
  IF lines <> NEW.line_count OR fen IS DISTINCT FROM NEW.total_fen THEN
    PERFORM refuse('bank_file_parts_total', format('part %s: %s lines with %s fen are not its count and total', NEW.part_no, lines, fen));
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER bank_file_parts_total AFTER INSERT ON bank_file_parts DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_bank_file_part();

CREATE FUNCTION check_delivery() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF NOT EXISTS (SELECT FROM bank_files f WHERE f.id = NEW.bank_file_id AND f.sha256 = NEW.sha256) THEN
    PERFORM refuse('bank_file_deliveries_hash', 'what was handed over is not this file');
  ELSIF NEW.kind = 'handed-over' AND NOT EXISTS (SELECT FROM bank_file_deliveries d WHERE d.bank_file_id = NEW.bank_file_id AND d.kind = 'downloaded') THEN
    PERFORM refuse('bank_file_deliveries_order', 'nobody has taken this file yet');
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER bank_file_deliveries_guard BEFORE INSERT ON bank_file_deliveries FOR EACH ROW EXECUTE FUNCTION check_delivery();

CREATE FUNCTION check_handed_over() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF EXISTS (SELECT FROM bank_file_lines WHERE transfer_id = NEW.id) AND NOT EXISTS (SELECT FROM bank_file_lines l
      JOIN bank_file_deliveries d ON d.bank_file_id = l.bank_file_id AND d.kind = 'handed-over' WHERE l.transfer_id = NEW.id) THEN
    PERFORM refuse('transfers_handed_over', format('the file of transfer %s was not handed to the bank', NEW.end_to_end_id));
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER transfers_handed_over BEFORE UPDATE ON transfers FOR EACH ROW WHEN (OLD.state = 'submitting' AND NEW.state = 'submitted')
  EXECUTE FUNCTION check_handed_over();

-- a file the bank leaves without an answer is unknown after its time, like a request
DROP INDEX transfers_leased;
CREATE INDEX transfers_leased ON transfers (lease_until) WHERE state IN ('submitting', 'submitted');

-- ── an account from which money came back is paid again only after two people confirmed it, or another ────────────────
CREATE TABLE payee_account_doubts (
  payee_account_id uuid PRIMARY KEY REFERENCES payee_accounts,
  transfer_id      uuid NOT NULL REFERENCES transfers,
  code             text NOT NULL CHECK (code <> ''),
  reason           text NOT NULL,
  recorded_at      timestamptz NOT NULL DEFAULT now()
);

CREATE FUNCTION check_sound_accounts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF EXISTS (SELECT FROM added t JOIN disbursements d ON d.id = t.disbursement_id
               JOIN payee_account_doubts q ON q.payee_account_id = d.payee_account_id) THEN
    PERFORM refuse('transfers_to_sound_account', 'the bank refused this account: it is corrected, or confirmed anew, by two people first');
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER transfers_to_sound_account AFTER INSERT ON transfers REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION check_sound_accounts();

CREATE FUNCTION check_sound_signature() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF EXISTS (SELECT FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id
               JOIN payee_account_doubts q ON q.payee_account_id = d.payee_account_id
              WHERE t.batch_id = NEW.id AND t.state NOT IN ('cancelled', 'rejected')) THEN
    PERFORM refuse('transfers_to_sound_account', format('batch %s pays to an account the bank refused', NEW.batch_no));
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER batches_sound_accounts BEFORE UPDATE ON batches FOR EACH ROW WHEN (NEW.state = 'approved' AND OLD.state <> 'approved')
  EXECUTE FUNCTION check_sound_signature();

-- ── who sees and writes what ──────────────────────────────────────────────────────────────────────────────────────────
DO
$$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['rail_profiles', 'batch_execution_days', 'bank_file_parts', 'bank_file_lines', 'bank_file_deliveries',
    'payee_account_doubts'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', guarded);
    EXECUTE format('CREATE POLICY owner ON %I TO CURRENT_USER USING (true) WITH CHECK (true)', guarded);
    EXECUTE format('REVOKE ALL ON %I FROM PUBLIC, tranche_app', guarded);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO tranche_app', guarded);
  END LOOP;
  FOREACH guarded IN ARRAY ARRAY['batch_execution_days', 'bank_file_parts', 'bank_file_lines', 'bank_file_deliveries', 'payee_account_doubts'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
      guarded || '_insert_only', guarded);
  END LOOP;
END
$$;
CREATE POLICY finance ON rail_profiles TO tranche_app
  USING ((SELECT app_role()) IN ('system', 'maker', 'checker', 'cashier', 'supervisor', 'auditor'));
CREATE POLICY own_name ON rail_profiles AS RESTRICTIVE FOR INSERT TO tranche_app
  WITH CHECK ((SELECT app_role()) = 'system' OR ((SELECT app_role()) IN ('maker', 'supervisor') AND proposed_by::text = (SELECT app_user())));
CREATE POLICY own_decision ON rail_profiles AS RESTRICTIVE FOR UPDATE TO tranche_app USING (true)
  WITH CHECK ((SELECT app_role()) = 'system' OR ((SELECT app_role()) IN ('checker', 'supervisor') AND decided_by::text = (SELECT app_user())));
GRANT UPDATE (state, decided_by, decided_at) ON rail_profiles TO tranche_app;

CREATE POLICY of_own_batch ON batch_execution_days TO tranche_app
  USING ((SELECT app_reach()) = 'all' OR EXISTS (SELECT FROM batches b WHERE b.id = batch_id));
CREATE POLICY own_name ON batch_execution_days AS RESTRICTIVE FOR INSERT TO tranche_app WITH CHECK ((SELECT app_role()) = 'system'
  OR ((SELECT app_role()) IN ('maker', 'checker', 'cashier') AND person_id::text = (SELECT app_user())));
CREATE POLICY of_own_batch ON bank_file_parts TO tranche_app
  USING ((SELECT app_reach()) = 'all' OR EXISTS (SELECT FROM batches b WHERE b.id = batch_id));
CREATE POLICY house_writes ON bank_file_parts AS RESTRICTIVE FOR INSERT TO tranche_app WITH CHECK ((SELECT app_role()) = 'system');
CREATE POLICY of_own_file ON bank_file_lines TO tranche_app
  USING ((SELECT app_reach()) = 'all' OR EXISTS (SELECT FROM bank_file_parts p WHERE p.bank_file_id = bank_file_lines.bank_file_id));
CREATE POLICY house_writes ON bank_file_lines AS RESTRICTIVE FOR INSERT TO tranche_app WITH CHECK ((SELECT app_role()) = 'system');
CREATE POLICY of_own_file ON bank_file_deliveries TO tranche_app
  USING ((SELECT app_reach()) = 'all' OR EXISTS (SELECT FROM bank_file_parts p WHERE p.bank_file_id = bank_file_deliveries.bank_file_id));
CREATE POLICY own_name ON bank_file_deliveries AS RESTRICTIVE FOR INSERT TO tranche_app
  WITH CHECK ((SELECT app_role()) = 'cashier' AND person_id::text = (SELECT app_user()));

CREATE POLICY with_their_account ON payee_account_doubts TO tranche_app
  USING ((SELECT app_reach()) = 'all' OR EXISTS (SELECT FROM payee_accounts p WHERE p.id = payee_account_id));
CREATE POLICY house_writes ON payee_account_doubts AS RESTRICTIVE FOR INSERT TO tranche_app WITH CHECK ((SELECT app_role()) = 'system');
