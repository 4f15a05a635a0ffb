-- Who sees and writes which row. FORCE: the owner is bound too, and passes only by the policy written for it, which the
-- migrations and the SECURITY DEFINER controls need. The application's role has no such policy and no way round.

DO
$$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['organisations', 'users', 'sessions', 'payee_accounts', 'parameters', 'calendar_years', 'calendar_days',
    'calendar_revision', 'policy_versions', 'cases', 'case_facts', 'case_events', 'case_duties', 'commands', 'tasks', 'deadlines', 'notices',
    'objections', 'holds', 'classes', 'trainees', 'attendance', 'acceptance_results', 'exclusion_claims', 'evidence', 'funds',
    'appropriations', 'accounts', 'account_balances', 'postings', 'entries', 'batches', 'batch_approvals', 'disbursements', 'transfers',
    'attempts', 'bank_files', 'recoveries', 'recovery_receipts', 'outbox', 'notifications', 'sandbox_clock']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', guarded);
    EXECUTE format('CREATE POLICY owner ON %I TO CURRENT_USER USING (true) WITH CHECK (true)', guarded);
  END LOOP;

  -- rows that belong to an organisation and a district
  FOREACH guarded IN ARRAY ARRAY['cases', 'case_facts', 'case_events', 'case_duties', 'deadlines', 'notices', 'objections', 'holds', 'classes',
    'trainees', 'attendance', 'acceptance_results', 'exclusion_claims', 'evidence', 'disbursements', 'transfers', 'recoveries', 'tasks', 'postings']
  LOOP
    EXECUTE format($policy$
      CREATE POLICY members ON %I TO tranche_app USING (
        (SELECT app_scope()) = 'all'
        OR ((SELECT app_scope()) = 'district' AND district = (SELECT app_district()))
        OR ((SELECT app_scope()) = 'organisation' AND organisation_id = (SELECT app_org())))
    $policy$, guarded);
  END LOOP;

  -- what holds for everybody is read by everybody, and written by administration
  FOREACH guarded IN ARRAY ARRAY['calendar_years', 'calendar_days', 'calendar_revision', 'policy_versions']
  LOOP
    EXECUTE format('CREATE POLICY everybody_reads ON %I FOR SELECT TO tranche_app USING (true)', guarded);
    EXECUTE format('CREATE POLICY administration ON %I TO tranche_app USING ((SELECT app_role()) IN (''system'', ''admin'', ''supervisor''))', guarded);
  END LOOP;

  -- finance: never an institution, enterprise or citizen
  FOREACH guarded IN ARRAY ARRAY['batches', 'batch_approvals', 'attempts', 'bank_files', 'appropriations']
  LOOP
    EXECUTE format($policy$
      CREATE POLICY finance ON %I TO tranche_app
        USING ((SELECT app_role()) IN ('system', 'maker', 'checker', 'cashier', 'supervisor', 'auditor', 'approver', 'admin'))
        WITH CHECK ((SELECT app_role()) IN ('system', 'maker', 'checker', 'cashier', 'supervisor', 'approver', 'admin'))
    $policy$, guarded);
  END LOOP;
END
$$;

-- a parameter is proposed in the bureau and approved in the own name
CREATE POLICY everybody_reads ON parameters FOR SELECT TO tranche_app USING (true);
CREATE POLICY bureau_proposes ON parameters FOR INSERT TO tranche_app WITH CHECK ((SELECT app_scope()) IN ('all', 'district'));
CREATE POLICY bureau_approves ON parameters FOR UPDATE TO tranche_app
  USING ((SELECT app_scope()) IN ('all', 'district') AND approved_by IS NULL)
  WITH CHECK ((SELECT app_role()) = 'system' OR approved_by::text = (SELECT app_user()));

CREATE POLICY own_district ON funds TO tranche_app USING (
  (SELECT app_scope()) = 'all' OR ((SELECT app_scope()) = 'district' AND district = (SELECT app_district())));

-- the chart of accounts tells nothing of anybody, and every event that moves money needs its numbers
CREATE POLICY actors_read ON accounts FOR SELECT TO tranche_app USING ((SELECT app_scope()) <> 'none');
CREATE POLICY bureau_writes ON accounts FOR INSERT TO tranche_app WITH CHECK ((SELECT app_scope()) IN ('all', 'district'));
CREATE POLICY bureau_reads ON account_balances FOR SELECT TO tranche_app USING ((SELECT app_scope()) IN ('all', 'district'));
CREATE POLICY actors_write ON entries FOR INSERT TO tranche_app WITH CHECK ((SELECT app_scope()) <> 'none');
CREATE POLICY with_their_posting ON entries FOR SELECT TO tranche_app USING (
  (SELECT app_scope()) = 'all' OR EXISTS (SELECT FROM postings p WHERE p.id = posting_id));

CREATE POLICY members ON organisations TO tranche_app USING (
  (SELECT app_scope()) = 'all'
  OR ((SELECT app_scope()) = 'district' AND district = (SELECT app_district()))
  OR ((SELECT app_scope()) = 'organisation' AND id = (SELECT app_org())))
  WITH CHECK ((SELECT app_scope()) IN ('all', 'district'));

-- a payee account is proposed by its organisation, and decided by the bureau
CREATE POLICY members_read ON payee_accounts FOR SELECT TO tranche_app USING (
  (SELECT app_scope()) = 'all'
  OR ((SELECT app_scope()) = 'organisation' AND organisation_id = (SELECT app_org()))
  OR ((SELECT app_scope()) = 'district' AND EXISTS (SELECT FROM organisations o WHERE o.id = organisation_id)));
CREATE POLICY members_propose ON payee_accounts FOR INSERT TO tranche_app WITH CHECK (
  (SELECT app_scope()) = 'all'
  OR ((SELECT app_scope()) = 'organisation' AND organisation_id = (SELECT app_org()))
  OR ((SELECT app_scope()) = 'district' AND EXISTS (SELECT FROM organisations o WHERE o.id = organisation_id)));
CREATE POLICY bureau_decides ON payee_accounts FOR UPDATE TO tranche_app
  USING ((SELECT app_scope()) IN ('all', 'district'))
  -- who decides signs with the own name
  WITH CHECK ((SELECT app_role()) = 'system' OR decided_by::text = (SELECT app_user()) OR state = 'retired');

-- logging in is done as `system`; a person sees the own account, administration sees its district's
CREATE POLICY self_and_administration ON users TO tranche_app USING (
  (SELECT app_role()) = 'system'
  OR id::text = (SELECT app_user())
  OR ((SELECT app_role()) IN ('admin', 'security', 'supervisor', 'auditor')
    AND ((SELECT app_scope()) = 'all' OR district = (SELECT app_district()))))
  WITH CHECK ((SELECT app_role()) IN ('system', 'admin', 'security'));
CREATE POLICY self ON sessions TO tranche_app USING (
  (SELECT app_role()) = 'system' OR user_id::text = (SELECT app_user()))
  WITH CHECK ((SELECT app_role()) = 'system' OR revoked_at IS NOT NULL);

CREATE POLICY own_commands ON commands TO tranche_app USING (
  (SELECT app_role()) = 'system' OR ((SELECT app_scope()) <> 'none' AND actor = (SELECT app_user())));

-- who approves or rejects a batch signs with the own name (besides the finance policy above)
CREATE POLICY own_name ON batch_approvals AS RESTRICTIVE FOR INSERT TO tranche_app
  WITH CHECK ((SELECT app_role()) = 'system' OR person_id::text = (SELECT app_user()));

-- rows of no organisation are the bureau's: tasks of finance, postings of a whole batch or of an appropriation
CREATE POLICY bureau_rows ON tasks TO tranche_app USING (
  organisation_id IS NULL AND ((SELECT app_scope()) = 'all'
    OR ((SELECT app_scope()) = 'district' AND (district IS NULL OR district = (SELECT app_district())))));
CREATE POLICY bureau_rows ON postings TO tranche_app USING (
  organisation_id IS NULL AND ((SELECT app_scope()) = 'all'
    OR ((SELECT app_scope()) = 'district' AND (district IS NULL OR district = (SELECT app_district())))));

CREATE POLICY with_their_case ON recovery_receipts TO tranche_app USING (
  (SELECT app_scope()) = 'all'
  OR ((SELECT app_scope()) <> 'none' AND EXISTS (SELECT FROM cases c WHERE c.id = case_id)));

CREATE POLICY public_reads ON notices FOR SELECT TO tranche_app USING ((SELECT app_role()) = 'public' AND state <> 'withdrawn');

-- every event may leave work behind; only the worker reads it
CREATE POLICY actors_write ON outbox FOR INSERT TO tranche_app WITH CHECK ((SELECT app_scope()) <> 'none');
CREATE POLICY worker ON outbox TO tranche_app USING ((SELECT app_role()) = 'system');
CREATE POLICY operator_reads ON outbox FOR SELECT TO tranche_app USING ((SELECT app_role()) IN ('admin', 'supervisor', 'auditor'));

CREATE POLICY actors_write ON notifications FOR INSERT TO tranche_app WITH CHECK ((SELECT app_scope()) <> 'none');
CREATE POLICY readers ON notifications FOR SELECT TO tranche_app USING (
  (SELECT app_role()) = 'system' OR organisation_id = (SELECT app_org())
  OR (audience_role = (SELECT app_role()) AND (case_id IS NULL OR EXISTS (SELECT FROM cases c WHERE c.id = case_id))));
CREATE POLICY readers_mark ON notifications FOR UPDATE TO tranche_app USING (
  (SELECT app_role()) = 'system' OR organisation_id = (SELECT app_org()) OR audience_role = (SELECT app_role()));

CREATE POLICY everybody_reads ON sandbox_clock FOR SELECT TO tranche_app USING (true);
CREATE POLICY actors_move ON sandbox_clock FOR UPDATE TO tranche_app USING ((SELECT app_scope()) <> 'none');

-- ── grants: column by column where only some may change ───────────────────────────────────────────────────────────────
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, tranche_app;
REVOKE EXECUTE ON FUNCTION exclusion_conflicts(bytea[], text, daterange, uuid) FROM PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO tranche_app;
GRANT EXECUTE ON FUNCTION exclusion_conflicts(bytea[], text, daterange, uuid) TO tranche_app;

GRANT SELECT, INSERT ON case_events, case_facts, case_duties, commands, entries, batch_approvals, recovery_receipts, evidence, bank_files,
  policy_versions TO tranche_app;
GRANT SELECT ON postings, account_balances, sandbox_clock TO tranche_app;
GRANT INSERT (id, fund_id, book, event_type, event_id, business_date, case_id, batch_id, organisation_id, district, recorded_at)
  ON postings TO tranche_app;
GRANT SELECT, INSERT ON accounts, funds TO tranche_app;
GRANT SELECT, INSERT, UPDATE ON organisations, users, sessions, payee_accounts, cases, tasks, deadlines, classes, appropriations, transfers,
  batches, outbox, calendar_years, calendar_revision TO tranche_app;
-- what was demanded, shown, claimed or objected stays as written; only its course changes
GRANT SELECT, INSERT, UPDATE (state, batch_id, payee_account_id, settled_on, version) ON disbursements TO tranche_app;
GRANT SELECT, INSERT, UPDATE (state, closed_on) ON recoveries TO tranche_app;
GRANT SELECT, INSERT, UPDATE (state, ends_on, closed_on) ON notices TO tranche_app;
GRANT SELECT, INSERT, UPDATE (state, decision, decided_by, decided_on) ON objections TO tranche_app;
GRANT SELECT, INSERT, UPDATE (released_by, released_on) ON holds TO tranche_app;
GRANT SELECT, INSERT, UPDATE (live) ON exclusion_claims TO tranche_app;
-- read again from a corrected file before anything depends on them
GRANT SELECT, INSERT, UPDATE, DELETE ON trainees, attendance, acceptance_results, calendar_days TO tranche_app;
GRANT SELECT, INSERT, UPDATE (approved_by) ON parameters TO tranche_app;
GRANT SELECT, INSERT, UPDATE (sent_at, response, outcome, answered_at) ON attempts TO tranche_app;
GRANT SELECT, INSERT, UPDATE (read_at) ON notifications TO tranche_app;
GRANT UPDATE (offset_ms) ON sandbox_clock TO tranche_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO tranche_app;
