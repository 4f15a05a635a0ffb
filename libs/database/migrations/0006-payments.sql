-- Paying: disbursement (the obligation), batch (the signed list), transfer (one try with its own reference), attempt (the bytes).

CREATE TABLE batches (
  id           uuid PRIMARY KEY,
  batch_no     text NOT NULL UNIQUE,
  fund_id      uuid NOT NULL REFERENCES funds,
  rail         text NOT NULL CHECK (rail IN ('http', 'file')),
  state        text NOT NULL CHECK (state IN ('draft', 'pending_approval', 'approved', 'rejected', 'cancelled', 'processing', 'done')),
  maker_id     uuid NOT NULL REFERENCES users,
  content_hash text,
  line_count   integer NOT NULL CHECK (line_count >= 0),
  total_fen    bigint NOT NULL CHECK (total_fen >= 0),
  submitted_at timestamptz,
  approved_at  timestamptz,
  recorded_at  timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT batches_hashed CHECK (state IN ('draft', 'cancelled') OR (content_hash IS NOT NULL AND submitted_at IS NOT NULL)),
  CONSTRAINT batches_dated CHECK (state NOT IN ('approved', 'processing', 'done') OR approved_at IS NOT NULL)
);

CREATE TABLE batch_approvals (
  batch_id     uuid NOT NULL REFERENCES batches,
  person_id    uuid NOT NULL REFERENCES users,
  decision     text NOT NULL CHECK (decision IN ('approve', 'reject')),
  content_hash text NOT NULL,
  reason       text,
  recorded_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (batch_id, person_id)
);

CREATE TABLE disbursements (
  id               uuid PRIMARY KEY,
  case_id          uuid NOT NULL,
  payment          text NOT NULL,
  round            integer NOT NULL CHECK (round > 0),
  amount_fen       bigint NOT NULL CHECK (amount_fen > 0),
  fund_id          uuid NOT NULL REFERENCES funds,
  payee_account_id uuid NOT NULL REFERENCES payee_accounts,
  state            text NOT NULL CHECK (state IN ('requested', 'sent', 'settled', 'returned', 'failed', 'cancelled')),
  batch_id         uuid REFERENCES batches,
  requested_on     date NOT NULL,
  settled_on       date,
  organisation_id  uuid NOT NULL,
  district         text NOT NULL,
  version          integer NOT NULL DEFAULT 1,
  UNIQUE (case_id, payment, round),
  UNIQUE (id, organisation_id, district),
  FOREIGN KEY (case_id, organisation_id, district) REFERENCES cases (id, organisation_id, district),
  CONSTRAINT disbursements_settled CHECK (state <> 'settled' OR settled_on IS NOT NULL)
);
-- one in flight per tranche; a remainder raised after it was paid is a further round
CREATE UNIQUE INDEX disbursements_one_live ON disbursements (case_id, payment) WHERE state IN ('requested', 'sent');
CREATE INDEX disbursements_to_pay ON disbursements (fund_id) WHERE state = 'requested' AND batch_id IS NULL;
CREATE INDEX disbursements_by_batch ON disbursements (batch_id) WHERE batch_id IS NOT NULL;

CREATE TABLE transfers (
  id              uuid PRIMARY KEY,
  disbursement_id uuid NOT NULL,
  batch_id        uuid NOT NULL REFERENCES batches,
  line_no         integer NOT NULL CHECK (line_no > 0),
  state           text NOT NULL CHECK (state IN ('draft', 'pending_approval', 'approved', 'submitting', 'submitted', 'accepted',
                    'unknown', 'settled', 'failed', 'returned', 'rejected', 'cancelled')),
  end_to_end_id   text NOT NULL UNIQUE,
  amount_fen      bigint NOT NULL CHECK (amount_fen > 0),
  holder_name     text NOT NULL,
  account_no      text NOT NULL,
  bank_no         text NOT NULL,
  remittance      text NOT NULL,
  bank_reference  text,
  reason          text,
  lease_until     timestamptz,
  next_inquiry_at timestamptz,
  inquiries       integer NOT NULL DEFAULT 0 CHECK (inquiries >= 0),
  settled_on      date,
  updated_at      timestamptz NOT NULL,
  organisation_id uuid NOT NULL,
  district        text NOT NULL,
  UNIQUE (batch_id, line_no),
  FOREIGN KEY (disbursement_id, organisation_id, district) REFERENCES disbursements (id, organisation_id, district),
  CONSTRAINT transfers_settled CHECK (state <> 'settled' OR settled_on IS NOT NULL)
);
-- this, not code, stops a double payment
CREATE UNIQUE INDEX transfers_one_live ON transfers (disbursement_id) WHERE state NOT IN ('failed', 'returned', 'rejected', 'cancelled');
CREATE INDEX transfers_to_send ON transfers (batch_id, line_no) WHERE state = 'approved';
CREATE INDEX transfers_leased ON transfers (lease_until) WHERE state = 'submitting';
CREATE INDEX transfers_to_inquire ON transfers (next_inquiry_at) WHERE state IN ('submitted', 'accepted', 'unknown');

CREATE TABLE attempts (
  id             uuid PRIMARY KEY,
  transfer_id    uuid NOT NULL REFERENCES transfers,
  attempt_no     integer NOT NULL CHECK (attempt_no > 0),
  instr_id       text NOT NULL UNIQUE,
  request        bytea NOT NULL,
  request_sha256 bytea NOT NULL,
  sent_at        timestamptz,
  response       bytea,
  outcome        text,
  answered_at    timestamptz,
  UNIQUE (transfer_id, attempt_no)
);

CREATE TABLE bank_files (
  id          uuid PRIMARY KEY,
  batch_id    uuid REFERENCES batches,
  kind        text NOT NULL,
  file_name   text NOT NULL,
  sha256      bytea NOT NULL,
  content     bytea NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE NULLS NOT DISTINCT (batch_id, kind, sha256)
);

CREATE TABLE recoveries (
  id              uuid PRIMARY KEY,
  case_id         uuid NOT NULL,
  recovery_no     integer NOT NULL CHECK (recovery_no > 0),
  demanded_fen    bigint NOT NULL CHECK (demanded_fen > 0),
  reason          jsonb NOT NULL,
  cite            jsonb NOT NULL,
  state           text NOT NULL CHECK (state IN ('open', 'escalated', 'closed')),
  opened_on       date NOT NULL,
  closed_on       date,
  organisation_id uuid NOT NULL,
  district        text NOT NULL,
  UNIQUE (case_id, recovery_no),
  UNIQUE (id, case_id),
  FOREIGN KEY (case_id, organisation_id, district) REFERENCES cases (id, organisation_id, district),
  CONSTRAINT recoveries_closed CHECK ((state = 'closed') = (closed_on IS NOT NULL))
);

CREATE TABLE recovery_receipts (
  id          uuid PRIMARY KEY,
  recovery_id uuid NOT NULL,
  case_id     uuid NOT NULL REFERENCES cases,
  kind        text NOT NULL CHECK (kind IN ('received', 'writtenOff')),
  amount_fen  bigint NOT NULL CHECK (amount_fen > 0),
  on_date     date NOT NULL,
  reference   text NOT NULL,
  recorded_by text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  FOREIGN KEY (recovery_id, case_id) REFERENCES recoveries (id, case_id)
);
CREATE INDEX recovery_receipts_by_case ON recovery_receipts (case_id);
