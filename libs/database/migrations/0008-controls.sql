-- Controls that no code path can go around. Functions that must see every row (whoever asks) are SECURITY DEFINER with a fixed
-- search path. A refusal of a control is SQLSTATE 23514 with the rule's name as its constraint, as from a CHECK.

CREATE FUNCTION refuse(rule text, because text) RETURNS void LANGUAGE plpgsql AS
$$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = rule, MESSAGE = because;
END
$$;

-- ── insert-only tables ────────────────────────────────────────────────────────────────────────────────────────────────
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  PERFORM refuse('insert_only', format('%s is insert-only: %s refused', tg_table_name, lower(tg_op)));
  RETURN NULL;
END
$$;

DO
$$
DECLARE
  insert_only text;
BEGIN
  FOREACH insert_only IN ARRAY ARRAY['case_events', 'case_facts', 'case_duties', 'commands', 'postings', 'entries', 'batch_approvals',
    'recovery_receipts', 'evidence', 'bank_files', 'policy_versions']
  LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
      insert_only || '_insert_only', insert_only);
  END LOOP;
END
$$;

-- ── cases: only forward, never without its event; what a case is never changes ────────────────────────────────────────
CREATE FUNCTION refuse_case_update() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF NEW.version <= OLD.version OR NEW.last_at < OLD.last_at THEN
    PERFORM refuse('cases_version_grows', format('case %s: version %s cannot follow %s', OLD.case_no, NEW.version, OLD.version));
  END IF;
  PERFORM refuse('cases_identity', format('case %s: its number, organisation, district, policy and opening are fixed', OLD.case_no));
  RETURN NULL;
END
$$;

CREATE TRIGGER cases_guard BEFORE UPDATE ON cases FOR EACH ROW
  WHEN (NEW.version <= OLD.version OR NEW.last_at < OLD.last_at
    OR (NEW.id, NEW.case_no, NEW.policy_id, NEW.organisation_id, NEW.district, NEW.opened_on, NEW.opened_by)
      IS DISTINCT FROM (OLD.id, OLD.case_no, OLD.policy_id, OLD.organisation_id, OLD.district, OLD.opened_on, OLD.opened_by))
  EXECUTE FUNCTION refuse_case_update();

-- Fires at the end of the statement, so it finds the events that the same statement wrote.
CREATE FUNCTION check_case_head() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
DECLARE
  written bigint;
  head bytea;
BEGIN
  SELECT count(*), max(hash) FILTER (WHERE seq = NEW.version) INTO written, head
    FROM case_events WHERE case_id = NEW.id AND seq > OLD.version AND seq <= NEW.version;
  IF written <> NEW.version - OLD.version OR head IS DISTINCT FROM NEW.head_hash THEN
    PERFORM refuse('cases_head_is_last_event', format('case %s: version %s and its hash are not those of its last event', NEW.case_no, NEW.version));
  END IF;
  RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER cases_head AFTER UPDATE ON cases DEFERRABLE INITIALLY IMMEDIATE
  FOR EACH ROW EXECUTE FUNCTION check_case_head();

-- ── correcting events: what one person proposed, another confirms, word for word ──────────────────────────────────────
CREATE FUNCTION check_correction() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
DECLARE
  proposed case_events;
BEGIN
  SELECT * INTO proposed FROM case_events e
   WHERE e.case_id = NEW.case_id AND e.seq::text = NEW.data ->> 'proposal' AND e.type = 'correction.proposed';
  IF NOT FOUND THEN
    PERFORM refuse('case_events_four_eyes', format('%s needs data.proposal, the seq of a correction.proposed of this case', NEW.type));
  ELSIF proposed.actor = NEW.actor THEN
    PERFORM refuse('case_events_four_eyes', format('%s must be confirmed by another person than its proposer', NEW.type));
  ELSIF proposed.data #>> '{correction,type}' IS DISTINCT FROM NEW.type
    OR (proposed.data #> '{correction,data}') - 'proposal' IS DISTINCT FROM NEW.data - 'proposal' THEN
    PERFORM refuse('case_events_four_eyes', format('%s differs from what was proposed in event %s', NEW.type, proposed.seq));
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER case_events_four_eyes BEFORE INSERT ON case_events FOR EACH ROW
  WHEN (NEW.type IN ('decision.rescinded', 'fact.corrected', 'notice.withdrawn', 'recovery.writtenOff'))
  EXECUTE FUNCTION check_correction();

-- ── ledger: balanced at commit, written whole, never below zero ───────────────────────────────────────────────────────
CREATE FUNCTION open_balance() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  INSERT INTO account_balances (account_id, posted_fen) VALUES (NEW.id, 0);
  RETURN NULL;
END
$$;

CREATE TRIGGER accounts_open_balance AFTER INSERT ON accounts FOR EACH ROW WHEN (NEW.min_zero) EXECUTE FUNCTION open_balance();

CREATE FUNCTION post_balances() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF EXISTS (SELECT FROM added a JOIN postings p ON p.id = a.posting_id
              WHERE p.tx <> (pg_current_xact_id()::text)::bigint) THEN
    PERFORM refuse('entries_with_their_posting', 'entries are written in the transaction of their posting');
  END IF;
  PERFORM FROM account_balances b WHERE b.account_id IN (SELECT account_id FROM added) ORDER BY b.account_id FOR UPDATE;
  UPDATE account_balances b SET posted_fen = b.posted_fen + moved.fen
    FROM (SELECT account_id, sum(amount_fen)::bigint AS fen FROM added GROUP BY account_id) moved
   WHERE b.account_id = moved.account_id;
  RETURN NULL;
END
$$;

CREATE TRIGGER entries_post_balances AFTER INSERT ON entries REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION post_balances();

CREATE FUNCTION check_posting() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
DECLARE
  lines bigint;
  total numeric;
  at_home boolean;
BEGIN
  SELECT count(*), sum(e.amount_fen), bool_and(a.fund_id IS NOT DISTINCT FROM NEW.fund_id AND a.book IS NOT DISTINCT FROM NEW.book)
    INTO lines, total, at_home
    FROM entries e LEFT JOIN accounts a ON a.id = e.account_id WHERE e.posting_id = NEW.id;
  IF lines < 2 OR total <> 0 THEN
    PERFORM refuse('postings_balanced', format('posting %s (%s): %s entries with sum %s', NEW.id, NEW.event_type, lines, total));
  ELSIF NOT at_home THEN
    PERFORM refuse('postings_one_fund_and_book', format('posting %s: every account must be of its fund and book', NEW.id));
  END IF;
  RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER postings_balanced AFTER INSERT ON postings DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_posting();

-- ── payee accounts and appropriations: proposed by one, decided by another, never edited ──────────────────────────────
CREATE FUNCTION check_payee_account() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF tg_op = 'INSERT' THEN
    IF NEW.state <> 'proposed' THEN
      PERFORM refuse('payee_accounts_four_eyes', 'a payee account begins as proposed');
    END IF;
  ELSIF (NEW.id, NEW.organisation_id, NEW.holder_name, NEW.account_no, NEW.bank_no, NEW.bank_name, NEW.content_hash, NEW.proposed_by)
    IS DISTINCT FROM (OLD.id, OLD.organisation_id, OLD.holder_name, OLD.account_no, OLD.bank_no, OLD.bank_name, OLD.content_hash, OLD.proposed_by)
    OR (OLD.decided_by IS NOT NULL AND (NEW.decided_by, NEW.decided_at) IS DISTINCT FROM (OLD.decided_by, OLD.decided_at)) THEN
    PERFORM refuse('payee_accounts_immutable', 'a payee account is never edited: propose a new one');
  ELSIF (OLD.state, NEW.state) NOT IN (('proposed', 'approved'), ('proposed', 'rejected'), ('approved', 'retired')) THEN
    PERFORM refuse('payee_accounts_transition', format('a payee account cannot go from %s to %s', OLD.state, NEW.state));
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER payee_accounts_guard BEFORE INSERT OR UPDATE ON payee_accounts FOR EACH ROW EXECUTE FUNCTION check_payee_account();

CREATE FUNCTION check_appropriation() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF tg_op = 'INSERT' THEN
    IF NEW.state <> 'proposed' THEN
      PERFORM refuse('appropriations_four_eyes', 'an appropriation begins as proposed');
    END IF;
  ELSIF OLD.state <> 'proposed' OR (NEW.id, NEW.fund_id, NEW.amount_fen, NEW.document_no, NEW.proposed_by)
    IS DISTINCT FROM (OLD.id, OLD.fund_id, OLD.amount_fen, OLD.document_no, OLD.proposed_by) THEN
    PERFORM refuse('appropriations_immutable', 'an appropriation is decided once and never edited');
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER appropriations_guard BEFORE INSERT OR UPDATE ON appropriations FOR EACH ROW EXECUTE FUNCTION check_appropriation();

-- ── batches: signed by somebody who neither made the list nor decided on a case in it ─────────────────────────────────
CREATE FUNCTION check_batch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
DECLARE
  signers uuid[];
  lines bigint;
  fen numeric;
BEGIN
  IF tg_op = 'INSERT' THEN
    IF NEW.state <> 'draft' THEN
      PERFORM refuse('batches_transition', 'a batch begins as a draft');
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
    ('draft', 'pending_approval'), ('draft', 'cancelled'),
    ('pending_approval', 'approved'), ('pending_approval', 'rejected'), ('pending_approval', 'cancelled'),
    ('approved', 'processing'), ('approved', 'cancelled'), ('processing', 'done')) THEN
    PERFORM refuse('batches_transition', format('batch %s cannot go from %s to %s', OLD.batch_no, OLD.state, NEW.state));
  END IF;
  IF (NEW.id, NEW.batch_no, NEW.fund_id, NEW.rail, NEW.maker_id) IS DISTINCT FROM (OLD.id, OLD.batch_no, OLD.fund_id, OLD.rail, OLD.maker_id)
    OR (OLD.state = 'pending_approval' AND (NEW.line_count > OLD.line_count OR NEW.total_fen > OLD.total_fen OR NEW.content_hash IS NULL))
    OR (OLD.state NOT IN ('draft', 'pending_approval') AND (NEW.content_hash, NEW.line_count, NEW.total_fen)
      IS DISTINCT FROM (OLD.content_hash, OLD.line_count, OLD.total_fen)) THEN
    PERFORM refuse('batches_frozen', format('batch %s was submitted: it may lose lines before it is signed, and nothing else', OLD.batch_no));
  END IF;
  IF NEW.state = 'approved' AND OLD.state <> 'approved' THEN
    SELECT array_agg(person_id) INTO signers FROM batch_approvals
     WHERE batch_id = NEW.id AND decision = 'approve' AND content_hash = NEW.content_hash AND person_id <> NEW.maker_id;
    IF signers IS NULL THEN
      PERFORM refuse('batches_four_eyes', format('batch %s has no approval of this content by another person than its maker', NEW.batch_no));
    END IF;
    IF EXISTS (SELECT FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id JOIN case_duties c ON c.case_id = d.case_id
                WHERE t.batch_id = NEW.id AND t.state NOT IN ('cancelled', 'rejected')
                  AND c.duty <> 'pay' AND (c.person_id = NEW.maker_id OR c.person_id = ANY (signers))) THEN
      PERFORM refuse('batches_case_exclusion', format('maker or approver of batch %s decided on a case in it', NEW.batch_no));
    END IF;
    SELECT count(*), coalesce(sum(amount_fen), 0) INTO lines, fen FROM transfers
     WHERE batch_id = NEW.id AND state NOT IN ('cancelled', 'rejected');
    IF lines = 0 OR lines <> NEW.line_count OR fen <> NEW.total_fen THEN
      PERFORM refuse('batches_total', format('batch %s: %s lines with %s fen are not what was signed', NEW.batch_no, lines, fen));
    END IF;
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER batches_guard BEFORE INSERT OR UPDATE ON batches FOR EACH ROW EXECUTE FUNCTION check_batch();

CREATE FUNCTION check_batch_approval() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
DECLARE
  signed batches;
BEGIN
  SELECT * INTO signed FROM batches WHERE id = NEW.batch_id FOR SHARE;
  IF signed.maker_id = NEW.person_id THEN
    PERFORM refuse('batches_four_eyes', format('the maker of batch %s cannot decide on it', signed.batch_no));
  ELSIF signed.state <> 'pending_approval' OR (NEW.decision = 'approve' AND signed.content_hash IS DISTINCT FROM NEW.content_hash) THEN
    PERFORM refuse('batches_content_hash', format('batch %s is not awaiting a decision on this content', signed.batch_no));
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER batch_approvals_guard BEFORE INSERT ON batch_approvals FOR EACH ROW EXECUTE FUNCTION check_batch_approval();

-- ── transfers: from an approved account, in the steps of their life, what is signed stays ─────────────────────────────
CREATE FUNCTION check_new_transfers() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  PERFORM FROM batches WHERE id IN (SELECT batch_id FROM added) ORDER BY id FOR SHARE;
  IF EXISTS (SELECT FROM added t JOIN batches b ON b.id = t.batch_id WHERE b.state <> 'draft' OR t.state <> 'draft') THEN
    PERFORM refuse('batches_frozen', 'a line is added as a draft, to a draft batch');
  END IF;
  IF EXISTS (SELECT FROM added t JOIN batches b ON b.id = t.batch_id JOIN disbursements d ON d.id = t.disbursement_id
              WHERE d.amount_fen <> t.amount_fen OR d.fund_id <> b.fund_id OR d.state <> 'requested') THEN
    PERFORM refuse('transfers_of_disbursement', 'a transfer pays one requested disbursement: its amount, its fund');
  END IF;
  IF EXISTS (SELECT FROM added t JOIN disbursements d ON d.id = t.disbursement_id JOIN payee_accounts p ON p.id = d.payee_account_id
              WHERE p.state <> 'approved' OR (p.holder_name, p.account_no, p.bank_no) <> (t.holder_name, t.account_no, t.bank_no)) THEN
    PERFORM refuse('transfers_to_approved_account', 'a transfer goes to the approved payee account of its disbursement');
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER transfers_new AFTER INSERT ON transfers REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION check_new_transfers();

CREATE FUNCTION check_transfer() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF (NEW.id, NEW.disbursement_id, NEW.batch_id, NEW.line_no, NEW.end_to_end_id, NEW.amount_fen, NEW.holder_name, NEW.account_no, NEW.bank_no,
      NEW.remittance)
    IS DISTINCT FROM (OLD.id, OLD.disbursement_id, OLD.batch_id, OLD.line_no, OLD.end_to_end_id, OLD.amount_fen, OLD.holder_name, OLD.account_no,
      OLD.bank_no, OLD.remittance) THEN
    PERFORM refuse('transfers_immutable', format('transfer %s: amount, payee and references are fixed', OLD.end_to_end_id));
  ELSIF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
    ('draft', 'pending_approval'), ('draft', 'cancelled'),
    ('pending_approval', 'approved'), ('pending_approval', 'rejected'), ('pending_approval', 'cancelled'),
    ('approved', 'submitting'), ('approved', 'cancelled'),
    ('submitting', 'submitted'), ('submitting', 'accepted'), ('submitting', 'settled'), ('submitting', 'failed'), ('submitting', 'unknown'),
    ('submitted', 'accepted'), ('submitted', 'settled'), ('submitted', 'failed'), ('submitted', 'unknown'),
    ('accepted', 'settled'), ('accepted', 'failed'), ('accepted', 'unknown'),
    ('unknown', 'submitted'), ('unknown', 'accepted'), ('unknown', 'settled'), ('unknown', 'failed'),
    ('settled', 'returned')) THEN
    PERFORM refuse('transfers_transition', format('transfer %s cannot go from %s to %s', OLD.end_to_end_id, OLD.state, NEW.state));
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER transfers_guard BEFORE UPDATE ON transfers FOR EACH ROW EXECUTE FUNCTION check_transfer();

CREATE FUNCTION check_transfers_signed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF EXISTS (SELECT FROM changed t JOIN batches b ON b.id = t.batch_id
              WHERE t.state IN ('approved', 'submitting') AND b.state NOT IN ('approved', 'processing')) THEN
    PERFORM refuse('transfers_signed', 'a transfer is approved and sent only in an approved batch');
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER transfers_signed AFTER UPDATE ON transfers REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION check_transfers_signed();

-- ── sandbox clock ─────────────────────────────────────────────────────────────────────────────────────────────────────
CREATE FUNCTION refuse_clock_back() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  PERFORM refuse('sandbox_clock_forward', 'the sandbox clock only moves forward');
  RETURN NULL;
END
$$;

CREATE TRIGGER sandbox_clock_forward BEFORE UPDATE ON sandbox_clock FOR EACH ROW
  WHEN (NEW.offset_ms < OLD.offset_ms) EXECUTE FUNCTION refuse_clock_back();

-- ── exclusions across institutions ────────────────────────────────────────────────────────────────────────────────────
-- Which of these persons are already counted, in which case and period: the row and reason an importer shows.
CREATE FUNCTION exclusion_conflicts(person_keys bytea[], grp text, wanted daterange, own_case uuid)
  RETURNS TABLE (person_key bytea, case_no text, period daterange)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
  SELECT x.person_key, c.case_no, x.period
    FROM exclusion_claims x JOIN cases c ON c.id = x.case_id
   WHERE x.live AND x.person_key = ANY (person_keys) AND x.exclusion_group = grp AND x.period && wanted
     AND x.case_id IS DISTINCT FROM own_case AND app_scope() <> 'none'
   ORDER BY x.person_key, x.period
$$;
