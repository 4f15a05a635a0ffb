-- The worklists of finance: transfers that came back, failed, or whose outcome nobody knows; few among very many.
CREATE INDEX transfers_troubled ON transfers (state, id) WHERE state IN ('unknown', 'failed', 'returned');
