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
COMMENT ON COLUMN parameters.running IS 'keep: cases that run keep what they were promised; refresh: their next decision or claim reads tables by period and landmarks anew';

DROP POLICY bureau_approves ON parameters;
CREATE POLICY bureau_decides ON parameters FOR UPDATE TO tranche_app
  USING ((SELECT app_scope()) IN ('all', 'district') AND approved_by IS NULL AND rejected_by IS NULL)
  WITH CHECK ((SELECT app_role()) = 'system' OR coalesce(approved_by, rejected_by)::text = (SELECT app_user()));
GRANT UPDATE (rejected_by, decided_at, touched_sha256) ON parameters TO tranche_app;
