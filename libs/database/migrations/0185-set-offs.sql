-- 抵扣: what a payee owes in one case is kept back of what it earned in another, where the policies of both permit it. One row joins the two
-- events; the two sides meet in 2105. The transfer that pays the rest may fail or come back: then the debt is owed again.

ALTER TABLE accounts DROP CONSTRAINT accounts_chart;
ALTER TABLE accounts ADD CONSTRAINT accounts_chart CHECK (
  (book = 'cash' AND code IN ('1001', '1002', '1201', '1202', '2001', '2101', '2102', '2103', '2104', '2105', '3001', '5001', '5009'))
  OR (book = 'budget' AND code IN ('B1', 'B2', 'B3', 'B4', 'B5', 'B9')));
INSERT INTO accounts (fund_id, book, code, min_zero) SELECT id, 'cash', '2105', false FROM funds ORDER BY id;

CREATE TABLE set_offs (
  id              uuid PRIMARY KEY,
  -- the debt
  recovery_id     uuid NOT NULL,
  case_id         uuid NOT NULL,
  -- the payment: what had been asked for was called back, and the rest asked for anew
  paying_case_id  uuid NOT NULL,
  payment         text NOT NULL,
  disbursement_id uuid NOT NULL REFERENCES disbursements,
  fund_id         uuid NOT NULL REFERENCES funds,
  amount_fen      bigint NOT NULL CHECK (amount_fen > 0),
  state           text NOT NULL CHECK (state IN ('active', 'restoring', 'restored')),
  on_date         date NOT NULL,
  ended_on        date,
  organisation_id uuid NOT NULL,
  district        text NOT NULL,
  recorded_at     timestamptz NOT NULL,
  FOREIGN KEY (recovery_id, case_id) REFERENCES recoveries (id, case_id),
  -- one payee, one district
  FOREIGN KEY (case_id, organisation_id, district) REFERENCES cases (id, organisation_id, district),
  FOREIGN KEY (paying_case_id, organisation_id, district) REFERENCES cases (id, organisation_id, district),
  CONSTRAINT set_offs_two_cases CHECK (case_id <> paying_case_id),
  CONSTRAINT set_offs_ended CHECK ((state = 'active') = (ended_on IS NULL))
);
CREATE INDEX set_offs_by_recovery ON set_offs (recovery_id);
CREATE INDEX set_offs_by_payment ON set_offs (paying_case_id, payment);
COMMENT ON TABLE set_offs IS '抵扣: a debt kept back of a payment of another case of the same payee';

-- Agreed on by two people, like every change of what was decided.
DROP TRIGGER case_events_four_eyes ON case_events;
CREATE TRIGGER case_events_four_eyes BEFORE INSERT ON case_events FOR EACH ROW
  WHEN (NEW.type IN ('decision.rescinded', 'fact.corrected', 'notice.withdrawn', 'recovery.writtenOff', 'recovery.instalmentsAgreed', 'recovery.setOff'))
  EXECUTE FUNCTION check_correction();
DROP INDEX case_events_proposal_decided_once;
CREATE UNIQUE INDEX case_events_proposal_decided_once ON case_events (case_id, (data ->> 'proposal'))
  WHERE type IN ('decision.rescinded', 'fact.corrected', 'notice.withdrawn', 'recovery.writtenOff', 'recovery.instalmentsAgreed', 'recovery.setOff',
    'correction.dismissed');

-- Both sides or none, of one amount and one fund, and only where a clause of either policy permits it.
CREATE FUNCTION check_set_off(wanted uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
DECLARE
  said set_offs;
BEGIN
  SELECT * INTO said FROM set_offs WHERE id = wanted;
  IF NOT FOUND
    OR NOT EXISTS (SELECT FROM case_events e WHERE e.case_id = said.case_id AND e.type = 'recovery.setOff' AND e.data ->> 'setOff' = said.id::text
         AND e.data ->> 'amountFen' = said.amount_fen::text AND e.data ->> 'fund' = said.fund_id::text
         AND e.data ->> 'payingCase' = said.paying_case_id::text AND e.data ->> 'payment' = said.payment)
    OR NOT EXISTS (SELECT FROM case_events e WHERE e.case_id = said.paying_case_id AND e.type = 'payment.setOff' AND e.data ->> 'setOff' = said.id::text
         AND e.data ->> 'amountFen' = said.amount_fen::text AND e.data ->> 'fund' = said.fund_id::text
         AND e.data ->> 'debtorCase' = said.case_id::text AND e.data ->> 'payment' = said.payment) THEN
    PERFORM refuse('set_offs_both_sides', format('set-off %s: the debt and the payment hear the same of it, or neither hears anything', wanted));
  ELSIF NOT EXISTS (SELECT FROM disbursements d WHERE d.id = said.disbursement_id AND d.case_id = said.paying_case_id AND d.payment = said.payment
      AND d.state = 'cancelled' AND d.fund_id = said.fund_id AND d.fund_shares IS NULL AND d.amount_fen >= said.amount_fen) THEN
    PERFORM refuse('set_offs_of_payment', format('set-off %s: not more than the payment, out of one fund, and before it is sent', wanted));
  ELSIF (SELECT count(*) FROM cases c JOIN policy_versions p ON (p.id, p.version, p.jurisdiction) = (c.policy_id, c.policy_version, c.jurisdiction)
      WHERE c.id IN (said.case_id, said.paying_case_id) AND p.definition #> '{plan,recovery,setOff}' IS NOT NULL) <> 2 THEN
    PERFORM refuse('set_offs_permitted', format('set-off %s: no clause of the policy permits it', wanted));
  END IF;
END
$$;

CREATE FUNCTION check_set_off_row() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  PERFORM check_set_off(NEW.id);
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER set_offs_both_sides AFTER INSERT ON set_offs DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_set_off_row();

CREATE FUNCTION check_set_off_event() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  PERFORM check_set_off((NEW.data ->> 'setOff')::uuid);
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER case_events_set_off AFTER INSERT ON case_events DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.type IN ('recovery.setOff', 'payment.setOff')) EXECUTE FUNCTION check_set_off_event();

-- Given up only as a whole and for good: the payment lets go of it first, then the debt is owed again.
CREATE FUNCTION check_set_off_move() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF (OLD.state, NEW.state) NOT IN (('active', 'restoring'), ('restoring', 'restored')) THEN
    PERFORM refuse('set_offs_moves', format('set-off %s does not go from %s to %s', OLD.id, OLD.state, NEW.state));
  ELSIF NEW.state = 'restored' AND NOT EXISTS (SELECT FROM case_events e
      WHERE e.case_id = NEW.case_id AND e.type = 'recovery.restored' AND e.data ->> 'setOff' = NEW.id::text) THEN
    PERFORM refuse('set_offs_moves', format('set-off %s: its case has not heard that the debt is owed again', OLD.id));
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER set_offs_moves AFTER UPDATE ON set_offs DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_set_off_move();

ALTER TABLE set_offs ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON set_offs TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY members ON set_offs TO tranche_app USING (
  (SELECT app_scope()) = 'all'
  OR ((SELECT app_scope()) = 'district' AND district = (SELECT app_district()))
  OR ((SELECT app_scope()) = 'organisation' AND organisation_id = (SELECT app_org())));
-- a payee sees what was kept back, and writes nothing of it
CREATE POLICY not_by_payees ON set_offs AS RESTRICTIVE FOR INSERT TO tranche_app WITH CHECK ((SELECT app_scope()) <> 'organisation');
CREATE POLICY not_changed_by_payees ON set_offs AS RESTRICTIVE FOR UPDATE TO tranche_app USING ((SELECT app_scope()) <> 'organisation');
CREATE TRIGGER set_offs_kept BEFORE DELETE OR TRUNCATE ON set_offs FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE ALL ON set_offs FROM PUBLIC, tranche_app;
GRANT SELECT, INSERT, UPDATE (state, ended_on) ON set_offs TO tranche_app;
REVOKE EXECUTE ON FUNCTION check_set_off(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION check_set_off(uuid) TO tranche_app;
CREATE POLICY auditor ON set_offs FOR SELECT TO tranche_auditor USING (true);
GRANT SELECT ON set_offs TO tranche_auditor;
