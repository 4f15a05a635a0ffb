-- What is still to be done: every intention is a row with a due time; a queue job only says "there is work of this kind".

CREATE TABLE outbox (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind        text NOT NULL,
  case_id     uuid,
  subject     uuid,
  params      jsonb NOT NULL,
  due_at      timestamptz NOT NULL,
  state       text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'claimed', 'done', 'parked', 'dead')),
  reason      text,
  attempts    integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  lease_until timestamptz,
  worker      text,
  last_error  text,
  recorded_at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 80);
CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 'pending';
CREATE INDEX outbox_leased ON outbox (lease_until) WHERE state = 'claimed';
CREATE INDEX outbox_parked ON outbox (kind, reason) WHERE state = 'parked';
CREATE INDEX outbox_by_case ON outbox (case_id) WHERE state IN ('pending', 'claimed', 'parked');

CREATE TABLE notifications (
  id              uuid PRIMARY KEY,
  case_id         uuid REFERENCES cases,
  audience_role   text,
  organisation_id uuid REFERENCES organisations,
  kind            text NOT NULL,
  text            jsonb NOT NULL,
  recorded_at     timestamptz NOT NULL DEFAULT now(),
  read_at         timestamptz,
  CONSTRAINT notifications_have_readers CHECK (audience_role IS NOT NULL OR organisation_id IS NOT NULL)
);
CREATE INDEX notifications_by_organisation ON notifications (organisation_id, recorded_at);

-- The row exists only in a sandbox; it is made by the owner, the application may only move it.
CREATE TABLE sandbox_clock (
  id        integer PRIMARY KEY DEFAULT 1 CHECK (id = 1),
  offset_ms bigint NOT NULL
);
