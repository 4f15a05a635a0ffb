-- Parameters: a shared table is changed once for every policy that takes it; what was proposed is approved or rejected, once; running
-- cases follow a change only where it says so.

ALTER TABLE parameters
  ADD COLUMN shared text,
  ADD COLUMN running text NOT NULL DEFAULT 'keep' CHECK (running IN ('keep', 'refresh')),
  ADD COLUMN rejected_by uuid REFERENCES users,
  ADD COLUMN decided_at timestamptz,
  -- SHA-256 over the running cases that the person who approved was shown
  ADD COLUMN touched_sha256 bytea CHECK (octet_length(touched_sha256) = 32),
  ADD CONSTRAINT parameters_shared CHECK ((policy_id = '*') = (shared IS NOT NULL)),
  ADD CONSTRAINT parameters_decided_once CHECK (approved_by IS NULL OR rejected_by IS NULL),
  ADD CONSTRAINT parameters_shown CHECK (approved_by IS NULL OR running = 'keep' OR touched_sha256 IS NOT NULL);
COMMENT ON COLUMN parameters.policy_id IS 'a policy, or * where shared names a table that several policies take';
COMMENT ON COLUMN parameters.running IS 'keep: cases that run keep what they were promised; refresh: what they read by period, and landmarks, are read anew';

DROP POLICY bureau_approves ON parameters;
CREATE POLICY bureau_decides ON parameters FOR UPDATE TO tranche_app
  USING ((SELECT app_scope()) IN ('all', 'district') AND approved_by IS NULL AND rejected_by IS NULL)
  WITH CHECK ((SELECT app_role()) = 'system' OR coalesce(approved_by, rejected_by)::text = (SELECT app_user()));
GRANT UPDATE (rejected_by, decided_at, touched_sha256) ON parameters TO tranche_app;

-- A change that running cases follow moves them by a migration of its own: to the version and machine they have, with terms read anew.
ALTER TABLE machine_migrations
  ADD COLUMN parameter_id uuid REFERENCES parameters,
  DROP CONSTRAINT machine_migrations_case_count_check,
  ADD CONSTRAINT machine_migrations_case_count_check CHECK (case_count > 0 OR (parameter_id IS NOT NULL AND case_count = 0)),
  ADD CONSTRAINT machine_migrations_refresh CHECK (parameter_id IS NULL OR NOT restamp);
CREATE INDEX machine_migrations_by_parameter ON machine_migrations (parameter_id) WHERE parameter_id IS NOT NULL;

CREATE OR REPLACE FUNCTION check_machine_migration() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF tg_op = 'INSERT' THEN
    IF NEW.state <> 'proposed' THEN
      PERFORM refuse('machine_migrations_four_eyes', 'a migration begins as proposed');
    END IF;
  ELSIF OLD.state <> 'proposed'
    OR (NEW.id, NEW.policy_id, NEW.jurisdiction, NEW.to_version, NEW.machine_hash, NEW.restamp, NEW.report_sha256, NEW.case_count, NEW.proposed_by,
        NEW.parameter_id)
      IS DISTINCT FROM
       (OLD.id, OLD.policy_id, OLD.jurisdiction, OLD.to_version, OLD.machine_hash, OLD.restamp, OLD.report_sha256, OLD.case_count, OLD.proposed_by,
        OLD.parameter_id) THEN
    PERFORM refuse('machine_migrations_immutable', 'a migration is decided once and never edited');
  END IF;
  RETURN NEW;
END
$$;
