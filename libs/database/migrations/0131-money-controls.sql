-- Who signs how much, which account is paid from when, and whom nobody pays: parameters of the house, and the controls that read them.

-- ── parameters of the house: proposed and approved like those of a policy, read by the database itself ────────────────
-- The nearest place wins, then the latest day in force. What nobody set is as it stands here, and nowhere else.
CREATE FUNCTION house_parameter(wanted text, place text, day date) RETURNS jsonb
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
  SELECT coalesce(
    (SELECT p.value FROM parameters p
      WHERE p.policy_id = 'house' AND p.key = wanted AND p.approved_by IS NOT NULL AND p.effective_from <= day
        AND p.scope IN (place, 'CN-' || place, 'CN-' || left(place, 4), 'CN-' || left(place, 2), '*')
      ORDER BY array_position(ARRAY[place, 'CN-' || place, 'CN-' || left(place, 4), 'CN-' || left(place, 2), '*'], p.scope),
        p.effective_from DESC, p.decided_at DESC NULLS LAST, p.id DESC LIMIT 1),
    CASE wanted
      -- one checker for any amount, until the office sets bands
      WHEN 'payment.approval-bands' THEN '{"0": 1}'::jsonb
      -- a changed account waits a day, so that its owner can notice
      WHEN 'payee.cooling-hours' THEN '24'::jsonb
    END)
$$;

CREATE FUNCTION signers_needed(fen bigint, place text, day date) RETURNS integer
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
  SELECT greatest(1, coalesce(max(band.signers::int), 1))
    FROM jsonb_each_text(house_parameter('payment.approval-bands', place, day)) AS band(from_fen, signers) WHERE band.from_fen::bigint <= fen
$$;

-- ── batches: as many signatures of exactly this content as the amount demands, of people who never decided on a case in it ──
ALTER TABLE batch_approvals DROP CONSTRAINT batch_approvals_pkey;
-- a line that left voids the signatures before it: who signed may sign again, what is left
ALTER TABLE batch_approvals ADD CONSTRAINT batch_approvals_pkey PRIMARY KEY (batch_id, person_id, decision, content_hash);

CREATE OR REPLACE FUNCTION check_batch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
DECLARE
  signers uuid[];
  needed integer;
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
    SELECT array_agg(DISTINCT person_id) INTO signers FROM batch_approvals
     WHERE batch_id = NEW.id AND decision = 'approve' AND content_hash = NEW.content_hash AND person_id <> NEW.maker_id;
    IF signers IS NULL THEN
      PERFORM refuse('batches_four_eyes', format('batch %s has no approval of this content by another person than its maker', NEW.batch_no));
    END IF;
    SELECT signers_needed(NEW.total_fen, f.district, legal_today()) INTO needed FROM funds f WHERE f.id = NEW.fund_id;
    IF cardinality(signers) < needed THEN
      PERFORM refuse('batches_enough_signers',
        format('batch %s of %s fen needs %s signatures and has %s', NEW.batch_no, NEW.total_fen, needed, cardinality(signers)));
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

-- ── payee accounts: one that takes the place of another is paid after a pause ─────────────────────────────────────────
-- The first account of a payee waits for nothing: no payment runs that it could lead astray, and it was checked with the application.
ALTER TABLE payee_accounts
  ADD COLUMN changed boolean NOT NULL DEFAULT false,
  ADD COLUMN usable_from timestamptz;
UPDATE payee_accounts SET usable_from = decided_at WHERE state IN ('approved', 'retired');
ALTER TABLE payee_accounts ADD CONSTRAINT payee_accounts_usable CHECK (state NOT IN ('approved', 'retired') OR usable_from IS NOT NULL);

CREATE FUNCTION set_account_pause() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
DECLARE
  hours integer;
BEGIN
  IF tg_op = 'INSERT' OR NEW.state <> 'approved' OR OLD.state = 'approved' THEN
    NEW.changed := CASE WHEN tg_op = 'INSERT' THEN false ELSE OLD.changed END;
    NEW.usable_from := CASE WHEN tg_op = 'INSERT' THEN NULL ELSE OLD.usable_from END;
    RETURN NEW;
  END IF;
  NEW.changed := EXISTS (SELECT FROM payee_accounts p WHERE p.organisation_id = NEW.organisation_id AND p.id <> NEW.id AND p.state IN ('approved', 'retired'));
  SELECT (house_parameter('payee.cooling-hours', o.district, legal_today()) #>> '{}')::int INTO hours FROM organisations o WHERE o.id = NEW.organisation_id;
  NEW.usable_from := legal_now() + CASE WHEN NEW.changed THEN make_interval(hours => hours) ELSE interval '0' END;
  RETURN NEW;
END
$$;
CREATE TRIGGER payee_accounts_pause BEFORE INSERT OR UPDATE ON payee_accounts FOR EACH ROW EXECUTE FUNCTION set_account_pause();

-- ── organisations: suspended and admitted again by two people, and by nothing else ────────────────────────────────────
CREATE TABLE organisation_changes (
  id              uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  status          text NOT NULL CHECK (status IN ('active', 'suspended')),
  reason          text NOT NULL CHECK (reason <> ''),
  state           text NOT NULL CHECK (state IN ('proposed', 'approved', 'rejected')),
  proposed_by     uuid NOT NULL REFERENCES users,
  decided_by      uuid REFERENCES users,
  decided_on      date,
  recorded_at     timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT organisation_changes_four_eyes CHECK (decided_by <> proposed_by),
  CONSTRAINT organisation_changes_decided CHECK ((state = 'proposed') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_on IS NULL))
);
CREATE INDEX organisation_changes_by_organisation ON organisation_changes (organisation_id);
CREATE UNIQUE INDEX organisation_changes_one_open ON organisation_changes (organisation_id) WHERE state = 'proposed';

CREATE FUNCTION check_organisation_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF tg_op = 'INSERT' THEN
    IF NEW.state <> 'proposed' THEN
      PERFORM refuse('organisation_changes_four_eyes', 'a suspension begins as proposed');
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.state <> 'proposed' OR (NEW.id, NEW.organisation_id, NEW.status, NEW.reason, NEW.proposed_by)
    IS DISTINCT FROM (OLD.id, OLD.organisation_id, OLD.status, OLD.reason, OLD.proposed_by) THEN
    PERFORM refuse('organisation_changes_immutable', 'a suspension is decided once and never edited');
  ELSIF NEW.state = 'approved' THEN
    UPDATE organisations SET status = NEW.status WHERE id = NEW.organisation_id;
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER organisation_changes_guard BEFORE INSERT OR UPDATE ON organisation_changes FOR EACH ROW EXECUTE FUNCTION check_organisation_change();
CREATE TRIGGER organisation_changes_kept BEFORE DELETE OR TRUNCATE ON organisation_changes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE (status) ON organisations FROM tranche_app;

ALTER TABLE organisation_changes ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON organisation_changes TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY bureau ON organisation_changes TO tranche_app
  USING ((SELECT app_reach()) = 'all' OR (left((SELECT app_reach()), 8) = 'district' AND EXISTS (SELECT FROM organisations o WHERE o.id = organisation_id)))
  WITH CHECK ((SELECT app_role()) IN ('system', 'officer', 'approver', 'supervisor'));
CREATE POLICY own_proposal ON organisation_changes AS RESTRICTIVE FOR INSERT TO tranche_app
  WITH CHECK ((SELECT app_role()) = 'system' OR proposed_by::text = (SELECT app_user()));
CREATE POLICY own_name ON organisation_changes AS RESTRICTIVE FOR UPDATE TO tranche_app
  USING (true) WITH CHECK ((SELECT app_role()) = 'system' OR decided_by::text = (SELECT app_user()));
GRANT SELECT, INSERT, UPDATE (state, decided_by, decided_on) ON organisation_changes TO tranche_app;

-- a suspended organisation opens no case and is promised no payment; what it was promised before is not collected
CREATE FUNCTION check_opened_cases() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF EXISTS (SELECT FROM added c JOIN organisations o ON o.id = c.organisation_id WHERE o.status <> 'active') THEN
    PERFORM refuse('organisations_suspended', 'a suspended organisation opens no case');
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER cases_of_active AFTER INSERT ON cases REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION check_opened_cases();

CREATE FUNCTION check_promises() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF EXISTS (SELECT FROM added d JOIN organisations o ON o.id = d.organisation_id WHERE o.status <> 'active') THEN
    PERFORM refuse('organisations_suspended', 'a suspended organisation is promised no payment');
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER disbursements_of_active AFTER INSERT ON disbursements REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION check_promises();

-- ── lines of a batch: to the approved account, when it may be paid, of nobody suspended ───────────────────────────────
CREATE FUNCTION check_payable_lines() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF EXISTS (SELECT FROM added t JOIN disbursements d ON d.id = t.disbursement_id JOIN payee_accounts p ON p.id = d.payee_account_id
              WHERE p.changed AND p.usable_from > legal_now()) THEN
    PERFORM refuse('payee_accounts_cooling', 'a changed account is not paid before its pause is over');
  ELSIF EXISTS (SELECT FROM added t JOIN organisations o ON o.id = t.organisation_id WHERE o.status <> 'active') THEN
    PERFORM refuse('organisations_suspended', 'a suspended organisation is not paid');
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER transfers_payable AFTER INSERT ON transfers REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION check_payable_lines();
