-- A posting of a case and its entries are one statement, and are looked at when it ends: all of them together, from the rows it wrote. Looked at one
-- by one at commit, with a foreign key for each entry, they cost as much again as it takes to write them. A posting of a batch, a fund or a
-- statement line is written in steps and still looked at when its transaction ends.

-- Entries: their posting is written by the same transaction (so it exists: this says what the foreign key said, which no posting can
-- break later, since none is ever deleted), and if it is a case's, what this statement wrote of it is balanced and at home.
CREATE OR REPLACE FUNCTION post_balances() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  -- planned once, while the tables may be empty: postings are looked up by their key whatever their number
  SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS
$$
DECLARE
  odd record;
BEGIN
  SELECT e.* INTO odd FROM (
    SELECT a.posting_id, count(*) AS lines, sum(a.amount_fen) AS total,
        coalesce(bool_and(p.tx = (pg_current_xact_id()::text)::bigint), false) AS of_now, coalesce(bool_or(p.whole), true) AS whole,
        coalesce(bool_and(c.fund_id = p.fund_id AND c.book = p.book), false) AS at_home
      FROM added a LEFT JOIN accounts c ON c.id = a.account_id
      LEFT JOIN LATERAL (SELECT x.tx, x.fund_id, x.book, x.case_id IS NOT NULL AS whole FROM postings x WHERE x.id = a.posting_id OFFSET 0) p ON true
     GROUP BY a.posting_id) e
   WHERE NOT e.of_now OR (e.whole AND (e.lines < 2 OR e.total <> 0 OR NOT e.at_home)) LIMIT 1;
  IF odd.posting_id IS NULL THEN
    NULL;
  ELSIF NOT odd.of_now THEN
    PERFORM refuse('entries_with_their_posting', 'entries are written in the transaction of their posting');
  ELSIF odd.lines < 2 OR odd.total <> 0 THEN
    PERFORM refuse('postings_balanced', format('posting %s: %s entries with sum %s', odd.posting_id, odd.lines, odd.total));
  ELSE
    PERFORM refuse('postings_one_fund_and_book', format('posting %s: every account must be of its fund and book', odd.posting_id));
  END IF;
  PERFORM FROM account_balances b WHERE b.account_id IN (SELECT account_id FROM added) ORDER BY b.account_id FOR UPDATE;
  UPDATE account_balances b SET posted_fen = b.posted_fen + moved.fen
    FROM (SELECT account_id, sum(amount_fen)::bigint AS fen FROM added GROUP BY account_id) moved
   WHERE b.account_id = moved.account_id;
  RETURN NULL;
END
$$;
ALTER TABLE entries DROP CONSTRAINT entries_posting_id_fkey;

-- Postings: one of a case has its entries when its statement ends.
CREATE FUNCTION check_whole_postings() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS
$$
DECLARE
  bare uuid;
BEGIN
  SELECT p.id INTO bare FROM added p LEFT JOIN LATERAL (SELECT true AS found FROM entries e WHERE e.posting_id = p.id LIMIT 1) e ON true
   WHERE p.case_id IS NOT NULL AND e.found IS NULL LIMIT 1;
  IF FOUND THEN
    PERFORM refuse('postings_balanced', format('posting %s: no entries came with it', bare));
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER postings_whole AFTER INSERT ON postings REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION check_whole_postings();

DROP TRIGGER postings_balanced ON postings;
CREATE CONSTRAINT TRIGGER postings_balanced AFTER INSERT ON postings DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.case_id IS NULL) EXECUTE FUNCTION check_posting();
