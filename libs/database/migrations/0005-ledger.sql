-- Money: funds with their budget, accounts of two books, balanced postings. + debit, − credit.

CREATE TABLE funds (
  id                uuid PRIMARY KEY,
  code              text NOT NULL,
  district          text NOT NULL,
  fiscal_year       integer NOT NULL CHECK (fiscal_year BETWEEN 2000 AND 2200),
  name              jsonb NOT NULL,
  debtor_name       text NOT NULL,
  debtor_account_no text NOT NULL,
  debtor_bank_no    text NOT NULL,
  UNIQUE (code, district, fiscal_year)
);

CREATE TABLE appropriations (
  id          uuid PRIMARY KEY,
  fund_id     uuid NOT NULL REFERENCES funds,
  amount_fen  bigint NOT NULL CHECK (amount_fen > 0),
  document_no text NOT NULL,
  state       text NOT NULL CHECK (state IN ('proposed', 'approved', 'rejected')),
  proposed_by uuid NOT NULL REFERENCES users,
  approved_by uuid REFERENCES users,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT appropriations_four_eyes CHECK (approved_by <> proposed_by),
  CONSTRAINT appropriations_decided CHECK ((state = 'proposed') = (approved_by IS NULL))
);
CREATE INDEX appropriations_by_fund ON appropriations (fund_id);

CREATE TABLE accounts (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  fund_id  uuid NOT NULL REFERENCES funds,
  book     text NOT NULL,
  code     text NOT NULL,
  min_zero boolean NOT NULL,
  UNIQUE (fund_id, book, code),
  CONSTRAINT accounts_chart CHECK (
    (book = 'cash' AND code IN ('1001', '1002', '1201', '1202', '2001', '2104', '3001', '5001', '5009'))
    OR (book = 'budget' AND code IN ('B1', 'B2', 'B3', 'B4', 'B5'))),
  -- B2 (available budget) is the guard against overspending
  CONSTRAINT accounts_guarded CHECK (min_zero = (code = 'B2'))
);

-- Only for min_zero accounts; written by the trigger on entries and by nobody else.
CREATE TABLE account_balances (
  account_id bigint PRIMARY KEY REFERENCES accounts,
  posted_fen bigint NOT NULL,
  CONSTRAINT account_balances_not_negative CHECK (posted_fen >= 0)
) WITH (fillfactor = 50);

-- No foreign key to the fund and from entries to accounts: every posting of a fund would share-lock the same few rows.
-- The balance check at commit proves that each account exists and is of the posting's fund and book; neither is ever deleted.
CREATE TABLE postings (
  id              uuid PRIMARY KEY,
  fund_id         uuid NOT NULL,
  book            text NOT NULL CHECK (book IN ('cash', 'budget')),
  event_type      text NOT NULL,
  event_id        text NOT NULL,
  business_date   date NOT NULL,
  case_id         uuid,
  batch_id        uuid,
  organisation_id uuid,
  district        text,
  recorded_at     timestamptz NOT NULL DEFAULT now(),
  -- the transaction that wrote it; entries of a later one are refused. Not writable by the application
  tx              bigint NOT NULL DEFAULT (pg_current_xact_id()::text)::bigint,
  UNIQUE (book, fund_id, event_type, event_id),
  FOREIGN KEY (case_id, organisation_id, district) REFERENCES cases (id, organisation_id, district),
  CONSTRAINT postings_of_a_case CHECK (case_id IS NULL OR (organisation_id IS NOT NULL AND district IS NOT NULL))
);
CREATE INDEX postings_by_case ON postings (case_id) WHERE case_id IS NOT NULL;

CREATE TABLE entries (
  posting_id uuid NOT NULL REFERENCES postings,
  line_no    integer NOT NULL CHECK (line_no > 0),
  account_id bigint NOT NULL,
  amount_fen bigint NOT NULL CHECK (amount_fen <> 0),
  PRIMARY KEY (posting_id, line_no)
);
CREATE INDEX entries_by_account ON entries (account_id);
