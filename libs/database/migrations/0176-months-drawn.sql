-- Months a person or firm drew, counted from our own books: a counted claim excludes nobody by itself. Whoever claims another month asks
-- how many there are, and holds the person until his transaction ends, so that two claims at once count each other.

ALTER TABLE exclusion_claims
  ADD COLUMN counted boolean NOT NULL DEFAULT false,
  ADD CONSTRAINT exclusion_claims_counted CHECK (NOT (counted AND cap_fen IS NOT NULL)),
  DROP CONSTRAINT exclusion_claims_no_overlap;
ALTER TABLE exclusion_claims ADD CONSTRAINT exclusion_claims_no_overlap
  EXCLUDE USING gist (person_key WITH =, exclusion_group WITH =, period WITH &&,
    (CASE WHEN permitted THEN policy_range(policy_id, policy_id, '[]') ELSE policy_range(NULL, NULL) END) WITH &&,
    (CASE WHEN others_only THEN md5(policy_id)::uuid ELSE id END) WITH <>)
  WHERE (live AND cap_fen IS NULL AND NOT counted);
COMMENT ON COLUMN exclusion_claims.counted IS 'the months of the period are counted for the person in the group; others may hold the same';

-- Calendar months in which these people drew in a group, whatever case, institution or policy granted them; `own` are the days of the
-- spell that is claimed, which are not counted. Two statements: the second sees what whoever held the lock before has committed.
CREATE FUNCTION months_drawn(keys bytea[], grp text, own daterange) RETURNS TABLE (person_key bytea, months integer)
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF app_scope() = 'none' THEN
    RETURN;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(grp || encode(asked.key, 'hex'), 0))
    FROM (SELECT DISTINCT k AS key FROM unnest(keys) k ORDER BY k) asked;
  RETURN QUERY
    SELECT x.person_key, count(DISTINCT m)::integer
      FROM unnest(keys) AS asked(key)
      JOIN exclusion_claims x ON x.person_key = asked.key AND x.exclusion_group = grp AND x.live AND x.counted
     CROSS JOIN LATERAL generate_series(date_trunc('month', lower(x.period)::timestamp), upper(x.period) - 1, interval '1 month') m
     WHERE NOT own @> m::date
     GROUP BY x.person_key;
END
$$;
REVOKE EXECUTE ON FUNCTION months_drawn(bytea[], text, daterange) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION months_drawn(bytea[], text, daterange) TO tranche_app;
