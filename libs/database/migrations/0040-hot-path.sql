-- The same controls at less cost, where every event meets them (docs/performance.md).

-- ── row security: one look at the actor per table instead of five ─────────────────────────────────────────────────────
-- What the actor reaches, in one word: all | district:<code> | organisation:<uuid> | none. Says what app_scope() says, with the place.
CREATE FUNCTION app_reach() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$
  SELECT CASE
    WHEN pg_catalog.current_setting('app.role', true) = 'system' THEN 'all'
    WHEN pg_catalog.current_setting('app.role', true) IN ('institution', 'enterprise', 'citizen')
      THEN 'organisation:' || nullif(pg_catalog.current_setting('app.org', true), '')::uuid
    WHEN pg_catalog.current_setting('app.role', true) IN ('officer', 'reviewer', 'approver', 'inspector', 'maker', 'checker',
      'cashier', 'supervisor', 'auditor', 'admin', 'security')
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
  FOREACH guarded IN ARRAY ARRAY['cases', 'case_facts', 'case_events', 'case_duties', 'deadlines', 'notices', 'objections', 'holds', 'classes',
    'trainees', 'attendance', 'acceptance_results', 'exclusion_claims', 'evidence', 'disbursements', 'transfers', 'recoveries', 'tasks', 'postings']
  LOOP
    EXECUTE format($policy$
      ALTER POLICY members ON %I USING (
        CASE (SELECT app_reach()) WHEN 'all' THEN true WHEN 'district:' || district THEN true WHEN 'organisation:' || organisation_id THEN true ELSE false END)
    $policy$, guarded);
  END LOOP;
END
$$;

-- ── cases: the same rules, asked when a statement can break them ──────────────────────────────────────────────────────
-- The condition of a trigger is read from its text by every statement it may fire in: one that names its columns costs nothing
-- where they are not written.
CREATE FUNCTION refuse_case_identity() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  PERFORM refuse('cases_identity', format('case %s: its number, organisation, district, policy and opening are fixed', OLD.case_no));
  RETURN NULL;
END
$$;
DROP TRIGGER cases_guard ON cases;
DROP FUNCTION refuse_case_update();
CREATE TRIGGER cases_identity BEFORE UPDATE OF id, case_no, policy_id, organisation_id, district, opened_on, opened_by ON cases FOR EACH ROW
  WHEN ((NEW.id, NEW.case_no, NEW.policy_id, NEW.organisation_id, NEW.district, NEW.opened_on, NEW.opened_by)
    IS DISTINCT FROM (OLD.id, OLD.case_no, OLD.policy_id, OLD.organisation_id, OLD.district, OLD.opened_on, OLD.opened_by))
  EXECUTE FUNCTION refuse_case_identity();

DROP TRIGGER cases_machine ON cases;
CREATE CONSTRAINT TRIGGER cases_machine AFTER UPDATE OF policy_version, jurisdiction, machine_hash, terms ON cases
  DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW
  WHEN ((NEW.policy_version, NEW.jurisdiction, NEW.machine_hash, NEW.terms) IS DISTINCT FROM (OLD.policy_version, OLD.jurisdiction, OLD.machine_hash, OLD.terms))
  EXECUTE FUNCTION check_case_machine();

-- Only forward, and never without its events: all cases of a statement at once, at its end, so that the events it wrote are found.
-- No nested loop over the two tables: their plan is made once, when a statement moved one case, and kept for those that move a thousand.
CREATE FUNCTION check_moved_cases() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  SET enable_nestloop = off AS
$$
DECLARE
  odd record;
BEGIN
  SELECT n.case_no, n.version, o.version AS before, n.version > o.version AND n.last_at >= o.last_at AS forward INTO odd
    FROM moved n JOIN stood o ON o.id = n.id CROSS JOIN LATERAL (
      SELECT count(*) AS written, max(v.hash) FILTER (WHERE v.seq = n.version) AS head
        FROM case_events v WHERE v.case_id = n.id AND v.seq > o.version AND v.seq <= n.version) e
   WHERE n.version <= o.version OR n.last_at < o.last_at OR e.written <> n.version - o.version OR e.head IS DISTINCT FROM n.head_hash
   LIMIT 1;
  IF NOT FOUND THEN
    RETURN NULL;
  ELSIF NOT odd.forward THEN
    PERFORM refuse('cases_version_grows', format('case %s: version %s cannot follow %s', odd.case_no, odd.version, odd.before));
  END IF;
  PERFORM refuse('cases_head_is_last_event', format('case %s: version %s and its hash are not those of its last event', odd.case_no, odd.version));
  RETURN NULL;
END
$$;
DROP TRIGGER cases_head ON cases;
DROP FUNCTION check_case_head();
CREATE TRIGGER cases_moved AFTER UPDATE ON cases REFERENCING OLD TABLE AS stood NEW TABLE AS moved
  FOR EACH STATEMENT EXECUTE FUNCTION check_moved_cases();
