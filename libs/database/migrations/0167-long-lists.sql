-- Lists of a hundred thousand rows, each page from an index (docs/performance.md).

-- one case is looked up for each row; EXISTS would be answered by a hash of all cases
ALTER POLICY readers ON notifications USING (
  (SELECT app_role()) = 'system' OR organisation_id = (SELECT app_org())
  OR (audience_role = (SELECT app_role()) AND (case_id IS NULL OR (SELECT true FROM cases c WHERE c.id = notifications.case_id))));
DROP INDEX notifications_by_organisation;
CREATE INDEX notifications_by_organisation ON notifications (organisation_id, recorded_at, id);

-- payments that are owed, the most urgent first
CREATE INDEX deadlines_to_pay ON deadlines ((coalesce(last_day, DATE '9999-12-31')), case_id, key)
  WHERE key LIKE 'payment:%' AND status IN ('running', 'suspected');
-- legal limits that were broken or may be, the newest first
CREATE INDEX deadlines_broken ON deadlines (id) WHERE kind = 'statutory' AND status IN ('suspected', 'confirmed');
-- the few that are not on their way
CREATE INDEX cases_not_active ON cases (standing, id) WHERE standing <> 'active';

-- A case is sought by how its number begins or ends, and by its organisation's name. Under row security such patterns may not use an index
-- (they could tell what one may not see); so the newest that match are found here, within what the actor reaches, and row security judges them again.
CREATE INDEX cases_number_begins ON cases (case_no text_pattern_ops);
CREATE INDEX cases_number_ends ON cases (reverse(case_no) text_pattern_ops);
CREATE FUNCTION cases_sought(words text) RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
DECLARE
  beginning text := regexp_replace(upper(words), '([\\%_])', '\\\1', 'g') || '%';
  ending text := regexp_replace(reverse(upper(words)), '([\\%_])', '\\\1', 'g') || '%';
  reach text := app_reach();
  firms uuid[] := ARRAY(SELECT o.id FROM organisations o WHERE strpos(upper(o.name), upper(words)) > 0 LIMIT 1000);
BEGIN
  RETURN QUERY EXECUTE
    'SELECT c.id FROM cases c WHERE (c.case_no LIKE $1 OR reverse(c.case_no) LIKE $2 OR c.organisation_id = ANY ($3)) AND CASE $4 WHEN ''all'' THEN true
       WHEN ''district:'' || c.district THEN true WHEN ''organisation:'' || c.organisation_id THEN true ELSE false END ORDER BY c.id DESC LIMIT 5000'
    USING beginning, ending, firms, reach;
END
$$;
REVOKE EXECUTE ON FUNCTION cases_sought(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_sought(text) TO tranche_app;
