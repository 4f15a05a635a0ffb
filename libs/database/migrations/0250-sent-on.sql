-- The legal day on which the bank was given a transfer: when its request leaves, or its file is handed over. It is said with that step and never
-- otherwise, since the time limit of a payment may be held against it (`deadlineMetBy`).
ALTER TABLE transfers ADD COLUMN sent_on date;
ALTER TABLE transfers ADD CONSTRAINT transfers_sent_first CHECK (sent_on IS NULL OR state NOT IN ('draft', 'pending_approval', 'approved', 'rejected', 'cancelled'));

CREATE FUNCTION check_transfer_sent() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF OLD.sent_on IS NOT NULL OR NEW.state = OLD.state OR NEW.state NOT IN ('submitting', 'submitted') THEN
    PERFORM refuse('transfers_sent_once', format('transfer %s: the day it was sent is said once, with its sending', OLD.end_to_end_id));
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER transfers_sent_once BEFORE UPDATE ON transfers FOR EACH ROW
  WHEN (OLD.sent_on IS DISTINCT FROM NEW.sent_on) EXECUTE FUNCTION check_transfer_sent();

GRANT SELECT (sent_on) ON transfers TO tranche_auditor;
