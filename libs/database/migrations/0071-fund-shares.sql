-- A payment that several funds make up (central, province, city) is one obligation and one transfer; what each bears stands beside it as
-- '<fund>=<fen>+<fund>=<fen>', the fund that pays it out last. Only the books split it.

CREATE FUNCTION fund_shares_of(paying uuid, shares text, whole bigint) RETURNS TABLE (fund_id uuid, fen bigint)
  LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS
$$
  SELECT paying, whole WHERE shares IS NULL
  UNION ALL
  SELECT split_part(part, '=', 1)::uuid, split_part(part, '=', 2)::bigint FROM regexp_split_to_table(shares, '\+') AS part WHERE shares IS NOT NULL
$$;

CREATE FUNCTION fund_share(paying uuid, shares text, whole bigint, of uuid) RETURNS bigint
  LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS
$$ SELECT sum(s.fen)::bigint FROM fund_shares_of(paying, shares, whole) s WHERE s.fund_id = of $$;

-- As many fen as are owed, in at least two shares, each of another fund, the last of the fund that pays.
CREATE FUNCTION fund_shares_sound(paying uuid, shares text, whole bigint) RETURNS boolean
  LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS
$$
  SELECT shares ~ '^[0-9a-f-]{36}=[0-9]+(\+[0-9a-f-]{36}=[0-9]+)+$' AND sum(s.fen) = whole AND count(*) = count(DISTINCT s.fund_id)
    AND right(regexp_replace(shares, '=[0-9]+$', ''), 36) = paying::text
    FROM fund_shares_of(paying, shares, whole) s
$$;

ALTER TABLE disbursements ADD COLUMN fund_shares text;
ALTER TABLE disbursements ADD CONSTRAINT disbursements_shares
  CHECK (fund_shares IS NULL OR fund_shares_sound(fund_id, fund_shares, amount_fen));

-- One transfer leaves one account: funds that make up a payment together must lie in it together.
CREATE FUNCTION check_shared_account() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF (SELECT count(DISTINCT (f.debtor_name, f.debtor_account_no, f.debtor_bank_no)) <> 1 OR count(*) <> (SELECT count(*) FROM fund_shares_of(NEW.fund_id, NEW.fund_shares, NEW.amount_fen))
        FROM funds f WHERE f.id IN (SELECT s.fund_id FROM fund_shares_of(NEW.fund_id, NEW.fund_shares, NEW.amount_fen) s)) THEN
    PERFORM refuse('disbursements_one_account', 'funds that share a payment lie in one account');
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER disbursements_one_account BEFORE INSERT ON disbursements FOR EACH ROW WHEN (NEW.fund_shares IS NOT NULL)
  EXECUTE FUNCTION check_shared_account();
