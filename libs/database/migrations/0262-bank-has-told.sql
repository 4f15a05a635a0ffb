-- What the bank itself has said of a file is as good as the cashier's word that it was brought there: a status report may be read before
-- anybody recorded the delivery. One rule for both who may withdraw a file and what shows that the bank has it.

CREATE FUNCTION bank_has_told(file uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
  SELECT EXISTS (SELECT FROM bank_file_lines l JOIN transfers t ON t.id = l.transfer_id WHERE l.bank_file_id = file AND (
        EXISTS (SELECT FROM bank_statuses s WHERE s.end_to_end_id = t.end_to_end_id)
        OR EXISTS (SELECT FROM bank_statuses s JOIN attempts a ON a.instr_id = s.instr_id WHERE a.transfer_id = t.id)))
    OR EXISTS (SELECT FROM bank_statuses s JOIN bank_file_parts x ON x.bank_file_id = file JOIN batches b ON b.id = x.batch_id
        WHERE s.level <> 'transfer' AND substr(coalesce(s.original_block_id, s.original_message_id), 2)
          = replace(b.batch_no, '-', '') || CASE x.part_no WHEN 1 THEN '' ELSE 'P' || x.part_no END)
$$;
REVOKE ALL ON FUNCTION bank_has_told(uuid) FROM PUBLIC;

CREATE OR REPLACE FUNCTION check_withdrawal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  PERFORM FROM bank_file_parts p WHERE p.bank_file_id = NEW.bank_file_id FOR UPDATE;
  IF EXISTS (SELECT FROM bank_file_deliveries d WHERE d.bank_file_id = NEW.bank_file_id AND d.kind = 'handed-over') THEN
    PERFORM refuse('bank_file_withdrawals_handed_over', 'the bank has this file: what becomes of its lines is for the bank to say');
  ELSIF bank_has_told(NEW.bank_file_id) OR EXISTS (SELECT FROM bank_file_lines l JOIN transfers t ON t.id = l.transfer_id
      WHERE l.bank_file_id = NEW.bank_file_id AND (
        t.state <> 'submitting' OR EXISTS (SELECT FROM statement_lines s WHERE s.end_to_end_id = t.end_to_end_id))) THEN
    PERFORM refuse('bank_file_withdrawals_known', 'the bank has said something of this file, or books one of its lines');
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE FUNCTION check_handed_over() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
DECLARE
  file uuid := (SELECT l.bank_file_id FROM bank_file_lines l WHERE l.transfer_id = NEW.id);
BEGIN
  IF file IS NOT NULL AND NOT EXISTS (SELECT FROM bank_file_deliveries d WHERE d.bank_file_id = file AND d.kind = 'handed-over')
    AND NOT bank_has_told(file) THEN
    PERFORM refuse('transfers_handed_over', format('the file of transfer %s was not handed to the bank', NEW.end_to_end_id));
  END IF;
  RETURN NEW;
END
$$;
