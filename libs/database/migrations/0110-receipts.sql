-- What banks send us: files, what they say, what it was matched to, and what a person must look at. History is insert-only; a file is one
-- row however often it is sent, a booking is one line however many statements show it.

-- ── files ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE received_files (
  id           uuid PRIMARY KEY,
  sha256       bytea NOT NULL UNIQUE,
  file_name    text NOT NULL,
  byte_count   bigint NOT NULL CHECK (byte_count >= 0),
  -- null: nobody knows what it is
  format       text,
  state        text NOT NULL CHECK (state IN ('received', 'quarantined', 'importing', 'imported', 'rejected')),
  -- why it was set aside: {code, text, faults}
  reason       jsonb,
  received_by  uuid NOT NULL REFERENCES users,
  -- of who brought it; null: all
  district     text,
  -- a second person let it be read all the same, or refused it
  decision     text CHECK (decision IN ('parse-anyway', 'reject')),
  decided_by   uuid REFERENCES users,
  decided_note text,
  -- counts of the import, once it is done
  report       jsonb,
  lease_until  timestamptz,
  received_at  timestamptz NOT NULL,
  imported_at  timestamptz,
  CONSTRAINT received_files_four_eyes CHECK (decided_by <> received_by),
  CONSTRAINT received_files_decided CHECK ((decision IS NULL) = (decided_by IS NULL)),
  CONSTRAINT received_files_reasoned CHECK (state <> 'quarantined' OR reason IS NOT NULL),
  CONSTRAINT received_files_known CHECK (state NOT IN ('importing', 'imported') OR format IS NOT NULL)
);
COMMENT ON TABLE received_files IS '来文: a file a bank sent';

-- the bytes as they came, compressed (gzip), in parts
CREATE TABLE received_file_parts (
  file_id uuid NOT NULL REFERENCES received_files,
  part_no integer NOT NULL CHECK (part_no > 0),
  content bytea NOT NULL,
  PRIMARY KEY (file_id, part_no)
);
ALTER TABLE received_file_parts ALTER COLUMN content SET STORAGE EXTERNAL;

-- ── what they say ─────────────────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE statements (
  id           uuid PRIMARY KEY,
  file_id      uuid NOT NULL REFERENCES received_files,
  account_no   text NOT NULL,
  statement_id text NOT NULL,
  page_no      integer NOT NULL CHECK (page_no > 0),
  last_page    boolean NOT NULL,
  sequence_no  text,
  on_date      date,
  opening_fen  bigint,
  closing_fen  bigint,
  -- the closing balance is that of the end of the day
  final        boolean NOT NULL,
  -- its balances are there and agree with its lines, and every line could be read
  sound        boolean NOT NULL,
  line_count   integer NOT NULL CHECK (line_count >= 0),
  credit_fen   bigint NOT NULL,
  debit_fen    bigint NOT NULL,
  recorded_at  timestamptz NOT NULL,
  UNIQUE (account_no, statement_id, page_no)
);
CREATE INDEX statements_by_day ON statements (account_no, on_date);
CREATE INDEX statements_by_file ON statements (file_id);

CREATE TABLE statement_lines (
  id                   uuid PRIMARY KEY,
  file_id              uuid NOT NULL REFERENCES received_files,
  line_no              integer NOT NULL CHECK (line_no > 0),
  at_line              integer NOT NULL,
  at_path              text NOT NULL,
  account_no           text NOT NULL,
  statement_id         text NOT NULL,
  line_key             text NOT NULL,
  direction            text NOT NULL CHECK (direction IN ('credit', 'debit')),
  amount_fen           bigint NOT NULL CHECK (amount_fen > 0),
  booked_on            date NOT NULL,
  reversal             boolean NOT NULL,
  end_to_end_id        text,
  instr_id             text,
  bank_ref             text,
  counterparty_name    text,
  counterparty_account text,
  remittance           text,
  return_code          text,
  return_text          text,
  UNIQUE (account_no, line_key),
  UNIQUE (file_id, line_no)
);
CREATE INDEX statement_lines_by_day ON statement_lines (account_no, booked_on);
CREATE INDEX statement_lines_by_reference ON statement_lines (end_to_end_id) WHERE end_to_end_id IS NOT NULL;

CREATE TABLE bank_statuses (
  id                  uuid PRIMARY KEY,
  file_id             uuid NOT NULL REFERENCES received_files,
  status_no           integer NOT NULL CHECK (status_no > 0),
  at_line             integer NOT NULL,
  at_path             text NOT NULL,
  level               text NOT NULL CHECK (level IN ('file', 'block', 'transfer')),
  original_message_id text,
  original_block_id   text,
  end_to_end_id       text,
  instr_id            text,
  bank_ref            text,
  meaning             text NOT NULL CHECK (meaning IN ('received', 'accepted', 'settled', 'refused', 'returned')),
  code                text NOT NULL,
  reason_code         text,
  reason_text         text,
  amount_fen          bigint CHECK (amount_fen > 0),
  on_date             date,
  UNIQUE (file_id, status_no)
);
CREATE INDEX bank_statuses_by_reference ON bank_statuses (end_to_end_id) WHERE end_to_end_id IS NOT NULL;

-- ── what a line is: proposed by one person, confirmed by another, or clear by itself ──────────────────────────────────
CREATE TABLE line_proposals (
  id          uuid PRIMARY KEY,
  line_id     uuid NOT NULL REFERENCES statement_lines,
  kind        text NOT NULL CHECK (kind IN ('settled', 'returned', 'recovery', 'other')),
  transfer_id uuid REFERENCES transfers,
  recovery_id uuid REFERENCES recoveries,
  note        text NOT NULL,
  state       text NOT NULL CHECK (state IN ('proposed', 'confirmed', 'rejected')),
  proposed_by uuid NOT NULL REFERENCES users,
  decided_by  uuid REFERENCES users,
  recorded_at timestamptz NOT NULL,
  CONSTRAINT line_proposals_four_eyes CHECK (decided_by <> proposed_by),
  CONSTRAINT line_proposals_decided CHECK ((state = 'proposed') = (decided_by IS NULL)),
  CONSTRAINT line_proposals_about CHECK (
    (kind IN ('settled', 'returned')) = (transfer_id IS NOT NULL) AND (kind = 'recovery') = (recovery_id IS NOT NULL))
);
CREATE UNIQUE INDEX line_proposals_one_open ON line_proposals (line_id) WHERE state <> 'rejected';

-- A transfer is reconciled (`reconciled_at`) exactly when a debit line is matched to it: `recorded_at` of its row with kind `settled`.
CREATE TABLE matches (
  line_id     uuid PRIMARY KEY REFERENCES statement_lines,
  kind        text NOT NULL CHECK (kind IN ('settled', 'returned', 'recovery', 'other')),
  transfer_id uuid REFERENCES transfers,
  recovery_id uuid REFERENCES recoveries,
  rule        text NOT NULL CHECK (rule IN ('end-to-end-id', 'bank-reference', 'two-persons')),
  proposal_id uuid UNIQUE REFERENCES line_proposals,
  matched_by  text NOT NULL,
  recorded_at timestamptz NOT NULL,
  CONSTRAINT matches_about CHECK (
    (kind IN ('settled', 'returned')) = (transfer_id IS NOT NULL) AND (kind = 'recovery') = (recovery_id IS NOT NULL)),
  CONSTRAINT matches_by_two CHECK ((rule = 'two-persons') = (proposal_id IS NOT NULL)),
  CONSTRAINT matches_not_guessed CHECK (kind IN ('settled', 'returned') OR rule = 'two-persons')
);
-- one debit pays a transfer, one credit brings it back
CREATE UNIQUE INDEX matches_once ON matches (transfer_id, kind) WHERE transfer_id IS NOT NULL;

-- Credits nobody could explain when they came: in the books as unidentified receipts (2102) of this fund, until a match says what they are.
CREATE TABLE suspense_items (
  line_id     uuid PRIMARY KEY REFERENCES statement_lines,
  fund_id     uuid NOT NULL REFERENCES funds,
  amount_fen  bigint NOT NULL CHECK (amount_fen > 0),
  booked_on   date NOT NULL,
  -- the posting it is part of: file and day
  posted_as   text NOT NULL,
  recorded_at timestamptz NOT NULL
);
CREATE INDEX suspense_items_by_posting ON suspense_items (posted_as);

CREATE TABLE receipt_worklist (
  id          uuid PRIMARY KEY,
  file_id     uuid NOT NULL REFERENCES received_files,
  item_no     integer NOT NULL CHECK (item_no > 0),
  at_line     integer NOT NULL,
  at_path     text NOT NULL,
  code        text NOT NULL,
  text        jsonb NOT NULL,
  found       text NOT NULL,
  line_id     uuid REFERENCES statement_lines,
  transfer_id uuid REFERENCES transfers,
  state       text NOT NULL CHECK (state IN ('open', 'done')),
  closed_by   text,
  closed_note text,
  closed_at   timestamptz,
  recorded_at timestamptz NOT NULL,
  UNIQUE (file_id, item_no),
  CONSTRAINT receipt_worklist_closed CHECK ((state = 'done') = (closed_by IS NOT NULL AND closed_at IS NOT NULL))
);
-- the same thing about the same place is told once, however often an import is taken up again
CREATE UNIQUE INDEX receipt_worklist_once ON receipt_worklist (file_id, at_line, at_path, code);
CREATE INDEX receipt_worklist_open ON receipt_worklist (id) WHERE state = 'open';
CREATE INDEX receipt_worklist_by_line ON receipt_worklist (line_id) WHERE line_id IS NOT NULL;

-- An unknown transfer that the closed statement of its day does not show may be released by two persons.
CREATE TABLE transfer_releases (
  id          uuid PRIMARY KEY,
  transfer_id uuid NOT NULL REFERENCES transfers,
  note        text NOT NULL,
  state       text NOT NULL CHECK (state IN ('proposed', 'confirmed', 'rejected')),
  proposed_by uuid NOT NULL REFERENCES users,
  decided_by  uuid REFERENCES users,
  recorded_at timestamptz NOT NULL,
  CONSTRAINT transfer_releases_four_eyes CHECK (decided_by <> proposed_by),
  CONSTRAINT transfer_releases_decided CHECK ((state = 'proposed') = (decided_by IS NULL))
);
CREATE UNIQUE INDEX transfer_releases_one_open ON transfer_releases (transfer_id) WHERE state <> 'rejected';

CREATE TABLE reconciliations (
  id           uuid PRIMARY KEY,
  account_no   text NOT NULL,
  on_date      date NOT NULL,
  content      jsonb NOT NULL,
  content_hash bytea NOT NULL,
  prepared_by  uuid NOT NULL REFERENCES users,
  signed_by    uuid REFERENCES users,
  signed_at    timestamptz,
  recorded_at  timestamptz NOT NULL,
  UNIQUE (account_no, on_date, content_hash),
  CONSTRAINT reconciliations_four_eyes CHECK (signed_by <> prepared_by),
  CONSTRAINT reconciliations_signed CHECK ((signed_by IS NULL) = (signed_at IS NULL))
);
CREATE UNIQUE INDEX reconciliations_one_signed ON reconciliations (account_no, on_date) WHERE signed_by IS NOT NULL;

-- ── a statement is closed when its last page is there and every page agrees with the next ─────────────────────────────
CREATE FUNCTION closed_statement(account text, statement text) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
  SELECT coalesce(bool_and(sound) AND bool_or(last_page AND final) AND count(*) = max(page_no) AND bool_and(page_no = 1 OR opening_fen = earlier)
      AND max(page_no) FILTER (WHERE last_page) = max(page_no), false)
    FROM (SELECT s.*, lag(closing_fen) OVER (ORDER BY page_no) AS earlier FROM statements s
           WHERE s.account_no = account AND s.statement_id = statement) pages
$$;
-- the last day that the closed statements of an account cover
CREATE FUNCTION closed_until(account text) RETURNS date
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$ SELECT max(s.on_date) FROM statements s WHERE s.account_no = account AND s.last_page AND s.final AND closed_statement(account, s.statement_id) $$;

CREATE INDEX transfers_by_bank_reference ON transfers (bank_reference) WHERE bank_reference IS NOT NULL;

-- ── controls ──────────────────────────────────────────────────────────────────────────────────────────────────────────
DO
$$
DECLARE
  insert_only text;
BEGIN
  FOREACH insert_only IN ARRAY ARRAY['received_file_parts', 'statements', 'statement_lines', 'bank_statuses', 'matches', 'suspense_items'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
      insert_only || '_insert_only', insert_only);
  END LOOP;
END
$$;

CREATE FUNCTION check_received_file() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF tg_op = 'INSERT' THEN
    IF NEW.state <> 'received' OR NEW.decision IS NOT NULL THEN
      PERFORM refuse('received_files_transition', 'a file begins as received');
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.sha256, NEW.file_name, NEW.byte_count, NEW.received_by, NEW.received_at)
    IS DISTINCT FROM (OLD.id, OLD.sha256, OLD.file_name, OLD.byte_count, OLD.received_by, OLD.received_at)
    OR (OLD.decision IS NOT NULL AND (NEW.decision, NEW.decided_by, NEW.decided_note) IS DISTINCT FROM (OLD.decision, OLD.decided_by, OLD.decided_note))
    OR (OLD.format IS NOT NULL AND NEW.format IS DISTINCT FROM OLD.format) THEN
    PERFORM refuse('received_files_frozen', format('file %s: what was received and decided stays', OLD.file_name));
  ELSIF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('received', 'quarantined'), ('received', 'importing'), ('importing', 'imported'),
      ('quarantined', 'importing'), ('quarantined', 'rejected')) THEN
    PERFORM refuse('received_files_transition', format('file %s cannot go from %s to %s', OLD.file_name, OLD.state, NEW.state));
  ELSIF OLD.state = 'quarantined' AND NEW.state <> OLD.state AND (NEW.decided_by IS NULL OR NEW.decided_by = NEW.received_by
      OR (NEW.state = 'importing') <> (NEW.decision = 'parse-anyway')) THEN
    PERFORM refuse('received_files_four_eyes', format('file %s was set aside: another person decides', OLD.file_name));
  ELSIF NEW.decision IS NOT NULL AND OLD.decision IS NULL AND OLD.state <> 'quarantined' THEN
    PERFORM refuse('received_files_four_eyes', format('file %s awaits no decision', OLD.file_name));
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER received_files_guard BEFORE INSERT OR UPDATE ON received_files FOR EACH ROW EXECUTE FUNCTION check_received_file();

CREATE FUNCTION check_decided_once() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF tg_op = 'INSERT' THEN
    IF NEW.state <> 'proposed' THEN
      PERFORM refuse(tg_table_name || '_four_eyes', 'it begins as proposed');
    END IF;
  ELSIF OLD.state <> 'proposed' OR (to_jsonb(NEW) - 'state' - 'decided_by') <> (to_jsonb(OLD) - 'state' - 'decided_by') THEN
    PERFORM refuse(tg_table_name || '_immutable', 'what was proposed is decided once and never edited');
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER line_proposals_guard BEFORE INSERT OR UPDATE ON line_proposals FOR EACH ROW EXECUTE FUNCTION check_decided_once();
CREATE TRIGGER transfer_releases_guard BEFORE INSERT OR UPDATE ON transfer_releases FOR EACH ROW EXECUTE FUNCTION check_decided_once();

-- At the end of the statement, so that it sees what the same statement did to the transfer.
CREATE FUNCTION check_matches() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
DECLARE
  wrong uuid;
BEGIN
  SELECT a.line_id INTO wrong FROM added a JOIN statement_lines l ON l.id = a.line_id LEFT JOIN transfers t ON t.id = a.transfer_id
    LEFT JOIN batches b ON b.id = t.batch_id LEFT JOIN funds f ON f.id = b.fund_id
   WHERE a.transfer_id IS NOT NULL AND (l.amount_fen <> t.amount_fen OR l.account_no <> f.debtor_account_no
      OR (a.kind = 'settled') <> (l.direction = 'debit')
      OR (a.kind = 'settled' AND t.state NOT IN ('settled', 'returned')) OR (a.kind = 'returned' AND t.state <> 'returned')
      OR (a.rule = 'end-to-end-id' AND l.end_to_end_id IS DISTINCT FROM t.end_to_end_id)
      OR (a.rule = 'bank-reference' AND l.bank_ref IS DISTINCT FROM t.bank_reference)) LIMIT 1;
  IF FOUND THEN
    PERFORM refuse('matches_agree', format('line %s is not the booking of this transfer', wrong));
  END IF;
  SELECT a.line_id INTO wrong FROM added a LEFT JOIN line_proposals p ON p.id = a.proposal_id
   WHERE a.rule = 'two-persons' AND (p.state, p.line_id, p.kind, p.transfer_id, p.recovery_id)
     IS DISTINCT FROM ('confirmed', a.line_id, a.kind, a.transfer_id, a.recovery_id) LIMIT 1;
  IF FOUND THEN
    PERFORM refuse('matches_by_two', format('what line %s is must be said by two persons', wrong));
  END IF;
  IF EXISTS (SELECT FROM added a JOIN statement_lines l ON l.id = a.line_id WHERE a.kind = 'recovery' AND l.direction <> 'credit') THEN
    PERFORM refuse('matches_agree', 'a recovery is paid by a credit');
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER matches_guard AFTER INSERT ON matches REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION check_matches();

CREATE FUNCTION check_release() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
DECLARE
  account text;
  sent_on date;
BEGIN
  SELECT f.debtor_account_no, (SELECT max(e.occurred_on) FROM case_events e WHERE e.case_id = d.case_id AND e.type = 'disbursement.submitted'
      AND e.data ->> 'disbursement' = d.id::text) INTO account, sent_on
    FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id JOIN batches b ON b.id = t.batch_id JOIN funds f ON f.id = b.fund_id
   WHERE t.id = NEW.transfer_id AND t.state = 'unknown';
  IF sent_on IS NULL THEN
    PERFORM refuse('transfer_releases_unknown', 'only a transfer whose outcome is unknown is released');
  ELSIF coalesce(closed_until(account) < sent_on, true) THEN
    PERFORM refuse('transfer_releases_closed_day', format('no closed statement of account %s covers %s yet', account, sent_on));
  ELSIF EXISTS (SELECT FROM statement_lines l JOIN transfers t ON t.end_to_end_id = l.end_to_end_id WHERE t.id = NEW.transfer_id) THEN
    PERFORM refuse('transfer_releases_booked', 'a statement line names this transfer');
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER transfer_releases_allowed BEFORE INSERT OR UPDATE ON transfer_releases FOR EACH ROW WHEN (NEW.state <> 'rejected')
  EXECUTE FUNCTION check_release();

CREATE FUNCTION check_reconciliation() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF tg_op = 'INSERT' THEN
    NEW.content_hash := sha256(convert_to(NEW.content::text, 'UTF8'));
    IF NEW.signed_by IS NOT NULL THEN
      PERFORM refuse('reconciliations_four_eyes', 'a reconciliation is prepared first, and signed by another person');
    END IF;
  ELSIF OLD.signed_by IS NOT NULL OR (NEW.id, NEW.account_no, NEW.on_date, NEW.content, NEW.content_hash, NEW.prepared_by, NEW.recorded_at)
      IS DISTINCT FROM (OLD.id, OLD.account_no, OLD.on_date, OLD.content, OLD.content_hash, OLD.prepared_by, OLD.recorded_at) THEN
    PERFORM refuse('reconciliations_frozen', 'a reconciliation is signed once, as it was prepared');
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER reconciliations_guard BEFORE INSERT OR UPDATE ON reconciliations FOR EACH ROW EXECUTE FUNCTION check_reconciliation();

-- ── who sees and writes what: finance and those who oversee it, each for the accounts of the own funds ────────────────
DO
$$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['received_files', 'received_file_parts', 'statements', 'statement_lines', 'bank_statuses', 'line_proposals', 'matches',
    'suspense_items', 'receipt_worklist', 'transfer_releases', 'reconciliations']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', guarded);
    EXECUTE format('CREATE POLICY owner ON %I TO CURRENT_USER USING (true) WITH CHECK (true)', guarded);
    EXECUTE format($policy$
      CREATE POLICY finance ON %I TO tranche_app
        USING ((SELECT app_role()) IN ('system', 'maker', 'checker', 'cashier', 'supervisor', 'auditor'))
        WITH CHECK ((SELECT app_role()) IN ('system', 'maker', 'checker', 'cashier'))
    $policy$, guarded);
    EXECUTE format('REVOKE ALL ON %I FROM PUBLIC, tranche_app', guarded);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO tranche_app', guarded);
  END LOOP;
  -- what a file says and what it means is written by the house, whoever brought the file
  FOREACH guarded IN ARRAY ARRAY['statements', 'statement_lines', 'bank_statuses', 'matches', 'suspense_items', 'receipt_worklist'] LOOP
    EXECUTE format($policy$ CREATE POLICY house_writes ON %I AS RESTRICTIVE FOR INSERT TO tranche_app WITH CHECK ((SELECT app_role()) = 'system') $policy$, guarded);
  END LOOP;
  FOREACH guarded IN ARRAY ARRAY['statements', 'statement_lines', 'reconciliations'] LOOP
    EXECUTE format($policy$
      CREATE POLICY of_own_fund ON %I AS RESTRICTIVE TO tranche_app
        USING ((SELECT app_reach()) = 'all' OR EXISTS (SELECT FROM funds f WHERE f.debtor_account_no = account_no))
    $policy$, guarded);
  END LOOP;
  FOREACH guarded IN ARRAY ARRAY['line_proposals', 'matches', 'suspense_items'] LOOP
    EXECUTE format($policy$
      CREATE POLICY of_own_line ON %I AS RESTRICTIVE TO tranche_app
        USING ((SELECT app_reach()) = 'all' OR EXISTS (SELECT FROM statement_lines l WHERE l.id = line_id))
    $policy$, guarded);
  END LOOP;
  FOREACH guarded IN ARRAY ARRAY['received_file_parts', 'bank_statuses', 'receipt_worklist'] LOOP
    EXECUTE format($policy$
      CREATE POLICY of_own_file ON %I AS RESTRICTIVE TO tranche_app
        USING ((SELECT app_reach()) = 'all' OR EXISTS (SELECT FROM received_files r WHERE r.id = file_id))
    $policy$, guarded);
  END LOOP;
  FOREACH guarded IN ARRAY ARRAY['line_proposals', 'transfer_releases'] LOOP
    EXECUTE format($policy$
      CREATE POLICY own_name ON %I AS RESTRICTIVE FOR INSERT TO tranche_app
        WITH CHECK ((SELECT app_role()) = 'system' OR proposed_by::text = (SELECT app_user()))
    $policy$, guarded);
    EXECUTE format($policy$
      CREATE POLICY own_decision ON %I AS RESTRICTIVE FOR UPDATE TO tranche_app USING (true)
        WITH CHECK ((SELECT app_role()) = 'system' OR ((SELECT app_role()) IN ('maker', 'checker') AND decided_by::text = (SELECT app_user())))
    $policy$, guarded);
  END LOOP;
END
$$;
CREATE POLICY of_own_transfer ON transfer_releases AS RESTRICTIVE TO tranche_app
  USING ((SELECT app_reach()) = 'all' OR EXISTS (SELECT FROM transfers t WHERE t.id = transfer_id));
CREATE POLICY own_files ON received_files AS RESTRICTIVE TO tranche_app
  USING ((SELECT app_reach()) = 'all' OR (SELECT app_reach()) = 'district:' || district
    OR EXISTS (SELECT FROM statements s WHERE s.file_id = received_files.id));
CREATE POLICY own_name ON received_files AS RESTRICTIVE FOR INSERT TO tranche_app
  WITH CHECK ((SELECT app_role()) = 'system' OR ((SELECT app_role()) = 'cashier' AND received_by::text = (SELECT app_user())));
-- the house moves a file along; only people decide about one that was set aside, in the own name
CREATE POLICY own_decision ON received_files AS RESTRICTIVE FOR UPDATE TO tranche_app USING ((SELECT app_role()) = 'system' OR state = 'quarantined')
  WITH CHECK ((SELECT app_role()) = 'system' OR ((SELECT app_role()) IN ('maker', 'checker') AND decided_by::text = (SELECT app_user())));
CREATE POLICY own_name ON reconciliations AS RESTRICTIVE FOR INSERT TO tranche_app
  WITH CHECK (prepared_by::text = (SELECT app_user()));
CREATE POLICY own_signature ON reconciliations AS RESTRICTIVE FOR UPDATE TO tranche_app USING (true)
  WITH CHECK ((SELECT app_role()) = 'checker' AND signed_by::text = (SELECT app_user()));
-- an item is closed in the own name, by a person or by the house that found the answer
CREATE POLICY own_name ON receipt_worklist AS RESTRICTIVE FOR UPDATE TO tranche_app USING (state = 'open')
  WITH CHECK (closed_by = (SELECT app_user()));

GRANT UPDATE (format, state, reason, decision, decided_by, decided_note, report, lease_until, imported_at) ON received_files TO tranche_app;
GRANT UPDATE (state, decided_by) ON line_proposals, transfer_releases TO tranche_app;
GRANT UPDATE (state, closed_by, closed_note, closed_at) ON receipt_worklist TO tranche_app;
GRANT UPDATE (signed_by, signed_at) ON reconciliations TO tranche_app;
REVOKE EXECUTE ON FUNCTION closed_statement(text, text), closed_until(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION closed_statement(text, text), closed_until(text) TO tranche_app;

-- the verification compares the books with them
CREATE POLICY auditor ON suspense_items FOR SELECT TO tranche_auditor USING (true);
CREATE POLICY auditor ON matches FOR SELECT TO tranche_auditor USING (true);
GRANT SELECT ON suspense_items, matches TO tranche_auditor;
