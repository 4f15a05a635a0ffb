-- A verification computes again what stands beside a case: clocks, to-dos, notices, claims, lists. Its role sees what has to be compared
-- and nothing else: no sealed name or number, no file, no contact of an objector. Files are vouched for by a digest that the database makes.

DO
$$
DECLARE
  named text;
BEGIN
  FOREACH named IN ARRAY ARRAY['deadlines', 'tasks', 'notices', 'holds', 'classes', 'attendance', 'acceptance_results', 'exclusion_claims', 'exclusion_quotas',
    'calendar_years', 'calendar_days', 'calendar_revision', 'calendar_proposals', 'organisation_changes', 'suspense_items', 'matches',
    'objections', 'trainees', 'listed_people', 'commands'] LOOP
    EXECUTE format('DROP POLICY IF EXISTS auditor ON %I', named);
  END LOOP;
  FOREACH named IN ARRAY ARRAY['deadlines', 'tasks', 'notices', 'holds', 'classes', 'attendance', 'acceptance_results', 'exclusion_claims', 'exclusion_quotas',
    'calendar_years', 'calendar_days', 'calendar_revision', 'calendar_proposals', 'organisation_changes', 'suspense_items', 'matches'] LOOP
    EXECUTE format('CREATE POLICY auditor ON %I FOR SELECT TO tranche_auditor USING (true)', named);
    EXECUTE format('GRANT SELECT ON %I TO tranche_auditor', named);
  END LOOP;
  FOREACH named IN ARRAY ARRAY['objections', 'trainees', 'listed_people'] LOOP
    EXECUTE format('CREATE POLICY auditor ON %I FOR SELECT TO tranche_auditor USING (true)', named);
  END LOOP;
END
$$;
GRANT SELECT (id, case_id, notice_no, receipt_no, ground, raised_by, raised_on, state, decision, decided_by, decided_on, organisation_id, district)
  ON objections TO tranche_auditor;
-- people by their blind index, names and numbers as a public notice shows them
GRANT SELECT (id, case_id, organisation_id, district, row_no, name_masked, id_masked, person_key, occupation, level, result) ON trainees TO tranche_auditor;
GRANT SELECT (id, case_id, organisation_id, district, fact, period, row_no, column_name, person_key) ON listed_people TO tranche_auditor;
-- what was answered to a command of a case; administration's answers are not for this role
CREATE POLICY auditor ON commands FOR SELECT TO tranche_auditor USING (case_id IS NOT NULL);
GRANT SELECT (actor, key, case_id, seq, status, answer, recorded_at) ON commands TO tranche_auditor;

-- Every uploaded file by what it says of itself and whether its bytes give its hash.
CREATE FUNCTION audited_evidence()
  RETURNS TABLE (case_id uuid, kind text, file text, sealed boolean, uploaded_by text, organisation_id uuid, district text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$ SELECT e.case_id, e.kind, encode(e.sha256, 'hex'), sha256(e.content) = e.sha256, e.uploaded_by, e.organisation_id, e.district FROM evidence e $$;
REVOKE EXECUTE ON FUNCTION audited_evidence() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audited_evidence() TO tranche_auditor;

-- Every try to send a payment: are its bytes those that were hashed before they went out?
CREATE FUNCTION audited_attempts() RETURNS TABLE (transfer_id uuid, attempt_no integer, sealed boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$ SELECT a.transfer_id, a.attempt_no, sha256(a.request) = a.request_sha256 FROM attempts a $$;

-- Every payment file of a batch: its bytes, what was handed over of it, and its part with its lines.
CREATE FUNCTION audited_bank_files() RETURNS TABLE (id uuid, sealed boolean, delivered_so boolean, lines_agree boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
  SELECT coalesce(f.id, p.bank_file_id), coalesce(sha256(f.content) = f.sha256, false),
    NOT EXISTS (SELECT FROM bank_file_deliveries d WHERE d.bank_file_id = f.id AND d.sha256 <> f.sha256)
      AND ((SELECT count(DISTINCT d.kind) FROM bank_file_deliveries d WHERE d.bank_file_id = f.id) = 2
        OR NOT EXISTS (SELECT FROM bank_file_lines l JOIN transfers t ON t.id = l.transfer_id WHERE l.bank_file_id = f.id AND t.state IN ('submitted', 'accepted', 'settled', 'returned'))),
    coalesce(p.batch_id = f.batch_id AND (p.line_count, p.total_fen) = (s.lines, s.fen), false)
  FROM bank_files f FULL JOIN bank_file_parts p ON p.bank_file_id = f.id
  LEFT JOIN LATERAL (SELECT count(*) AS lines, sum(t.amount_fen) AS fen FROM bank_file_lines l JOIN transfers t ON t.id = l.transfer_id AND t.batch_id = p.batch_id WHERE l.bank_file_id = p.bank_file_id) s ON true
  UNION ALL
  SELECT o.bank_file_id, false, false, false FROM (SELECT l.bank_file_id FROM bank_file_lines l UNION SELECT d.bank_file_id FROM bank_file_deliveries d) o
   WHERE NOT EXISTS (SELECT FROM bank_file_parts p WHERE p.bank_file_id = o.bank_file_id)
$$;

REVOKE EXECUTE ON FUNCTION audited_attempts(), audited_bank_files() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audited_attempts(), audited_bank_files() TO tranche_auditor;

-- The state of a firm, without its name; a booking by its amount, without its other side.
CREATE POLICY auditor ON organisations FOR SELECT TO tranche_auditor USING (true);
GRANT SELECT (id, status) ON organisations TO tranche_auditor;
CREATE POLICY auditor ON statement_lines FOR SELECT TO tranche_auditor USING (true);
GRANT SELECT (id, file_id, direction, amount_fen, booked_on) ON statement_lines TO tranche_auditor;
