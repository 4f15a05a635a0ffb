-- Budget moved to a city: signed like any payment, and booked instead of sent to a bank.
ALTER TABLE batches DROP CONSTRAINT batches_rail_check;
ALTER TABLE batches ADD CONSTRAINT batches_rail_check CHECK (rail IN ('http', 'file', 'allocation'));
