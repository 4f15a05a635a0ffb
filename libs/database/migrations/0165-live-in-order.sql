-- Live news in the order of commits. The instant an event carries is that of its transaction's beginning: a slow transaction's events appear behind
-- those of quick ones, and a list by time never shows them. The number of the transaction that wrote an event says exactly whether somebody who
-- looked at a moment (a snapshot of the server) could have seen it. 0: written before this column was.
ALTER TABLE case_events ADD COLUMN tx bigint NOT NULL DEFAULT 0;
ALTER TABLE case_events ALTER COLUMN tx SET DEFAULT (pg_current_xact_id()::text)::bigint;
DROP INDEX case_events_recorded;
CREATE INDEX case_events_written ON case_events USING brin (tx) WITH (pages_per_range = 32, autosummarize = on);

-- A notification is read by a person, not by an organisation: what one of them has opened, the others have still before them.
CREATE TABLE notification_reads (
  notification_id uuid NOT NULL REFERENCES notifications,
  user_id         uuid NOT NULL REFERENCES users,
  read_at         timestamptz NOT NULL,
  PRIMARY KEY (user_id, notification_id)
);
CREATE TRIGGER notification_reads_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON notification_reads
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- what was read until now counts as read by all who could have read it
INSERT INTO notification_reads (notification_id, user_id, read_at)
  SELECT n.id, u.id, n.read_at FROM notifications n JOIN users u ON u.organisation_id = n.organisation_id OR u.role = n.audience_role
  WHERE n.read_at IS NOT NULL;
DROP POLICY readers_mark ON notifications;
REVOKE UPDATE (read_at) ON notifications FROM tranche_app;
ALTER TABLE notifications DROP COLUMN read_at;
CREATE TRIGGER notifications_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON notifications FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE notification_reads ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON notification_reads TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY own ON notification_reads FOR SELECT TO tranche_app USING ((SELECT app_role()) = 'system' OR user_id::text = (SELECT app_user()));
-- for oneself, and of what one may read: the foreign key alone would let anybody mark anything
CREATE POLICY own_mark ON notification_reads FOR INSERT TO tranche_app
  WITH CHECK (user_id::text = (SELECT app_user()) AND EXISTS (SELECT FROM notifications n WHERE n.id = notification_id));
GRANT SELECT, INSERT ON notification_reads TO tranche_app;
CREATE INDEX notifications_by_role ON notifications (audience_role, recorded_at, id);
