-- Money of a recovery that somebody recorded before the statement showed it: the line is tied to that receipt by two people, once, and a credit leaves the
-- unidentified receipts; the case heard of it already. What lines show of a case's recoveries is never more than what it was told came in.
ALTER TABLE line_proposals ADD COLUMN receipt_id uuid REFERENCES recovery_receipts;
ALTER TABLE line_proposals ADD CONSTRAINT line_proposals_of_receipt CHECK (receipt_id IS NULL OR kind = 'recovery');
ALTER TABLE matches ADD COLUMN receipt_id uuid REFERENCES recovery_receipts;
ALTER TABLE matches ADD CONSTRAINT matches_of_receipt CHECK (receipt_id IS NULL OR kind = 'recovery');
CREATE UNIQUE INDEX matches_receipt_once ON matches (receipt_id) WHERE receipt_id IS NOT NULL;
CREATE INDEX matches_by_recovery ON matches (recovery_id) WHERE recovery_id IS NOT NULL;

CREATE FUNCTION check_line_of_receipt() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF NOT EXISTS (SELECT FROM recovery_receipts r JOIN statement_lines l ON l.id = NEW.line_id
      WHERE r.id = NEW.receipt_id AND r.recovery_id = NEW.recovery_id AND r.kind = 'received' AND r.amount_fen = l.amount_fen) THEN
    PERFORM refuse('matches_agree', format('line %s is not the money of this receipt', NEW.line_id));
  ELSIF NOT EXISTS (SELECT FROM line_proposals p WHERE p.id = NEW.proposal_id AND p.receipt_id = NEW.receipt_id) THEN
    PERFORM refuse('matches_by_two', format('what line %s is must be said by two persons', NEW.line_id));
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER matches_line_of_receipt AFTER INSERT ON matches FOR EACH ROW WHEN (NEW.receipt_id IS NOT NULL) EXECUTE FUNCTION check_line_of_receipt();

CREATE FUNCTION check_lines_of_recovery() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
DECLARE
  of_case uuid := (SELECT r.case_id FROM recoveries r WHERE r.id = NEW.recovery_id);
BEGIN
  PERFORM FROM recoveries r WHERE r.case_id = of_case ORDER BY r.id FOR NO KEY UPDATE;
  IF (SELECT sum(l.amount_fen) FROM matches m JOIN recoveries r ON r.id = m.recovery_id JOIN statement_lines l ON l.id = m.line_id WHERE r.case_id = of_case)
    > (SELECT coalesce(sum(x.amount_fen), 0) FROM recovery_receipts x WHERE x.case_id = of_case AND x.kind = 'received') THEN
    PERFORM refuse('matches_within_receipts', format('line %s shows more than the case was told came in', NEW.line_id));
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER matches_within_receipts AFTER INSERT ON matches DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.kind = 'recovery') EXECUTE FUNCTION check_lines_of_recovery();
