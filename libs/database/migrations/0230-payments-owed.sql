-- Payments that are owed and in no batch, a page from an index, however many other districts there are. Under row security the rows of a district
-- may not be told from the others by the index, and the planner takes them for so few that it sorts them all; so the page is found here, within
-- what the actor reaches, and row security judges its rows again (as for cases_sought, 0167).

CREATE INDEX deadlines_to_pay_in_district ON deadlines (district, (coalesce(last_day, DATE '9999-12-31')), case_id, key)
  WHERE key LIKE 'payment:%' AND status IN ('running', 'suspected');

-- Behind a last day, case and key: running clocks of payments that are asked for by nobody yet, or requested and in no batch, the most urgent first.
CREATE FUNCTION clocked_payments(after_day date, after_case uuid, after_key text, most int)
  RETURNS TABLE (deadline_id uuid, disbursement_id uuid) LANGUAGE plpgsql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp SET enable_hashjoin = off SET enable_mergejoin = off AS
$$
DECLARE
  reach text := app_reach();
BEGIN
  RETURN QUERY EXECUTE
    'SELECT l.id, d.id FROM deadlines l LEFT JOIN disbursements d ON d.case_id = l.case_id AND d.payment = substr(l.key, 9) AND d.state IN (''requested'', ''sent'')
     WHERE l.key LIKE ''payment:%'' AND l.status IN (''running'', ''suspected'') AND (d.id IS NULL OR d.batch_id IS NULL)
       AND (coalesce(l.last_day, DATE ''9999-12-31''), l.case_id, l.key) > ($1, $2, $3)'
    || CASE WHEN reach = 'all' THEN ' ' WHEN reach LIKE 'district:%' THEN ' AND l.district = $5 ' ELSE ' AND false ' END
    || 'ORDER BY coalesce(l.last_day, DATE ''9999-12-31''), l.case_id, l.key LIMIT $4'
    USING after_day, after_case, after_key, most, substr(reach, 10);
END
$$;

-- Behind a case and payment: requested, in no batch, and no clock runs for it.
CREATE FUNCTION unclocked_payments(after_case uuid, after_payment text, most int)
  RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
DECLARE
  reach text := app_reach();
  near text := CASE WHEN reach = 'all' THEN '' WHEN reach LIKE 'district:%' THEN ' AND %s.district = $4' ELSE ' AND false' END;
BEGIN
  RETURN QUERY EXECUTE
    'SELECT d.id FROM disbursements d WHERE d.state = ''requested'' AND d.batch_id IS NULL AND (d.case_id, d.payment) > ($1, $2)' || replace(near, '%s', 'd')
    || ' AND NOT EXISTS (SELECT FROM deadlines l WHERE l.case_id = d.case_id AND l.key = ''payment:'' || d.payment AND l.key LIKE ''payment:%''
         AND l.status IN (''running'', ''suspected'')' || replace(near, '%s', 'l') || ')
     ORDER BY d.case_id, d.payment LIMIT $3'
    USING after_case, after_payment, most, substr(reach, 10);
END
$$;

REVOKE EXECUTE ON FUNCTION clocked_payments(date, uuid, text, int), unclocked_payments(uuid, text, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION clocked_payments(date, uuid, text, int), unclocked_payments(uuid, text, int) TO tranche_app;
