-- While a payee owes money that is overdue, it is advanced nothing new, in any of its cases. An office may decide otherwise
-- (recovery.stops-advances): then null. Told is only the number of the case that is overdue.
CREATE FUNCTION advance_stopped_by(payee uuid, place text, day date) RETURNS text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
  SELECT overdue_recovery_of(payee) WHERE coalesce((house_parameter('recovery.stops-advances', place, day))::boolean, true)
$$;
REVOKE EXECUTE ON FUNCTION advance_stopped_by(uuid, text, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION advance_stopped_by(uuid, text, date) TO tranche_app;

-- The letter that demands repayment is kept with the case, like every file.
ALTER TABLE evidence DROP CONSTRAINT evidence_kind_check;
ALTER TABLE evidence ADD CONSTRAINT evidence_kind_check CHECK (kind IN ('roster', 'attendance', 'results', 'list', 'letter', 'other'));
