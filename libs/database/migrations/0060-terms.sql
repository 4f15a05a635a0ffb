-- Terms (the parameters a case was promised) are the same for thousands of cases and were copied into each of them, hence into every
-- new version of its row, every log record and every load. They stand once, under the hash that the opening event seals.

CREATE TABLE case_terms (
  sha256      bytea PRIMARY KEY CHECK (octet_length(sha256) = 32),
  terms       jsonb NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE case_terms IS 'sha256 = SHA-256 of the RFC 8785 form of terms; verification recomputes it for every case';

ALTER TABLE cases ADD COLUMN terms_sha256 bytea REFERENCES case_terms;

-- The hash that stands in the events; a case opened before identities were sealed goes by the text of its terms.
CREATE TEMP TABLE sealed_terms ON COMMIT DROP AS
  SELECT c.id, c.terms, coalesce(
    decode(e.sealed, 'hex'), sha256(convert_to(c.terms::text, 'UTF8'))) AS sha256
  FROM cases c LEFT JOIN LATERAL (
    SELECT coalesce(v.data #>> '{to,termsSha256}', v.data #>> '{identity,termsSha256}') AS sealed FROM case_events v
     WHERE v.case_id = c.id AND v.type IN ('case.opened', 'case.migrated') ORDER BY v.seq DESC LIMIT 1) e ON true;
INSERT INTO case_terms (sha256, terms) SELECT DISTINCT ON (sha256) sha256, terms FROM sealed_terms;
ALTER TABLE cases DISABLE TRIGGER USER;
UPDATE cases c SET terms_sha256 = s.sha256 FROM sealed_terms s WHERE s.id = c.id;
-- the check that terms belong to their case waits in a queue until the end of the transaction; nothing may be altered before
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE cases ENABLE TRIGGER USER;

DROP TRIGGER cases_machine ON cases;
ALTER TABLE cases DROP COLUMN terms;
ALTER TABLE cases ALTER COLUMN terms_sha256 SET NOT NULL;
CREATE CONSTRAINT TRIGGER cases_machine AFTER UPDATE OF policy_version, jurisdiction, machine_hash, terms_sha256 ON cases
  DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW
  WHEN ((NEW.policy_version, NEW.jurisdiction, NEW.machine_hash, NEW.terms_sha256)
    IS DISTINCT FROM (OLD.policy_version, OLD.jurisdiction, OLD.machine_hash, OLD.terms_sha256))
  EXECUTE FUNCTION check_case_machine();

-- Terms are resolved by the house from approved parameters; a wrong text under a right hash would be everybody's, so only the house
-- itself writes them, and nobody changes them.
ALTER TABLE case_terms ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON case_terms TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY with_their_case ON case_terms FOR SELECT TO tranche_app USING ((SELECT app_reach()) <> 'none');
CREATE POLICY house_writes ON case_terms FOR INSERT TO tranche_app WITH CHECK ((SELECT app_role()) = 'system');
CREATE POLICY auditor ON case_terms FOR SELECT TO tranche_auditor USING (true);
REVOKE ALL ON case_terms FROM PUBLIC, tranche_app;
GRANT SELECT, INSERT ON case_terms TO tranche_app;
GRANT SELECT ON case_terms TO tranche_auditor;
CREATE TRIGGER case_terms_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON case_terms FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
