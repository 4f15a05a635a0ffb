-- The State Council calendar moves every legal time limit, so a year of it is proposed by one person and put in force by another. The
-- approval itself writes the days: nobody else changes a year that stands.

CREATE TABLE calendar_proposals (
  id               uuid PRIMARY KEY,
  year             integer NOT NULL CHECK (year BETWEEN 2000 AND 2200),
  published_on     date,
  off              date[] NOT NULL,
  work             date[] NOT NULL,
  cite             jsonb NOT NULL,
  reason           text NOT NULL CHECK (reason <> ''),
  state            text NOT NULL CHECK (state IN ('proposed', 'approved', 'rejected')),
  proposed_by      uuid NOT NULL REFERENCES users,
  decided_by       uuid REFERENCES users,
  decided_at       timestamptz,
  rejection_reason text CHECK (rejection_reason <> ''),
  -- SHA-256 over the days and time limits that the person who approved was shown
  touched_sha256   bytea CHECK (octet_length(touched_sha256) = 32),
  recorded_at      timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT calendar_proposals_four_eyes CHECK (state <> 'approved' OR decided_by <> proposed_by),
  CONSTRAINT calendar_proposals_decided CHECK ((state = 'proposed') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)),
  CONSTRAINT calendar_proposals_shown CHECK ((state = 'approved') = (touched_sha256 IS NOT NULL)),
  CONSTRAINT calendar_proposals_said_why CHECK ((state = 'rejected') = (rejection_reason IS NOT NULL))
);
CREATE UNIQUE INDEX calendar_proposals_one_open ON calendar_proposals (year) WHERE state = 'proposed';

CREATE FUNCTION check_calendar_proposal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF tg_op = 'INSERT' THEN
    IF NEW.state <> 'proposed' THEN
      PERFORM refuse('calendar_proposals_four_eyes', 'a year of the calendar begins as proposed');
    ELSIF EXISTS (SELECT FROM unnest(NEW.off || NEW.work) d WHERE d IS NULL OR d < make_date(NEW.year - 1, 12, 1) OR d > make_date(NEW.year, 12, 31))
      OR EXISTS (SELECT FROM unnest(NEW.off || NEW.work) d GROUP BY d HAVING count(*) > 1)
      OR EXISTS (SELECT FROM unnest(NEW.work) d WHERE extract(isodow FROM d) < 6) THEN
      PERFORM refuse('calendar_proposals_days', format('days that no arrangement of %s can have', NEW.year));
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.state <> 'proposed' OR (NEW.id, NEW.year, NEW.published_on, NEW.off, NEW.work, NEW.cite, NEW.reason, NEW.proposed_by)
    IS DISTINCT FROM (OLD.id, OLD.year, OLD.published_on, OLD.off, OLD.work, OLD.cite, OLD.reason, OLD.proposed_by) THEN
    PERFORM refuse('calendar_proposals_immutable', 'a year of the calendar is decided once and never edited');
  ELSIF NEW.state = 'approved' THEN
    INSERT INTO calendar_years (year, notice, published_on, imported_by, recorded_at)
      VALUES (NEW.year, NEW.cite ->> 'doc', NEW.published_on, NEW.decided_by, NEW.decided_at)
      ON CONFLICT (year) DO UPDATE SET notice = excluded.notice, published_on = excluded.published_on, imported_by = excluded.imported_by, recorded_at = excluded.recorded_at;
    DELETE FROM calendar_days WHERE year = NEW.year;
    INSERT INTO calendar_days (day, year, kind)
      SELECT d, NEW.year, 'off' FROM unnest(NEW.off) d UNION ALL SELECT d, NEW.year, 'work' FROM unnest(NEW.work) d
      ON CONFLICT (day) DO UPDATE SET year = excluded.year, kind = excluded.kind;
    UPDATE calendar_revision SET revision = revision + 1 WHERE id = 1;
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER calendar_proposals_guard BEFORE INSERT OR UPDATE ON calendar_proposals FOR EACH ROW EXECUTE FUNCTION check_calendar_proposal();
CREATE TRIGGER calendar_proposals_kept BEFORE DELETE OR TRUNCATE ON calendar_proposals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE calendar_proposals ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON calendar_proposals TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY everybody_reads ON calendar_proposals FOR SELECT TO tranche_app USING (true);
-- in the own name, whoever's sight the house lends for it
CREATE POLICY proposes ON calendar_proposals FOR INSERT TO tranche_app
  WITH CHECK ((SELECT app_role()) IN ('system', 'supervisor') AND proposed_by::text = (SELECT app_user()));
CREATE POLICY decides ON calendar_proposals FOR UPDATE TO tranche_app
  USING ((SELECT app_role()) IN ('system', 'supervisor', 'approver'))
  WITH CHECK (decided_by::text = (SELECT app_user()));
GRANT SELECT, INSERT, UPDATE (state, decided_by, decided_at, rejection_reason, touched_sha256) ON calendar_proposals TO tranche_app;

-- the system brings the years it is delivered with; a year that stands is changed by an approval alone
REVOKE UPDATE, DELETE ON calendar_years, calendar_days FROM tranche_app;
ALTER POLICY administration ON calendar_years USING ((SELECT app_role()) = 'system');
ALTER POLICY administration ON calendar_days USING ((SELECT app_role()) = 'system');
ALTER POLICY administration ON calendar_revision USING ((SELECT app_role()) = 'system');
