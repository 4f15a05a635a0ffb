\set id random(1, 10000)
\set key random(1, 9000000000000000)
BEGIN;
SELECT snapshot, version FROM bench_cases WHERE id = :id FOR NO KEY UPDATE;
UPDATE bench_cases SET version = version + 1, snapshot = (SELECT snapshot FROM bench_sample), head_hash = sha256(:key::text::bytea) WHERE id = :id;
INSERT INTO bench_events (case_id, type, data, prev_hash, hash) SELECT :id, 'delivery.interrupted', event, sha256('a'), sha256('b') FROM bench_sample;
INSERT INTO bench_outbox (case_id, params) SELECT :id, outbox FROM bench_sample;
COMMIT;
