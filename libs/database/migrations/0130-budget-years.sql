-- Budgets live for a fiscal year: they grow, are lessened and recalled, lapse when the year is closed; what comes back later is due to the
-- treasury. A fund of an ended year pays what it had reserved, and nothing new.

-- ── the whole chart of accounts ───────────────────────────────────────────────────────────────────────────────────────
ALTER TABLE accounts DROP CONSTRAINT accounts_chart;
ALTER TABLE accounts ADD CONSTRAINT accounts_chart CHECK (
  (book = 'cash' AND code IN ('1001', '1002', '1201', '1202', '2001', '2101', '2102', '2103', '2104', '3001', '5001', '5009'))
  OR (book = 'budget' AND code IN ('B1', 'B2', 'B3', 'B4', 'B5', 'B9')));
INSERT INTO accounts (fund_id, book, code, min_zero)
  SELECT f.id, c.book, c.code, false FROM funds f
  CROSS JOIN (VALUES ('cash', '2101'), ('cash', '2102'), ('cash', '2103'), ('budget', 'B9')) AS c(book, code)
  ON CONFLICT DO NOTHING;

-- ── the year a payment is charged to ──────────────────────────────────────────────────────────────────────────────────
ALTER TABLE disbursements ADD COLUMN fund_year integer;
UPDATE disbursements d SET fund_year = f.fiscal_year FROM funds f WHERE f.id = d.fund_id;
ALTER TABLE disbursements ALTER COLUMN fund_year SET NOT NULL;

CREATE FUNCTION set_fund_year() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  SELECT f.fiscal_year INTO NEW.fund_year FROM funds f WHERE f.id = NEW.fund_id;
  RETURN NEW;
END
$$;
CREATE TRIGGER disbursements_fund_year BEFORE INSERT ON disbursements FOR EACH ROW EXECUTE FUNCTION set_fund_year();

-- Funds that make up a payment together lie in one account and are of one year.
CREATE OR REPLACE FUNCTION check_shared_account() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF (SELECT count(DISTINCT (f.debtor_name, f.debtor_account_no, f.debtor_bank_no, f.fiscal_year)) <> 1 OR count(*) <> (SELECT count(*) FROM fund_shares_of(NEW.fund_id, NEW.fund_shares, NEW.amount_fen))
        FROM funds f WHERE f.id IN (SELECT s.fund_id FROM fund_shares_of(NEW.fund_id, NEW.fund_shares, NEW.amount_fen) s)) THEN
    PERFORM refuse('disbursements_one_account', 'funds that share a payment lie in one account and are of one year');
  END IF;
  RETURN NEW;
END
$$;

-- ── the legal day, for controls that depend on it; in a sandbox it is ahead or behind ─────────────────────────────────
CREATE FUNCTION legal_now() RETURNS timestamptz LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$ SELECT clock_timestamp() + make_interval(secs => coalesce((SELECT offset_ms FROM sandbox_clock WHERE id = 1), 0) / 1000.0) $$;

CREATE FUNCTION legal_today() RETURNS date LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$ SELECT (legal_now() AT TIME ZONE 'Asia/Shanghai')::date $$;

-- ── appropriations: more, less, and money due to the treasury paid to it ──────────────────────────────────────────────
ALTER TABLE appropriations ADD COLUMN kind text NOT NULL DEFAULT 'increase' CHECK (kind IN ('increase', 'decrease', 'remittance'));
COMMENT ON COLUMN appropriations.kind IS 'increase 下达、追加; decrease 核减、收回; remittance 上缴国库: of what is due to the treasury (2103)';

CREATE OR REPLACE FUNCTION check_appropriation() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF tg_op = 'INSERT' THEN
    IF NEW.state <> 'proposed' THEN
      PERFORM refuse('appropriations_four_eyes', 'an appropriation begins as proposed');
    ELSIF EXISTS (SELECT FROM fund_closings c WHERE c.fund_id = NEW.fund_id AND c.state = 'approved') AND NEW.kind <> 'remittance' THEN
      PERFORM refuse('funds_closed', 'the fiscal year of this fund is closed: it gets no appropriation any more');
    END IF;
  ELSIF OLD.state <> 'proposed' OR (NEW.id, NEW.fund_id, NEW.amount_fen, NEW.document_no, NEW.kind, NEW.proposed_by)
    IS DISTINCT FROM (OLD.id, OLD.fund_id, OLD.amount_fen, OLD.document_no, OLD.kind, OLD.proposed_by) THEN
    PERFORM refuse('appropriations_immutable', 'an appropriation is decided once and never edited');
  END IF;
  RETURN NEW;
END
$$;

-- At the end of the transaction, when it is posted: nobody pays the treasury more than is due to it.
CREATE FUNCTION check_remittance() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF (SELECT coalesce(sum(e.amount_fen), 0) > 0 FROM accounts a JOIN entries e ON e.account_id = a.id
       WHERE a.fund_id = NEW.fund_id AND a.book = 'cash' AND a.code = '2103') THEN
    PERFORM refuse('remittances_within_due', 'no more is paid to the treasury than is due to it (2103)');
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER remittances_within_due AFTER UPDATE ON appropriations DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.kind = 'remittance' AND NEW.state = 'approved') EXECUTE FUNCTION check_remittance();

-- ── closing a fiscal year ─────────────────────────────────────────────────────────────────────────────────────────────
ALTER TABLE account_balances ADD COLUMN closed boolean NOT NULL DEFAULT false;
ALTER TABLE account_balances ADD CONSTRAINT account_balances_closed_year CHECK (NOT closed OR posted_fen = 0);

CREATE TABLE fund_closings (
  id          uuid PRIMARY KEY,
  fund_id     uuid NOT NULL REFERENCES funds,
  document_no text NOT NULL CHECK (document_no <> ''),
  cite        jsonb NOT NULL,
  state       text NOT NULL CHECK (state IN ('proposed', 'approved', 'rejected')),
  proposed_by uuid NOT NULL REFERENCES users,
  decided_by  uuid REFERENCES users,
  decided_on  date,
  lapsed_fen  bigint CHECK (lapsed_fen >= 0),
  -- reserved and in payment on that day: what the fund may still pay
  carried_fen bigint CHECK (carried_fen >= 0),
  recorded_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT fund_closings_four_eyes CHECK (decided_by <> proposed_by),
  CONSTRAINT fund_closings_decided CHECK ((state = 'proposed') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_on IS NULL)
    AND (state = 'approved') = (lapsed_fen IS NOT NULL) AND (state = 'approved') = (carried_fen IS NOT NULL))
);
CREATE INDEX fund_closings_by_fund ON fund_closings (fund_id);
CREATE UNIQUE INDEX fund_closings_once ON fund_closings (fund_id) WHERE state IN ('proposed', 'approved');

CREATE FUNCTION check_fund_closing() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
DECLARE
  ended integer;
  carried numeric;
BEGIN
  IF tg_op = 'INSERT' THEN
    IF NEW.state <> 'proposed' THEN
      PERFORM refuse('fund_closings_four_eyes', 'the closing of a year begins as proposed');
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.state <> 'proposed' OR (NEW.id, NEW.fund_id, NEW.document_no, NEW.cite, NEW.proposed_by)
    IS DISTINCT FROM (OLD.id, OLD.fund_id, OLD.document_no, OLD.cite, OLD.proposed_by) THEN
    PERFORM refuse('fund_closings_immutable', 'the closing of a year is decided once and never edited');
  ELSIF NEW.state = 'approved' THEN
    SELECT fiscal_year INTO ended FROM funds WHERE id = NEW.fund_id;
    IF ended >= extract(year FROM legal_today()) OR NEW.decided_on > legal_today() THEN
      PERFORM refuse('fund_closings_year_over', format('the fiscal year %s is not over', ended));
    END IF;
    SELECT coalesce(sum(e.amount_fen), 0) INTO carried FROM accounts a JOIN entries e ON e.account_id = a.id
     WHERE a.fund_id = NEW.fund_id AND a.book = 'budget' AND a.code IN ('B3', 'B4');
    IF carried <> NEW.carried_fen OR NEW.lapsed_fen <> coalesce((SELECT sum(e.amount_fen) FROM postings p JOIN entries e ON e.posting_id = p.id
        JOIN accounts a ON a.id = e.account_id AND a.code = 'B9' WHERE p.event_type = 'fund.closed' AND p.event_id = NEW.id::text), 0) THEN
      PERFORM refuse('fund_closings_as_posted', 'a year is closed by what the books say: what lapsed, and what is carried over');
    END IF;
    -- from here on the available budget stays at nothing; refused where it is not
    UPDATE account_balances b SET closed = true FROM accounts a WHERE a.id = b.account_id AND a.fund_id = NEW.fund_id AND a.code = 'B2';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER fund_closings_guard BEFORE INSERT OR UPDATE ON fund_closings FOR EACH ROW EXECUTE FUNCTION check_fund_closing();
CREATE TRIGGER fund_closings_kept BEFORE DELETE OR TRUNCATE ON fund_closings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE fund_closings ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON fund_closings TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY auditor ON fund_closings FOR SELECT TO tranche_auditor USING (true);
CREATE POLICY finance ON fund_closings TO tranche_app
  USING ((SELECT app_role()) IN ('system', 'maker', 'checker', 'cashier', 'supervisor', 'auditor')
    AND ((SELECT app_scope()) = 'all' OR EXISTS (SELECT FROM funds f WHERE f.id = fund_id)))
  WITH CHECK ((SELECT app_role()) IN ('system', 'maker', 'checker', 'supervisor'));
-- who proposes or decides signs with the own name
CREATE POLICY own_proposal ON fund_closings AS RESTRICTIVE FOR INSERT TO tranche_app
  WITH CHECK ((SELECT app_role()) = 'system' OR proposed_by::text = (SELECT app_user()));
CREATE POLICY own_name ON fund_closings AS RESTRICTIVE FOR UPDATE TO tranche_app
  USING (true) WITH CHECK ((SELECT app_role()) = 'system' OR decided_by::text = (SELECT app_user()));
GRANT SELECT, INSERT, UPDATE (state, decided_by, decided_on, lapsed_fen, carried_fen) ON fund_closings TO tranche_app;
GRANT SELECT ON fund_closings TO tranche_auditor;
