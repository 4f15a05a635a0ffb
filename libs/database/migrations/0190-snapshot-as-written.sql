-- A snapshot is one text to everybody but the machine: it is read whole and written whole at every event. As jsonb it was taken apart and
-- compressed each time it was written, and put together each time it was read, a third of what the server did for an event. It is kept as it
-- was written; the database still refuses what is not JSON. The few reports that look inside cast it.
ALTER TABLE cases ALTER COLUMN snapshot TYPE json USING snapshot::text::json;
