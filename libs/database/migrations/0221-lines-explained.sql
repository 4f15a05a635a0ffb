-- What a booking is that is no payment of ours: interest (due to the treasury), a charge of the bank (which no fund bears: to be made good), money of
-- somebody else (to be sent back). Said by two people, and posted as what it is. `other`: a paper of ours posted it already.
ALTER TABLE accounts DROP CONSTRAINT accounts_chart;
ALTER TABLE accounts ADD CONSTRAINT accounts_chart CHECK (
  (book = 'cash' AND code IN ('1001', '1002', '1201', '1202', '1203', '2001', '2101', '2102', '2103', '2104', '2105', '2106', '3001', '5001', '5009'))
  OR (book = 'budget' AND code IN ('B1', 'B2', 'B3', 'B4', 'B5', 'B9')));
INSERT INTO accounts (fund_id, book, code, min_zero)
  SELECT f.id, 'cash', c.code, false FROM funds f CROSS JOIN (VALUES ('1203'), ('2106')) AS c(code) ORDER BY f.id, c.code;

ALTER TABLE line_proposals DROP CONSTRAINT line_proposals_kind_check;
ALTER TABLE line_proposals ADD CONSTRAINT line_proposals_kind_check
  CHECK (kind IN ('settled', 'returned', 'recovery', 'interest', 'bank-fee', 'foreign', 'other'));
ALTER TABLE matches DROP CONSTRAINT matches_kind_check;
ALTER TABLE matches ADD CONSTRAINT matches_kind_check
  CHECK (kind IN ('settled', 'returned', 'recovery', 'interest', 'bank-fee', 'foreign', 'other'));

CREATE FUNCTION check_interest() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF NOT EXISTS (SELECT FROM statement_lines l WHERE l.id = NEW.line_id AND l.direction = 'credit') THEN
    PERFORM refuse('matches_agree', 'interest is a credit');
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER matches_interest AFTER INSERT ON matches FOR EACH ROW WHEN (NEW.kind = 'interest') EXECUTE FUNCTION check_interest();

-- Said by two and posted go together, whoever comes first in the transaction.
CREATE FUNCTION check_explained() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
DECLARE
  line text := CASE tg_table_name WHEN 'matches' THEN to_jsonb(NEW) ->> 'line_id' ELSE to_jsonb(NEW) ->> 'event_id' END;
  said text := CASE tg_table_name WHEN 'matches' THEN 'statement.' || (to_jsonb(NEW) ->> 'kind') ELSE to_jsonb(NEW) ->> 'event_type' END;
BEGIN
  IF NOT EXISTS (SELECT FROM matches m JOIN statement_lines l ON l.id = m.line_id
      JOIN postings p ON p.event_type = 'statement.' || m.kind AND p.event_id = m.line_id::text
      JOIN entries e ON e.posting_id = p.id JOIN accounts a ON a.id = e.account_id
      WHERE m.line_id::text = line AND 'statement.' || m.kind = said AND p.book = 'cash'
        AND a.code = CASE m.kind WHEN 'interest' THEN '2103' WHEN 'bank-fee' THEN '1203' ELSE '2106' END
        AND e.amount_fen = CASE l.direction WHEN 'credit' THEN -l.amount_fen ELSE l.amount_fen END) THEN
    PERFORM refuse('matches_posted', format('line %s is explained by two persons and posted as what it is, or neither', line));
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER matches_posted AFTER INSERT ON matches DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.kind IN ('interest', 'bank-fee', 'foreign')) EXECUTE FUNCTION check_explained();
CREATE CONSTRAINT TRIGGER postings_explained AFTER INSERT ON postings DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.event_type IN ('statement.interest', 'statement.bank-fee', 'statement.foreign')) EXECUTE FUNCTION check_explained();

-- The verification compares these postings with their bookings, which 0200 lets it see without their other side.
