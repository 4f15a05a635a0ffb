-- What the one door needs from the database.

-- Readable case numbers, unique for ever.
CREATE SEQUENCE case_numbers;
GRANT USAGE ON SEQUENCE case_numbers TO tranche_app;

-- Each given row must have hit one row of the table. When one had moved on, the statement fails, and the COMMIT that was
-- sent right behind it in the same round trip becomes a rollback.
CREATE FUNCTION expect_rows(statement text, given integer, hit integer) RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
  IF given IS DISTINCT FROM hit THEN
    RAISE EXCEPTION '%: % rows given, % hit', statement, given, hit USING ERRCODE = 'TR001';
  END IF;
  RETURN hit;
END $$;

-- Readable batch numbers (拨付单号).
CREATE SEQUENCE batch_numbers;
GRANT USAGE ON SEQUENCE batch_numbers TO tranche_app;

-- How far the bank's feed of late news has been read.
CREATE TABLE bank_feeds (
  rail     text PRIMARY KEY,
  last_seq bigint NOT NULL CHECK (last_seq >= 0)
);
GRANT SELECT, INSERT, UPDATE ON bank_feeds TO tranche_app;
