-- Everybody acts in the own name, an applicant only on what an applicant may write, an administrator on no case. The application
-- asks all of this before it writes; here it holds for whatever else reaches its connection.

-- ── own names: who is written as the actor of a row is the actor of the transaction ───────────────────────────────────
CREATE POLICY own_name ON case_events AS RESTRICTIVE FOR INSERT TO tranche_app
  WITH CHECK ((SELECT app_role()) = 'system' OR (actor = (SELECT app_user()) AND role = (SELECT app_role())));
CREATE POLICY own_name ON case_duties AS RESTRICTIVE FOR INSERT TO tranche_app
  WITH CHECK ((SELECT app_role()) = 'system' OR person_id::text = (SELECT app_user()));
CREATE POLICY own_name ON evidence AS RESTRICTIVE FOR INSERT TO tranche_app
  WITH CHECK ((SELECT app_role()) = 'system' OR uploaded_by = (SELECT app_user()));
CREATE POLICY own_name ON payee_accounts AS RESTRICTIVE FOR INSERT TO tranche_app
  WITH CHECK ((SELECT app_role()) = 'system' OR proposed_by::text = (SELECT app_user()));
CREATE POLICY own_name ON parameters AS RESTRICTIVE FOR INSERT TO tranche_app
  WITH CHECK ((SELECT app_role()) = 'system' OR proposed_by::text = (SELECT app_user()));
CREATE POLICY own_name ON appropriations AS RESTRICTIVE FOR INSERT TO tranche_app
  WITH CHECK ((SELECT app_role()) = 'system' OR proposed_by::text = (SELECT app_user()));
CREATE POLICY own_decision ON appropriations AS RESTRICTIVE FOR UPDATE TO tranche_app USING (true)
  WITH CHECK ((SELECT app_role()) = 'system' OR approved_by::text = (SELECT app_user()));
-- the maker of a batch may not sign it, so nobody may make one in another's name
CREATE POLICY own_name ON batches AS RESTRICTIVE FOR INSERT TO tranche_app
  WITH CHECK ((SELECT app_role()) = 'system' OR ((SELECT app_role()) = 'maker' AND maker_id::text = (SELECT app_user())));
CREATE POLICY own_name ON organisations AS RESTRICTIVE FOR INSERT TO tranche_app
  WITH CHECK ((SELECT app_role()) = 'system' OR (created_by = (SELECT app_user()) AND NOT approved_provider));

-- ── four eyes over providers and accounts ─────────────────────────────────────────────────────────────────────────────
-- who registered an institution does not admit it to the catalogue
CREATE POLICY another_admits ON organisations AS RESTRICTIVE FOR UPDATE TO tranche_app USING (true)
  WITH CHECK ((SELECT app_role()) = 'system' OR NOT approved_provider OR created_by <> (SELECT app_user()));
REVOKE UPDATE ON organisations FROM tranche_app;
GRANT UPDATE (name, status, approved_provider) ON organisations TO tranche_app;

-- the administrator makes accounts, which begin disabled, and shuts them; the security administrator grants them; nobody changes
-- whose they are or what they may do
CREATE POLICY administrator_prepares ON users AS RESTRICTIVE FOR INSERT TO tranche_app
  WITH CHECK ((SELECT app_role()) = 'system' OR ((SELECT app_role()) = 'admin' AND created_by = (SELECT app_user()) AND status = 'disabled'));
CREATE POLICY security_grants ON users AS RESTRICTIVE FOR UPDATE TO tranche_app USING (true)
  WITH CHECK ((SELECT app_role()) = 'system' OR status = 'disabled'
    OR ((SELECT app_role()) = 'security' AND created_by <> (SELECT app_user()) AND id::text <> (SELECT app_user())));
REVOKE UPDATE ON users FROM tranche_app;
GRANT UPDATE (password_hash, display_name, status, failed_logins, locked_until) ON users TO tranche_app;

-- ── applicants: institution, enterprise, citizen ──────────────────────────────────────────────────────────────────────
-- An obligation to pay is only ever made by the house itself; a line of a batch by a maker.
CREATE POLICY house_requests ON disbursements AS RESTRICTIVE FOR INSERT TO tranche_app WITH CHECK ((SELECT app_role()) = 'system');
CREATE POLICY maker_collects ON transfers AS RESTRICTIVE FOR INSERT TO tranche_app WITH CHECK ((SELECT app_role()) IN ('system', 'maker'));
-- An event of theirs may call a payment back, and nothing else.
CREATE POLICY applicants_call_back ON disbursements AS RESTRICTIVE FOR UPDATE TO tranche_app USING (true)
  WITH CHECK ((SELECT app_scope()) <> 'organisation' OR state = 'cancelled');
CREATE POLICY applicants_call_back ON transfers AS RESTRICTIVE FOR UPDATE TO tranche_app USING (true)
  WITH CHECK ((SELECT app_scope()) <> 'organisation' OR state = 'cancelled');

DO
$$
DECLARE
  written text;
BEGIN
  -- what the bureau, the cashier and the public decide or record about them is not theirs to write
  FOREACH written IN ARRAY ARRAY['notices', 'objections', 'holds', 'acceptance_results', 'recovery_receipts'] LOOP
    EXECUTE format($policy$
      CREATE POLICY not_by_applicants ON %I AS RESTRICTIVE FOR INSERT TO tranche_app WITH CHECK ((SELECT app_scope()) <> 'organisation')
    $policy$, written);
    EXECUTE format($policy$
      CREATE POLICY not_changed_by_applicants ON %I AS RESTRICTIVE FOR UPDATE TO tranche_app USING ((SELECT app_scope()) <> 'organisation')
    $policy$, written);
  END LOOP;
END
$$;
CREATE POLICY not_removed_by_applicants ON acceptance_results AS RESTRICTIVE FOR DELETE TO tranche_app
  USING ((SELECT app_scope()) <> 'organisation');

-- the bank's feed is read by the worker; whoever moved the cursor would lose returns
ALTER TABLE bank_feeds ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON bank_feeds TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY worker ON bank_feeds TO tranche_app USING ((SELECT app_role()) = 'system');

-- ── the three administrators: accounts and logs, no case, no money, no payee ──────────────────────────────────────────
-- The auditor reads everything; `admin` and `security` reach nobody's rows. app_scope() goes on to say which users they administer.
CREATE OR REPLACE FUNCTION app_reach() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$
  SELECT CASE
    WHEN pg_catalog.current_setting('app.role', true) = 'system' THEN 'all'
    WHEN pg_catalog.current_setting('app.role', true) IN ('institution', 'enterprise', 'citizen')
      THEN 'organisation:' || nullif(pg_catalog.current_setting('app.org', true), '')::uuid
    WHEN pg_catalog.current_setting('app.role', true) IN ('officer', 'reviewer', 'approver', 'inspector', 'maker', 'checker',
      'cashier', 'supervisor', 'auditor')
      THEN CASE WHEN coalesce(pg_catalog.current_setting('app.district', true), '') = '' THEN 'all'
        ELSE 'district:' || pg_catalog.current_setting('app.district', true) END
    ELSE 'none'
  END
$$;

DO
$$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['batches', 'batch_approvals', 'attempts', 'bank_files', 'appropriations'] LOOP
    EXECUTE format($policy$
      ALTER POLICY finance ON %I
        USING ((SELECT app_role()) IN ('system', 'maker', 'checker', 'cashier', 'supervisor', 'auditor', 'approver'))
        WITH CHECK ((SELECT app_role()) IN ('system', 'maker', 'checker', 'cashier', 'supervisor', 'approver'))
    $policy$, guarded);
  END LOOP;
  FOREACH guarded IN ARRAY ARRAY['postings', 'tasks'] LOOP
    EXECUTE format($policy$
      ALTER POLICY bureau_rows ON %I USING (
        organisation_id IS NULL AND CASE (SELECT app_reach()) WHEN 'all' THEN true WHEN 'district:' || coalesce(district, (SELECT app_district())) THEN true ELSE false END)
    $policy$, guarded);
  END LOOP;
END
$$;
ALTER POLICY own_district ON funds USING (
  CASE (SELECT app_reach()) WHEN 'all' THEN true WHEN 'district:' || district THEN true ELSE false END);
ALTER POLICY bureau_reads ON account_balances USING (
  (SELECT app_scope()) IN ('all', 'district') AND (SELECT app_reach()) <> 'none');
ALTER POLICY with_their_posting ON entries USING (
  (SELECT app_reach()) = 'all' OR EXISTS (SELECT FROM postings p WHERE p.id = posting_id));
ALTER POLICY with_their_case ON recovery_receipts USING (
  (SELECT app_reach()) = 'all' OR EXISTS (SELECT FROM cases c WHERE c.id = case_id));
CREATE POLICY not_for_administrators ON payee_accounts AS RESTRICTIVE TO tranche_app USING ((SELECT app_role()) NOT IN ('admin', 'security'));

-- ── a signature is for the accounts that stand approved when it is given ──────────────────────────────────────────────
CREATE FUNCTION check_signed_accounts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF EXISTS (SELECT FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id JOIN payee_accounts p ON p.id = d.payee_account_id
              WHERE t.batch_id = NEW.id AND t.state NOT IN ('cancelled', 'rejected') AND p.state <> 'approved') THEN
    PERFORM refuse('transfers_to_approved_account', format('batch %s pays to an account that is no longer the approved one', NEW.batch_no));
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER batches_signed_accounts BEFORE UPDATE ON batches FOR EACH ROW WHEN (NEW.state = 'approved' AND OLD.state <> 'approved')
  EXECUTE FUNCTION check_signed_accounts();
