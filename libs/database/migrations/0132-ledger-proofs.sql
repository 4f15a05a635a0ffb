-- Every night the books are computed again from what they stand on; the result stays, whatever it says.
CREATE TABLE ledger_proofs (
  id             uuid PRIMARY KEY,
  legal_day      date NOT NULL UNIQUE,
  started_at     timestamptz NOT NULL,
  finished_at    timestamptz NOT NULL,
  ok             boolean NOT NULL,
  findings_total integer NOT NULL CHECK (findings_total >= 0),
  findings       jsonb NOT NULL,
  figures        jsonb NOT NULL,
  CONSTRAINT ledger_proofs_honest CHECK (ok = (findings_total = 0) AND finished_at >= started_at)
);
CREATE TRIGGER ledger_proofs_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_proofs FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE ledger_proofs ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON ledger_proofs TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY readers ON ledger_proofs FOR SELECT TO tranche_app
  USING ((SELECT app_role()) IN ('system', 'maker', 'checker', 'cashier', 'supervisor', 'auditor'));
CREATE POLICY worker ON ledger_proofs FOR INSERT TO tranche_app WITH CHECK ((SELECT app_role()) = 'system');
GRANT SELECT, INSERT ON ledger_proofs TO tranche_app;

-- statements of an account and of a bank account by day
CREATE INDEX postings_by_day ON postings (fund_id, book, business_date);
