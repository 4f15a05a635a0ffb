-- What people took of a capped group on these days, in whatever case but the one that asks. Whoever asks holds them until his transaction
-- ends, as with the months they drew: two cases that want the rest of a cap count each other. Two statements, for the same reason.
CREATE FUNCTION fen_taken(keys bytea[], grp text, own_case uuid, days daterange) RETURNS TABLE (person_key bytea, fen bigint)
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF app_scope() = 'none' THEN
    RETURN;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(grp || encode(asked.key, 'hex'), 0))
    FROM (SELECT DISTINCT k AS key FROM unnest(keys) k ORDER BY k) asked;
  RETURN QUERY
    SELECT x.person_key, sum(x.fen)::bigint
      FROM (SELECT DISTINCT k AS key FROM unnest(keys) k) asked
      JOIN exclusion_claims x ON x.person_key = asked.key AND x.exclusion_group = grp AND x.live AND x.cap_fen IS NOT NULL
     WHERE x.period = days AND x.case_id <> own_case
     GROUP BY x.person_key;
END
$$;
REVOKE EXECUTE ON FUNCTION fen_taken(bytea[], text, uuid, daterange) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fen_taken(bytea[], text, uuid, daterange) TO tranche_app;
