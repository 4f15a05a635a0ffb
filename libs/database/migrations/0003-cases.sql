-- The case and everything that one event of it writes. Rows of a case repeat its organisation and district (the keys of
-- row security); a composite foreign key keeps them equal to the case's.

CREATE TABLE cases (
  id               uuid PRIMARY KEY,
  case_no          text NOT NULL UNIQUE,
  policy_id        text NOT NULL,
  policy_version   text NOT NULL,
  jurisdiction     text NOT NULL,
  machine_hash     text NOT NULL,
  terms            jsonb NOT NULL,
  organisation_id  uuid NOT NULL REFERENCES organisations,
  district         text NOT NULL,
  payee_account_id uuid NOT NULL REFERENCES payee_accounts,
  state            text NOT NULL,
  standing         text NOT NULL CHECK (standing IN ('active', 'held', 'closed')),
  snapshot         jsonb NOT NULL,
  version          integer NOT NULL CHECK (version >= 0),
  head_hash        bytea NOT NULL,
  last_at          timestamptz NOT NULL,
  opened_on        date NOT NULL,
  opened_by        text NOT NULL,
  recorded_at      timestamptz NOT NULL DEFAULT now(),
  UNIQUE (id, organisation_id, district)
) WITH (fillfactor = 70);
CREATE INDEX cases_by_organisation ON cases (organisation_id, id);
CREATE INDEX cases_by_district ON cases (district, id);

CREATE TABLE case_facts (
  case_id         uuid NOT NULL,
  seq             integer NOT NULL,
  facts           jsonb NOT NULL,
  organisation_id uuid NOT NULL,
  district        text NOT NULL,
  PRIMARY KEY (case_id, seq),
  FOREIGN KEY (case_id, organisation_id, district) REFERENCES cases (id, organisation_id, district)
);

CREATE TABLE case_events (
  case_id         uuid NOT NULL,
  seq             integer NOT NULL CHECK (seq > 0),
  type            text NOT NULL,
  data            jsonb NOT NULL,
  stamp           jsonb NOT NULL,
  actor           text NOT NULL,
  role            text NOT NULL,
  cause           text NOT NULL,
  occurred_on     date NOT NULL,
  at              timestamptz NOT NULL,
  recorded_at     timestamptz NOT NULL DEFAULT now(),
  alg             text NOT NULL,
  prev_hash       bytea NOT NULL,
  hash            bytea NOT NULL,
  organisation_id uuid NOT NULL,
  district        text NOT NULL,
  PRIMARY KEY (case_id, seq),
  FOREIGN KEY (case_id, organisation_id, district) REFERENCES cases (id, organisation_id, district)
);
-- A proposed correction is decided once: confirmed by one event, or dismissed.
CREATE UNIQUE INDEX case_events_proposal_decided_once ON case_events (case_id, (data ->> 'proposal'))
  WHERE type IN ('decision.rescinded', 'fact.corrected', 'notice.withdrawn', 'recovery.writtenOff', 'correction.dismissed');

CREATE TABLE case_duties (
  case_id         uuid NOT NULL,
  duty            text NOT NULL CHECK (duty IN ('submit', 'accept', 'review', 'approve', 'inspect', 'pay')),
  person_id       uuid NOT NULL,
  seq             integer NOT NULL,
  organisation_id uuid NOT NULL,
  district        text NOT NULL,
  PRIMARY KEY (case_id, duty, person_id),
  FOREIGN KEY (case_id, organisation_id, district) REFERENCES cases (id, organisation_id, district),
  -- nobody performs two different duties on one case
  CONSTRAINT case_duties_one_per_person EXCLUDE USING gist (case_id WITH =, person_id WITH =, duty WITH <>)
);

CREATE TABLE commands (
  actor          text NOT NULL,
  key            text NOT NULL,
  request_sha256 bytea NOT NULL,
  case_id        uuid,
  seq            integer,
  status         integer NOT NULL,
  answer         jsonb NOT NULL,
  recorded_at    timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (actor, key)
);

CREATE TABLE tasks (
  id              uuid PRIMARY KEY,
  case_id         uuid,
  kind            text NOT NULL,
  role            text NOT NULL,
  label           jsonb NOT NULL,
  state           text NOT NULL CHECK (state IN ('open', 'claimed', 'done', 'cancelled')),
  claimed_by      uuid REFERENCES users,
  due_on          date,
  opened_at       timestamptz NOT NULL,
  closed_at       timestamptz,
  organisation_id uuid,
  district        text,
  FOREIGN KEY (case_id, organisation_id, district) REFERENCES cases (id, organisation_id, district),
  CONSTRAINT tasks_of_a_case CHECK (case_id IS NULL OR (organisation_id IS NOT NULL AND district IS NOT NULL)),
  CONSTRAINT tasks_closed CHECK ((state IN ('done', 'cancelled')) = (closed_at IS NOT NULL))
);
CREATE UNIQUE INDEX tasks_one_open ON tasks (case_id, kind) WHERE state IN ('open', 'claimed');
CREATE INDEX tasks_queue ON tasks (role, district, due_on) WHERE state IN ('open', 'claimed');

CREATE TABLE deadlines (
  id              uuid PRIMARY KEY,
  case_id         uuid NOT NULL,
  key             text NOT NULL,
  label           jsonb NOT NULL,
  kind            text NOT NULL CHECK (kind IN ('statutory', 'service')),
  from_date       date NOT NULL,
  count           integer NOT NULL CHECK (count >= 0),
  unit            text NOT NULL CHECK (unit IN ('workingDays', 'calendarDays', 'months')),
  last_day        date,
  due_at          timestamptz,
  provisional     boolean NOT NULL,
  not_before      date,
  warn_on         date,
  warned_at       timestamptz,
  status          text NOT NULL CHECK (status IN ('running', 'met', 'cancelled', 'passed', 'suspected', 'confirmed', 'cleared')),
  ended_on        date,
  cite            jsonb NOT NULL,
  trace           jsonb NOT NULL,
  set_seq         integer NOT NULL,
  organisation_id uuid NOT NULL,
  district        text NOT NULL,
  FOREIGN KEY (case_id, organisation_id, district) REFERENCES cases (id, organisation_id, district),
  -- a provisional deadline has no due_at, and only a provisional one may lack it
  CONSTRAINT deadlines_provisional CHECK (provisional = (due_at IS NULL))
);
CREATE UNIQUE INDEX deadlines_one_live ON deadlines (case_id, key) WHERE status IN ('running', 'suspected');
CREATE INDEX deadlines_by_case ON deadlines (case_id);
CREATE INDEX deadlines_due ON deadlines (due_at) WHERE status = 'running';
CREATE INDEX deadlines_to_warn ON deadlines (warn_on) WHERE status = 'running' AND warned_at IS NULL;

CREATE TABLE notices (
  id              uuid PRIMARY KEY,
  case_id         uuid NOT NULL,
  notice_no       integer NOT NULL CHECK (notice_no > 0),
  public_no       text NOT NULL UNIQUE,
  posted_on       date NOT NULL,
  ends_on         date,
  working_days    integer NOT NULL CHECK (working_days > 0),
  content         jsonb NOT NULL,
  content_sha256  bytea NOT NULL,
  state           text NOT NULL CHECK (state IN ('posted', 'clear', 'withdrawn')),
  closed_on       date,
  organisation_id uuid NOT NULL,
  district        text NOT NULL,
  UNIQUE (case_id, notice_no),
  FOREIGN KEY (case_id, organisation_id, district) REFERENCES cases (id, organisation_id, district)
);

CREATE TABLE objections (
  id              uuid PRIMARY KEY,
  case_id         uuid NOT NULL,
  notice_no       integer NOT NULL,
  receipt_no      text NOT NULL UNIQUE,
  ground          text NOT NULL,
  raised_by       text NOT NULL,
  contact_cipher  bytea,
  raised_on       date NOT NULL,
  state           text NOT NULL CHECK (state IN ('open', 'upheld', 'rejected')),
  decision        text,
  decided_by      text,
  decided_on      date,
  organisation_id uuid NOT NULL,
  district        text NOT NULL,
  FOREIGN KEY (case_id, notice_no) REFERENCES notices (case_id, notice_no),
  FOREIGN KEY (case_id, organisation_id, district) REFERENCES cases (id, organisation_id, district),
  CONSTRAINT objections_decided CHECK ((state = 'open') = (decided_on IS NULL) AND decided_by <> raised_by)
);
CREATE INDEX objections_by_case ON objections (case_id, notice_no);

CREATE TABLE holds (
  id              uuid PRIMARY KEY,
  case_id         uuid NOT NULL,
  reason          text NOT NULL,
  placed_by       text NOT NULL,
  placed_on       date NOT NULL,
  released_by     text,
  released_on     date,
  organisation_id uuid NOT NULL,
  district        text NOT NULL,
  FOREIGN KEY (case_id, organisation_id, district) REFERENCES cases (id, organisation_id, district),
  CONSTRAINT holds_released CHECK ((released_by IS NULL) = (released_on IS NULL))
);
CREATE UNIQUE INDEX holds_one_open ON holds (case_id) WHERE released_on IS NULL;
