-- A file that was written and never handed over is withdrawn by two people, on evidence that no bank has it. Its lines fail then, and are due
-- again; the file is handed over no more. Neither happens once the bank said anything of it.

CREATE TABLE bank_file_withdrawals (
  id           uuid PRIMARY KEY,
  bank_file_id uuid NOT NULL REFERENCES bank_file_parts,
  -- what shows that the bank never took it
  evidence     text NOT NULL CHECK (evidence <> ''),
  state        text NOT NULL CHECK (state IN ('proposed', 'confirmed', 'rejected')),
  proposed_by  uuid NOT NULL REFERENCES users,
  decided_by   uuid REFERENCES users,
  recorded_at  timestamptz NOT NULL,
  CONSTRAINT bank_file_withdrawals_four_eyes CHECK (decided_by <> proposed_by),
  CONSTRAINT bank_file_withdrawals_decided CHECK ((state = 'proposed') = (decided_by IS NULL))
);
CREATE UNIQUE INDEX bank_file_withdrawals_one_open ON bank_file_withdrawals (bank_file_id) WHERE state <> 'rejected';
CREATE TRIGGER bank_file_withdrawals_guard BEFORE INSERT OR UPDATE ON bank_file_withdrawals FOR EACH ROW EXECUTE FUNCTION check_decided_once();

-- Who withdraws a file and who hands it over wait for one another.
CREATE FUNCTION check_withdrawal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  PERFORM FROM bank_file_parts p WHERE p.bank_file_id = NEW.bank_file_id FOR UPDATE;
  IF EXISTS (SELECT FROM bank_file_deliveries d WHERE d.bank_file_id = NEW.bank_file_id AND d.kind = 'handed-over') THEN
    PERFORM refuse('bank_file_withdrawals_handed_over', 'the bank has this file: what becomes of its lines is for the bank to say');
  ELSIF EXISTS (SELECT FROM bank_file_lines l JOIN transfers t ON t.id = l.transfer_id WHERE l.bank_file_id = NEW.bank_file_id AND (
        t.state <> 'submitting' OR EXISTS (SELECT FROM statement_lines s WHERE s.end_to_end_id = t.end_to_end_id)
        OR EXISTS (SELECT FROM bank_statuses s WHERE s.end_to_end_id = t.end_to_end_id)
        OR EXISTS (SELECT FROM bank_statuses s JOIN attempts a ON a.instr_id = s.instr_id WHERE a.transfer_id = t.id)))
    OR EXISTS (SELECT FROM bank_statuses s JOIN bank_file_parts x ON x.bank_file_id = NEW.bank_file_id JOIN batches b ON b.id = x.batch_id
        WHERE s.level <> 'transfer' AND substr(coalesce(s.original_block_id, s.original_message_id), 2)
          = replace(b.batch_no, '-', '') || CASE x.part_no WHEN 1 THEN '' ELSE 'P' || x.part_no END) THEN
    PERFORM refuse('bank_file_withdrawals_known', 'the bank has said something of this file, or books one of its lines');
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER bank_file_withdrawals_allowed BEFORE INSERT OR UPDATE ON bank_file_withdrawals FOR EACH ROW WHEN (NEW.state <> 'rejected')
  EXECUTE FUNCTION check_withdrawal();

CREATE FUNCTION check_not_withdrawn() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  PERFORM FROM bank_file_parts p WHERE p.bank_file_id = NEW.bank_file_id FOR UPDATE;
  IF EXISTS (SELECT FROM bank_file_withdrawals w WHERE w.bank_file_id = NEW.bank_file_id AND w.state <> 'rejected') THEN
    PERFORM refuse('bank_file_deliveries_withdrawn', 'this file is withdrawn, or about to be: it goes to no bank');
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER bank_file_deliveries_not_withdrawn BEFORE INSERT ON bank_file_deliveries FOR EACH ROW WHEN (NEW.kind = 'handed-over')
  EXECUTE FUNCTION check_not_withdrawn();

ALTER TABLE bank_file_withdrawals ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON bank_file_withdrawals TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY finance ON bank_file_withdrawals TO tranche_app
  USING ((SELECT app_role()) IN ('system', 'maker', 'checker', 'cashier', 'supervisor', 'auditor'));
CREATE POLICY of_own_file ON bank_file_withdrawals AS RESTRICTIVE TO tranche_app
  USING ((SELECT app_reach()) = 'all' OR EXISTS (SELECT FROM bank_file_parts p WHERE p.bank_file_id = bank_file_withdrawals.bank_file_id));
CREATE POLICY own_name ON bank_file_withdrawals AS RESTRICTIVE FOR INSERT TO tranche_app
  WITH CHECK ((SELECT app_role()) IN ('maker', 'cashier') AND proposed_by::text = (SELECT app_user()));
CREATE POLICY own_decision ON bank_file_withdrawals AS RESTRICTIVE FOR UPDATE TO tranche_app USING (true)
  WITH CHECK ((SELECT app_role()) IN ('maker', 'checker') AND decided_by::text = (SELECT app_user()));
CREATE TRIGGER bank_file_withdrawals_kept BEFORE DELETE OR TRUNCATE ON bank_file_withdrawals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE ALL ON bank_file_withdrawals FROM PUBLIC, tranche_app;
GRANT SELECT, INSERT, UPDATE (state, decided_by) ON bank_file_withdrawals TO tranche_app;
