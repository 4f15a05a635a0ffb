-- 追回 from the letter to the last fen: due, demanded, in instalments, overdue, escalated, closed.

ALTER TABLE recoveries DROP CONSTRAINT recoveries_state_check;
UPDATE recoveries SET state = 'due' WHERE state = 'open';
ALTER TABLE recoveries
  ADD COLUMN demanded_on date,
  -- [{dueOn, amountFen}], as two people agreed
  ADD COLUMN instalments jsonb,
  ADD CONSTRAINT recoveries_state_check CHECK (state IN ('due', 'demanded', 'instalments', 'overdue', 'escalated', 'closed')),
  ADD CONSTRAINT recoveries_demanded CHECK (state IN ('due', 'escalated', 'closed') OR demanded_on IS NOT NULL),
  ADD CONSTRAINT recoveries_agreed CHECK (state <> 'instalments' OR instalments IS NOT NULL);
-- who owes overdue money, asked before every advance
CREATE INDEX recoveries_overdue ON recoveries (organisation_id) WHERE state IN ('overdue', 'escalated');
GRANT UPDATE (demanded_on, instalments) ON recoveries TO tranche_app;

-- Instalments are agreed by two people, like every change of what was decided.
DROP TRIGGER case_events_four_eyes ON case_events;
CREATE TRIGGER case_events_four_eyes BEFORE INSERT ON case_events FOR EACH ROW
  WHEN (NEW.type IN ('decision.rescinded', 'fact.corrected', 'notice.withdrawn', 'recovery.writtenOff', 'recovery.instalmentsAgreed'))
  EXECUTE FUNCTION check_correction();
DROP INDEX case_events_proposal_decided_once;
CREATE UNIQUE INDEX case_events_proposal_decided_once ON case_events (case_id, (data ->> 'proposal'))
  WHERE type IN ('decision.rescinded', 'fact.corrected', 'notice.withdrawn', 'recovery.writtenOff', 'recovery.instalmentsAgreed', 'correction.dismissed');

-- Whether a payee owes money that is overdue, in any of its cases, whoever asks: only the number of the case is told.
CREATE FUNCTION overdue_recovery_of(payee uuid) RETURNS text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
  SELECT c.case_no FROM recoveries r JOIN cases c ON c.id = r.case_id
   WHERE r.organisation_id = payee AND r.state IN ('overdue', 'escalated') AND app_scope() <> 'none'
   ORDER BY r.opened_on LIMIT 1
$$;
REVOKE EXECUTE ON FUNCTION overdue_recovery_of(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION overdue_recovery_of(uuid) TO tranche_app;
