-- The money of an appropriation comes, a recall or a remittance goes: its paper posted it already. The line is tied to the paper by two people, once, and a
-- credit leaves the unidentified receipts. What has no paper is interest, a charge or money of others: `other` is said no more, what was said stays.
ALTER TABLE line_proposals ADD COLUMN appropriation_id uuid REFERENCES appropriations;
ALTER TABLE matches ADD COLUMN appropriation_id uuid REFERENCES appropriations;
CREATE UNIQUE INDEX matches_appropriation_once ON matches (appropriation_id) WHERE appropriation_id IS NOT NULL;

ALTER TABLE line_proposals DROP CONSTRAINT line_proposals_kind_check;
ALTER TABLE line_proposals ADD CONSTRAINT line_proposals_kind_check
  CHECK (kind IN ('settled', 'returned', 'recovery', 'interest', 'bank-fee', 'foreign', 'appropriation', 'other'));
ALTER TABLE line_proposals ADD CONSTRAINT line_proposals_of_paper CHECK ((kind = 'appropriation') = (appropriation_id IS NOT NULL));
ALTER TABLE matches DROP CONSTRAINT matches_kind_check;
ALTER TABLE matches ADD CONSTRAINT matches_kind_check
  CHECK (kind IN ('settled', 'returned', 'recovery', 'interest', 'bank-fee', 'foreign', 'appropriation', 'other'));
ALTER TABLE matches ADD CONSTRAINT matches_of_paper CHECK ((kind = 'appropriation') = (appropriation_id IS NOT NULL));

CREATE FUNCTION check_line_of_paper() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF NOT EXISTS (SELECT FROM statement_lines l JOIN appropriations g ON g.id = NEW.appropriation_id JOIN funds f ON f.id = g.fund_id
      WHERE l.id = NEW.line_id AND g.state = 'approved' AND l.amount_fen = g.amount_fen AND l.account_no = f.debtor_account_no
        AND l.direction = CASE g.kind WHEN 'increase' THEN 'credit' ELSE 'debit' END) THEN
    PERFORM refuse('matches_agree', format('line %s is not the booking of this paper', NEW.line_id));
  ELSIF NOT EXISTS (SELECT FROM line_proposals p WHERE p.id = NEW.proposal_id AND p.appropriation_id = NEW.appropriation_id) THEN
    PERFORM refuse('matches_by_two', format('what line %s is must be said by two persons', NEW.line_id));
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER matches_line_of_paper AFTER INSERT ON matches FOR EACH ROW WHEN (NEW.kind = 'appropriation') EXECUTE FUNCTION check_line_of_paper();
