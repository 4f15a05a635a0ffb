-- Exclusions of every policy: what a case takes of a group under a key (a person, a firm, a person and project), once or up to a sum.

-- `source`: the roster of a class, the case as a whole, or the payment of a period. `kept`: the case still stands for it; live while it
-- holds. With `cap_fen` many may hold the same key together, as long as their `fen` do not pass the cap.
ALTER TABLE exclusion_claims
  ADD COLUMN source text NOT NULL DEFAULT 'roster',
  ADD COLUMN kept boolean NOT NULL DEFAULT true,
  ADD COLUMN cap_fen bigint CHECK (cap_fen >= 0),
  ADD COLUMN fen bigint CHECK (fen >= 0),
  ADD CONSTRAINT exclusion_claims_capped CHECK ((cap_fen IS NULL) = (fen IS NULL)),
  ADD CONSTRAINT exclusion_claims_live_kept CHECK (kept OR NOT live),
  DROP CONSTRAINT exclusion_claims_no_overlap;
ALTER TABLE exclusion_claims ADD CONSTRAINT exclusion_claims_no_overlap
  EXCLUDE USING gist (person_key WITH =, exclusion_group WITH =, period WITH &&) WHERE (live AND cap_fen IS NULL);
CREATE UNIQUE INDEX exclusion_claims_once ON exclusion_claims (case_id, source, exclusion_group, person_key, period) WHERE source <> 'roster';
GRANT UPDATE (kept, cap_fen, fen) ON exclusion_claims TO tranche_app;

-- The sums of capped claims, written by the trigger below and by nobody else.
CREATE TABLE exclusion_quotas (
  exclusion_group text NOT NULL,
  person_key      bytea NOT NULL,
  period          daterange NOT NULL,
  cap_fen         bigint NOT NULL,
  used_fen        bigint NOT NULL DEFAULT 0 CHECK (used_fen >= 0),
  PRIMARY KEY (exclusion_group, person_key, period),
  CONSTRAINT exclusion_quotas_cap CHECK (used_fen <= cap_fen)
);
ALTER TABLE exclusion_quotas ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON exclusion_quotas TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY house_reads ON exclusion_quotas FOR SELECT TO tranche_app USING ((SELECT app_role()) = 'system');
REVOKE ALL ON exclusion_quotas FROM PUBLIC, tranche_app;
GRANT SELECT ON exclusion_quotas TO tranche_app;

-- Balances are locked in the order of their keys, whoever claims several at once: two cases wait for each other instead of deadlocking.
CREATE FUNCTION post_quotas(changes jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  INSERT INTO exclusion_quotas (exclusion_group, person_key, period, cap_fen)
    SELECT c.exclusion_group, c.person_key, c.period, max(c.cap_fen)
      FROM jsonb_to_recordset(changes) AS c(exclusion_group text, person_key bytea, period daterange, cap_fen bigint, fen bigint)
     GROUP BY 1, 2, 3 ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING;
  PERFORM FROM exclusion_quotas q
    WHERE (q.exclusion_group, q.person_key, q.period) IN (SELECT c.exclusion_group, c.person_key, c.period
      FROM jsonb_to_recordset(changes) AS c(exclusion_group text, person_key bytea, period daterange))
    ORDER BY q.exclusion_group, q.person_key, q.period FOR UPDATE;
  -- what is given back never meets the cap; what is taken meets the cap it was promised under
  UPDATE exclusion_quotas q SET used_fen = q.used_fen + c.fen, cap_fen = CASE WHEN c.fen > 0 THEN c.cap_fen ELSE greatest(q.cap_fen, q.used_fen) END
    FROM (SELECT r.exclusion_group, r.person_key, r.period, max(r.cap_fen) AS cap_fen, sum(r.fen)::bigint AS fen
            FROM jsonb_to_recordset(changes) AS r(exclusion_group text, person_key bytea, period daterange, cap_fen bigint, fen bigint) GROUP BY 1, 2, 3) c
   WHERE c.fen <> 0 AND (q.exclusion_group, q.person_key, q.period) = (c.exclusion_group, c.person_key, c.period);
END
$$;
REVOKE EXECUTE ON FUNCTION post_quotas(jsonb) FROM PUBLIC;

CREATE FUNCTION quotas_of_new_claims() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF EXISTS (SELECT FROM added WHERE cap_fen IS NOT NULL) THEN
    PERFORM post_quotas((SELECT jsonb_agg(jsonb_build_object('exclusion_group', exclusion_group, 'person_key', person_key, 'period', period, 'cap_fen', cap_fen, 'fen', fen))
      FROM added WHERE cap_fen IS NOT NULL AND live));
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER exclusion_claims_added AFTER INSERT ON exclusion_claims REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION quotas_of_new_claims();

CREATE FUNCTION quotas_of_changed_claims() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF EXISTS (SELECT FROM stood WHERE cap_fen IS NOT NULL) OR EXISTS (SELECT FROM became WHERE cap_fen IS NOT NULL) THEN
    PERFORM post_quotas((SELECT jsonb_agg(jsonb_build_object('exclusion_group', u.exclusion_group, 'person_key', u.person_key, 'period', u.period, 'cap_fen', u.cap_fen, 'fen', u.fen))
      FROM (SELECT exclusion_group, person_key, period, cap_fen, fen FROM became WHERE live AND cap_fen IS NOT NULL
            UNION ALL SELECT exclusion_group, person_key, period, cap_fen, -fen FROM stood WHERE live AND cap_fen IS NOT NULL) u));
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER exclusion_claims_changed AFTER UPDATE ON exclusion_claims REFERENCING OLD TABLE AS stood NEW TABLE AS became
  FOR EACH STATEMENT EXECUTE FUNCTION quotas_of_changed_claims();

-- Who stands in the way of what a case wants: the other case, the days, and for a cap what is used of it. Nothing personal.
CREATE FUNCTION exclusion_obstacles(wanted jsonb, own_case uuid, own_source text)
  RETURNS TABLE (at integer, case_no text, from_day date, until_day date, used_fen bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
  WITH asked AS (
    SELECT r.at, r.exclusion_group, r.person_key, daterange(r.from_day, r.until_day, '[]') AS period, r.cap_fen, r.fen
      FROM jsonb_to_recordset(wanted) AS r(at int, exclusion_group text, person_key bytea, from_day date, until_day date, cap_fen bigint, fen bigint)),
  held AS (
    SELECT a.at, a.cap_fen, a.fen AS wants, c.case_no, x.period, x.fen, sum(x.fen) OVER (PARTITION BY a.at)::bigint AS used
      FROM asked a JOIN exclusion_claims x ON x.person_key = a.person_key AND x.exclusion_group = a.exclusion_group AND x.live
        AND (x.cap_fen IS NULL) = (a.cap_fen IS NULL) AND CASE WHEN a.cap_fen IS NULL THEN x.period && a.period ELSE x.period = a.period END
      JOIN cases c ON c.id = x.case_id
     WHERE (x.case_id <> own_case OR x.source <> own_source) AND app_scope() <> 'none')
  SELECT h.at, h.case_no, lower(h.period), upper(h.period) - 1, h.used FROM held h WHERE h.cap_fen IS NULL OR h.used + h.wants > h.cap_fen
  UNION ALL
  SELECT a.at, NULL, lower(a.period), upper(a.period) - 1, 0 FROM asked a WHERE a.fen > a.cap_fen
  ORDER BY 1, 2
$$;
REVOKE EXECUTE ON FUNCTION exclusion_obstacles(jsonb, uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION exclusion_obstacles(jsonb, uuid, text) TO tranche_app;
