-- How whoever objected may be reached, where they said so: kept apart from the objection, encrypted, seen by the office alone, and only as long as
-- it is of use (personal information protection law, articles 6 and 19: no more than is needed, no longer than is needed).

ALTER TABLE objections DROP COLUMN contact_cipher;

CREATE TABLE objection_contacts (
  -- written with the event that records the objection, in one transaction and before it
  objection_id uuid PRIMARY KEY REFERENCES objections DEFERRABLE INITIALLY DEFERRED,
  phone_cipher bytea,
  phone_masked text,
  email_cipher bytea,
  email_masked text,
  key_id       text NOT NULL,
  district     text NOT NULL,
  recorded_at  timestamptz NOT NULL,
  CONSTRAINT objection_contacts_masked CHECK ((phone_cipher IS NULL) = (phone_masked IS NULL) AND (email_cipher IS NULL) = (email_masked IS NULL)),
  CONSTRAINT objection_contacts_some CHECK (phone_cipher IS NOT NULL OR email_cipher IS NOT NULL)
);
COMMENT ON TABLE objection_contacts IS '异议人联系方式: encrypted; removed thirty days after the decision';

-- Whoever decides may still have to ask.
CREATE FUNCTION check_contact_removed() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF EXISTS (SELECT FROM objections o WHERE o.id = OLD.objection_id AND o.state = 'open') THEN
    PERFORM refuse('objection_contacts_while_open', format('objection %s is not decided yet: whoever decides may still have to ask', OLD.objection_id));
  END IF;
  RETURN OLD;
END
$$;
CREATE TRIGGER objection_contacts_while_open BEFORE DELETE ON objection_contacts FOR EACH ROW EXECUTE FUNCTION check_contact_removed();

ALTER TABLE objection_contacts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON objection_contacts TO CURRENT_USER USING (true) WITH CHECK (true);
-- neither whom the objection is about, nor who pays
CREATE POLICY office ON objection_contacts FOR SELECT TO tranche_app USING (
  (SELECT app_role()) IN ('system', 'officer', 'reviewer', 'approver', 'supervisor', 'auditor')
  AND CASE (SELECT app_reach()) WHEN 'all' THEN true WHEN 'district:' || district THEN true ELSE false END);
CREATE POLICY counter ON objection_contacts FOR INSERT TO tranche_app WITH CHECK ((SELECT app_role()) = 'system');
CREATE POLICY removed ON objection_contacts FOR DELETE TO tranche_app USING ((SELECT app_role()) = 'system');
REVOKE ALL ON objection_contacts FROM PUBLIC, tranche_app;
GRANT SELECT, INSERT, DELETE ON objection_contacts TO tranche_app;
