-- What a month-end asks again and again must not look at everything that is done already.

-- The next intentions of a kind in the order in which they fall due: read from the front of the index, not sorted out of all that wait.
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (kind, due_at, id) WHERE state = 'pending';

-- Is a batch done? Asked after every page of answers: only what is open is looked at. The order of its lines has an index already.
DROP INDEX transfers_to_send;
CREATE INDEX transfers_open ON transfers (batch_id) WHERE state IN ('approved', 'submitting', 'submitted', 'accepted', 'unknown');
