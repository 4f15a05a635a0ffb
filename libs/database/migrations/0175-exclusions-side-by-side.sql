-- Which claims of a group stand side by side: several cases of one policy, where only other policies are excluded (`others_only`); and
-- cases of different policies that were both promised that the combination is permitted where they are (`permitted`). Every other
-- pair with the same key on common days is a conflict. What was claimed while a combination was excluded stays exclusive.

CREATE TYPE policy_range AS RANGE (subtype = text, collation = "C");

ALTER TABLE exclusion_claims
  ADD COLUMN policy_id text,
  ADD COLUMN others_only boolean NOT NULL DEFAULT false,
  ADD COLUMN permitted boolean NOT NULL DEFAULT false,
  ADD CONSTRAINT exclusion_claims_side_by_side CHECK ((others_only OR permitted) = (policy_id IS NOT NULL)),
  DROP CONSTRAINT exclusion_claims_no_overlap;
COMMENT ON COLUMN exclusion_claims.policy_id IS 'the policy of its case, named only where the claim may stand beside another';

-- Claims that exclude other policies only share a lane; every other claim has its own. A permitted combination shuts out its own policy
-- alone, everything else shuts out all. A conflict: other lanes, and what they shut out overlaps.
ALTER TABLE exclusion_claims ADD CONSTRAINT exclusion_claims_no_overlap
  EXCLUDE USING gist (person_key WITH =, exclusion_group WITH =, period WITH &&,
    (CASE WHEN permitted THEN policy_range(policy_id, policy_id, '[]') ELSE policy_range(NULL, NULL) END) WITH &&,
    (CASE WHEN others_only THEN md5(policy_id)::uuid ELSE id END) WITH <>)
  WHERE (live AND cap_fen IS NULL);
GRANT UPDATE (policy_id, others_only, permitted) ON exclusion_claims TO tranche_app;

CREATE FUNCTION check_claim_policy() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF NEW.policy_id IS DISTINCT FROM (SELECT policy_id FROM cases WHERE id = NEW.case_id) THEN
    PERFORM refuse('exclusion_claims_policy', 'a claim stands beside others only as one of its own case''s policy');
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER exclusion_claims_policy BEFORE INSERT OR UPDATE OF policy_id, case_id ON exclusion_claims FOR EACH ROW
  WHEN (NEW.policy_id IS NOT NULL) EXECUTE FUNCTION check_claim_policy();

-- The same question for those who ask before they claim.
CREATE FUNCTION stand_side_by_side(a_policy text, a_others_only boolean, a_permitted boolean, b_policy text, b_others_only boolean, b_permitted boolean)
  RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT coalesce(CASE WHEN a_policy = b_policy THEN a_others_only AND b_others_only ELSE a_permitted AND b_permitted END, false) $$;

DROP FUNCTION exclusion_conflicts(bytea[], text, daterange, uuid);
CREATE FUNCTION exclusion_conflicts(person_keys bytea[], grp text, wanted daterange, own_case uuid, own_policy text, permitted boolean)
  RETURNS TABLE (person_key bytea, case_no text, period daterange)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
  SELECT x.person_key, c.case_no, x.period
    FROM exclusion_claims x JOIN cases c ON c.id = x.case_id
   WHERE x.live AND x.cap_fen IS NULL AND x.person_key = ANY (person_keys) AND x.exclusion_group = grp AND x.period && wanted
     AND NOT stand_side_by_side(x.policy_id, x.others_only, x.permitted, own_policy, false, exclusion_conflicts.permitted)
     AND x.case_id IS DISTINCT FROM own_case AND app_scope() <> 'none'
   ORDER BY x.person_key, x.period
$$;
REVOKE EXECUTE ON FUNCTION exclusion_conflicts(bytea[], text, daterange, uuid, text, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION exclusion_conflicts(bytea[], text, daterange, uuid, text, boolean) TO tranche_app;

CREATE OR REPLACE FUNCTION exclusion_obstacles(wanted jsonb, own_case uuid, own_source text)
  RETURNS TABLE (at integer, case_no text, from_day date, until_day date, used_fen bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
  WITH asked AS (
    SELECT r.at, r.exclusion_group, r.person_key, daterange(r.from_day, r.until_day, '[]') AS period, r.cap_fen, r.fen,
           r.policy_id, r.others_only, r.permitted
      FROM jsonb_to_recordset(wanted) AS r(at int, exclusion_group text, person_key bytea, from_day date, until_day date, cap_fen bigint, fen bigint,
        policy_id text, others_only boolean, permitted boolean)),
  held AS (
    SELECT a.at, a.cap_fen, a.fen AS wants, c.case_no, x.period, x.fen, sum(x.fen) OVER (PARTITION BY a.at)::bigint AS used
      FROM asked a JOIN exclusion_claims x ON x.person_key = a.person_key AND x.exclusion_group = a.exclusion_group AND x.live
        AND (x.cap_fen IS NULL) = (a.cap_fen IS NULL) AND CASE WHEN a.cap_fen IS NULL THEN x.period && a.period
          AND NOT stand_side_by_side(x.policy_id, x.others_only, x.permitted, a.policy_id, a.others_only, a.permitted)
          ELSE x.period = a.period END
      JOIN cases c ON c.id = x.case_id
     WHERE (x.case_id <> own_case OR x.source <> own_source) AND app_scope() <> 'none')
  SELECT h.at, h.case_no, lower(h.period), upper(h.period) - 1, h.used FROM held h WHERE h.cap_fen IS NULL OR h.used + h.wants > h.cap_fen
  UNION ALL
  SELECT a.at, NULL, lower(a.period), upper(a.period) - 1, 0 FROM asked a WHERE a.fen > a.cap_fen
  ORDER BY 1, 2
$$;

DROP FUNCTION exclusion_holders(bytea[], text, daterange);
CREATE FUNCTION exclusion_holders(keys bytea[], grp text, wanted daterange, own_policy text, others_only boolean, permitted boolean)
  RETURNS TABLE (person_key bytea, case_no text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_material = off AS
$$
  SELECT held.person_key, held.case_no
    FROM unnest(keys) AS asked(key)
   CROSS JOIN LATERAL (
     SELECT x.person_key, (SELECT c.case_no FROM cases c WHERE c.id = x.case_id) AS case_no FROM exclusion_claims x
      WHERE x.person_key = asked.key AND x.exclusion_group = grp AND x.period && wanted AND x.live AND x.cap_fen IS NULL
        AND NOT stand_side_by_side(x.policy_id, x.others_only, x.permitted, own_policy, exclusion_holders.others_only, exclusion_holders.permitted)
     OFFSET 0) held
   WHERE app_scope() <> 'none'
$$;
REVOKE EXECUTE ON FUNCTION exclusion_holders(bytea[], text, daterange, text, boolean, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION exclusion_holders(bytea[], text, daterange, text, boolean, boolean) TO tranche_app;
