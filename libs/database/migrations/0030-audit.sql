-- Proof for somebody who does not trust us: a role that reads and never writes, signed checkpoints of all cases, the results of
-- verifications, and the migration of running cases under four eyes.

DO
$$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'tranche_auditor') THEN
    RAISE EXCEPTION 'The role tranche_auditor is missing; nothing was changed. As an administrator of the server run: CREATE ROLE tranche_auditor LOGIN PASSWORD ''…'' 缺少角色 tranche_auditor，未作任何更改；请由数据库管理员执行上述语句后重试。';
  END IF;
END
$$;

-- ── checkpoints: what all cases were at one moment, signed ────────────────────────────────────────────────────────────
CREATE TABLE checkpoints (
  no            integer PRIMARY KEY CHECK (no > 0),
  taken_at      timestamptz NOT NULL,
  legal_day     date NOT NULL,
  case_count    bigint NOT NULL CHECK (case_count >= 0),
  root          bytea NOT NULL CHECK (octet_length(root) = 32),
  previous_hash bytea NOT NULL UNIQUE CHECK (octet_length(previous_hash) = 32),
  hash          bytea NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
  key_id        text NOT NULL,
  signature     bytea NOT NULL CHECK (octet_length(signature) = 64)
);
COMMENT ON TABLE checkpoints IS 'hash = SHA-256 of the RFC 8785 form of the statement; the exported file holds the same statement and its leaves';

-- ── results of verifications: written by the auditor's role through one function, by nobody else ──────────────────────
CREATE TABLE audit_runs (
  id             uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  started_at     timestamptz NOT NULL,
  finished_at    timestamptz NOT NULL,
  ok             boolean NOT NULL,
  findings_total integer NOT NULL CHECK (findings_total >= 0),
  summary        jsonb NOT NULL,
  recorded_by    text NOT NULL,
  recorded_at    timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT audit_runs_ok CHECK (ok = (findings_total = 0)),
  CONSTRAINT audit_runs_in_order CHECK (finished_at >= started_at)
);
CREATE INDEX audit_runs_latest ON audit_runs (recorded_at DESC);

-- A green result must not be for the application to forge, so the application cannot write one; and a role that verifies needs no
-- right on any table, so it gets none: this function, which can only add a row that names its caller, is its one way.
CREATE FUNCTION record_audit_run(started timestamptz, finished timestamptz, findings integer, result jsonb) RETURNS uuid
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
  INSERT INTO audit_runs (started_at, finished_at, ok, findings_total, summary, recorded_by)
  VALUES (started, finished, findings = 0, findings, result, session_user) RETURNING id
$$;

-- ── migration of running cases ────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE machine_migrations (
  id            uuid PRIMARY KEY,
  policy_id     text NOT NULL,
  jurisdiction  text NOT NULL,
  to_version    text NOT NULL,
  machine_hash  text NOT NULL,
  restamp       boolean NOT NULL,
  report_sha256 bytea NOT NULL CHECK (octet_length(report_sha256) = 32),
  case_count    integer NOT NULL CHECK (case_count > 0),
  state         text NOT NULL CHECK (state IN ('proposed', 'confirmed', 'rejected')),
  proposed_by   uuid NOT NULL REFERENCES users,
  decided_by    uuid REFERENCES users,
  decided_at    timestamptz,
  recorded_at   timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT machine_migrations_four_eyes CHECK (decided_by <> proposed_by),
  CONSTRAINT machine_migrations_decided CHECK ((state = 'proposed') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL))
);

CREATE FUNCTION check_machine_migration() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF tg_op = 'INSERT' THEN
    IF NEW.state <> 'proposed' THEN
      PERFORM refuse('machine_migrations_four_eyes', 'a migration begins as proposed');
    END IF;
  ELSIF OLD.state <> 'proposed'
    OR (NEW.id, NEW.policy_id, NEW.jurisdiction, NEW.to_version, NEW.machine_hash, NEW.restamp, NEW.report_sha256, NEW.case_count, NEW.proposed_by)
      IS DISTINCT FROM
       (OLD.id, OLD.policy_id, OLD.jurisdiction, OLD.to_version, OLD.machine_hash, OLD.restamp, OLD.report_sha256, OLD.case_count, OLD.proposed_by) THEN
    PERFORM refuse('machine_migrations_immutable', 'a migration is decided once and never edited');
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER machine_migrations_guard BEFORE INSERT OR UPDATE ON machine_migrations FOR EACH ROW EXECUTE FUNCTION check_machine_migration();

-- The event that moves a case to another machine names a migration that another person confirmed, word for word.
CREATE FUNCTION check_migrated_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
DECLARE
  agreed machine_migrations;
BEGIN
  SELECT * INTO agreed FROM machine_migrations m WHERE m.id::text = NEW.data ->> 'migration';
  IF NOT FOUND OR agreed.state <> 'confirmed' THEN
    PERFORM refuse('case_events_four_eyes', 'case.migrated needs data.migration, a confirmed migration');
  ELSIF agreed.decided_by::text <> NEW.actor THEN
    PERFORM refuse('case_events_four_eyes', 'case.migrated is told by the person who confirmed the migration');
  ELSIF encode(agreed.report_sha256, 'hex') IS DISTINCT FROM NEW.data ->> 'reportSha256'
    OR agreed.machine_hash IS DISTINCT FROM NEW.data #>> '{to,machineHash}' OR agreed.to_version IS DISTINCT FROM NEW.data #>> '{to,policyVersion}' THEN
    PERFORM refuse('case_events_four_eyes', 'case.migrated differs from the migration that was confirmed');
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER case_events_migrated BEFORE INSERT ON case_events FOR EACH ROW WHEN (NEW.type = 'case.migrated')
  EXECUTE FUNCTION check_migrated_event();

-- Policy version, machine and terms of a case change only with that event as its head.
CREATE FUNCTION check_case_machine() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF NOT EXISTS (SELECT FROM case_events e WHERE e.case_id = NEW.id AND e.seq = NEW.version AND e.type = 'case.migrated'
      AND e.data #>> '{to,policyVersion}' = NEW.policy_version AND e.data #>> '{to,machineHash}' = NEW.machine_hash
      AND NEW.jurisdiction = OLD.jurisdiction AND NEW.version = OLD.version + 1) THEN
    PERFORM refuse('cases_machine_pinned', format('case %s: its policy version, machine and terms change only by case.migrated', NEW.case_no));
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER cases_machine AFTER UPDATE ON cases DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW
  WHEN ((NEW.policy_version, NEW.jurisdiction, NEW.machine_hash, NEW.terms) IS DISTINCT FROM (OLD.policy_version, OLD.jurisdiction, OLD.machine_hash, OLD.terms))
  EXECUTE FUNCTION check_case_machine();

-- ── rows and rights ───────────────────────────────────────────────────────────────────────────────────────────────────
DO
$$
DECLARE
  named text;
BEGIN
  FOREACH named IN ARRAY ARRAY['checkpoints', 'audit_runs', 'machine_migrations'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', named);
    EXECUTE format('CREATE POLICY owner ON %I TO CURRENT_USER USING (true) WITH CHECK (true)', named);
    EXECUTE format('REVOKE ALL ON %I FROM PUBLIC, tranche_app', named);
  END LOOP;
  FOREACH named IN ARRAY ARRAY['checkpoints', 'audit_runs'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
      named || '_insert_only', named);
  END LOOP;

  -- What a verification compares, and nothing of persons: no trainee, no password, no session, no uploaded file. The payee's account
  -- is part of what two people signed, so the lines of a batch show it.
  FOREACH named IN ARRAY ARRAY['cases', 'case_facts', 'case_events', 'case_duties', 'deadlines', 'funds', 'appropriations', 'accounts',
    'account_balances', 'postings', 'entries', 'batches', 'batch_approvals', 'disbursements', 'recoveries', 'recovery_receipts',
    'policy_versions', 'machine_migrations', 'checkpoints', 'audit_runs', 'sandbox_clock'] LOOP
    EXECUTE format('CREATE POLICY auditor ON %I FOR SELECT TO tranche_auditor USING (true)', named);
    EXECUTE format('GRANT SELECT ON %I TO tranche_auditor', named);
  END LOOP;
  CREATE POLICY auditor ON transfers FOR SELECT TO tranche_auditor USING (true);
  GRANT SELECT (id, disbursement_id, batch_id, line_no, state, end_to_end_id, amount_fen, holder_name, account_no, bank_no, remittance, settled_on,
    organisation_id, district) ON transfers TO tranche_auditor;

  EXECUTE format('GRANT CONNECT ON DATABASE %I TO tranche_auditor', current_database());
END
$$;
GRANT USAGE ON SCHEMA public TO tranche_auditor;
REVOKE EXECUTE ON FUNCTION record_audit_run(timestamptz, timestamptz, integer, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION record_audit_run(timestamptz, timestamptz, integer, jsonb) TO tranche_auditor;

CREATE POLICY overseers_read ON checkpoints FOR SELECT TO tranche_app USING ((SELECT app_role()) IN ('system', 'supervisor', 'auditor'));
CREATE POLICY worker_writes ON checkpoints FOR INSERT TO tranche_app WITH CHECK ((SELECT app_role()) = 'system');
GRANT SELECT, INSERT ON checkpoints TO tranche_app;

CREATE POLICY overseers_read ON audit_runs FOR SELECT TO tranche_app USING ((SELECT app_role()) IN ('system', 'supervisor', 'auditor'));
GRANT SELECT ON audit_runs TO tranche_app;

CREATE POLICY bureau_reads ON machine_migrations FOR SELECT TO tranche_app
  USING ((SELECT app_role()) IN ('system', 'supervisor', 'approver', 'auditor'));
CREATE POLICY supervisor_proposes ON machine_migrations FOR INSERT TO tranche_app
  WITH CHECK ((SELECT app_role()) = 'supervisor' AND proposed_by::text = (SELECT app_user()));
CREATE POLICY approver_decides ON machine_migrations FOR UPDATE TO tranche_app
  USING ((SELECT app_role()) = 'approver') WITH CHECK ((SELECT app_role()) = 'approver' AND decided_by::text = (SELECT app_user()));
GRANT SELECT, INSERT, UPDATE (state, decided_by, decided_at) ON machine_migrations TO tranche_app;
