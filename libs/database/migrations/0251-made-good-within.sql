-- What a bank account holds for others (2106) and what its bank has to make good (1203) are two sums that cannot fall below nothing: nobody sends back
-- more than came, and no bank makes good more than it took. Otherwise money that left on nobody's order could be called "sent back". Over all funds of
-- the account: a booking of January answers one of December. The rows are locked, so that two cannot both have what is enough for one.
CREATE FUNCTION check_explained_within() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
DECLARE
  own text := CASE NEW.event_type WHEN 'statement.bank-fee' THEN '1203' ELSE '2106' END;
  of_account bigint[] := ARRAY(SELECT a.id FROM accounts a JOIN funds f ON f.id = a.fund_id
    WHERE a.book = 'cash' AND a.code = own AND f.debtor_account_no = (SELECT g.debtor_account_no FROM funds g WHERE g.id = NEW.fund_id));
  fen bigint;
BEGIN
  PERFORM FROM accounts a WHERE a.id = ANY (of_account) ORDER BY a.id FOR NO KEY UPDATE;
  SELECT coalesce(sum(e.amount_fen), 0) INTO fen FROM entries e WHERE e.account_id = ANY (of_account);
  IF fen * (CASE own WHEN '1203' THEN 1 ELSE -1 END) < 0 THEN
    PERFORM refuse('matches_within', format('no more is posted to %s than stands there: %s', own, abs(fen)));
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER matches_within AFTER INSERT ON postings DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.event_type IN ('statement.bank-fee', 'statement.foreign')) EXECUTE FUNCTION check_explained_within();

-- The same for what is due to the treasury: two remittances approved at once do not both take what is due once.
CREATE OR REPLACE FUNCTION check_remittance() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  PERFORM FROM accounts a WHERE a.fund_id = NEW.fund_id AND a.book = 'cash' AND a.code = '2103' FOR NO KEY UPDATE;
  IF (SELECT coalesce(sum(e.amount_fen), 0) > 0 FROM accounts a JOIN entries e ON e.account_id = a.id
       WHERE a.fund_id = NEW.fund_id AND a.book = 'cash' AND a.code = '2103') THEN
    PERFORM refuse('remittances_within_due', 'no more is paid to the treasury than is due to it (2103)');
  END IF;
  RETURN NULL;
END
$$;
