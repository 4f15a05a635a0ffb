-- Which of these firms (or other payees) another case counts already, in a group and span of days, with the number of that case: asked for a
-- page of a run at once. Key by key through the index of the constraint, however full the table was when the plan was made. Claims
-- under a cap exclude nobody by themselves.
CREATE FUNCTION exclusion_holders(keys bytea[], grp text, wanted daterange) RETURNS TABLE (person_key bytea, case_no text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_material = off AS
$$
  SELECT x.person_key, c.case_no
    FROM unnest(keys) AS asked(key)
    JOIN exclusion_claims x ON x.person_key = asked.key AND x.exclusion_group = grp AND x.period && wanted AND x.live AND x.cap_fen IS NULL
    JOIN cases c ON c.id = x.case_id
   WHERE app_scope() <> 'none'
$$;
REVOKE EXECUTE ON FUNCTION exclusion_holders(bytea[], text, daterange) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION exclusion_holders(bytea[], text, daterange) TO tranche_app;
