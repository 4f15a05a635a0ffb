-- What a case is about: the class, its trainees, attendance, results, and the files they came from.
-- Personal data lives only here: encrypted at field level, with a keyed blind index (person_key) for lookup.

CREATE TABLE classes (
  id              uuid PRIMARY KEY,
  case_id         uuid NOT NULL UNIQUE,
  organisation_id uuid NOT NULL,
  district        text NOT NULL,
  name            text NOT NULL,
  planned_hours   integer NOT NULL CHECK (planned_hours > 0),
  starts_on       date NOT NULL,
  ends_on         date NOT NULL,
  FOREIGN KEY (case_id, organisation_id, district) REFERENCES cases (id, organisation_id, district),
  CONSTRAINT classes_dates CHECK (ends_on >= starts_on)
);

CREATE TABLE trainees (
  id              uuid PRIMARY KEY,
  case_id         uuid NOT NULL,
  organisation_id uuid NOT NULL,
  district        text NOT NULL,
  row_no          integer NOT NULL CHECK (row_no > 0),
  name_cipher     bytea NOT NULL,
  name_masked     text NOT NULL,
  id_cipher       bytea NOT NULL,
  id_masked       text NOT NULL,
  person_key      bytea NOT NULL,
  key_id          text NOT NULL,
  occupation      text NOT NULL,
  level           text NOT NULL,
  result          text,
  FOREIGN KEY (case_id, organisation_id, district) REFERENCES cases (id, organisation_id, district),
  CONSTRAINT trainees_once_per_class UNIQUE (case_id, person_key)
);
CREATE INDEX trainees_by_person ON trainees (person_key);

CREATE TABLE attendance (
  case_id         uuid NOT NULL,
  day             date NOT NULL,
  session_no      integer NOT NULL CHECK (session_no > 0),
  class_hours     integer NOT NULL CHECK (class_hours > 0),
  present         integer NOT NULL CHECK (present >= 0),
  file_sha256     bytea NOT NULL,
  organisation_id uuid NOT NULL,
  district        text NOT NULL,
  PRIMARY KEY (case_id, day, session_no),
  FOREIGN KEY (case_id, organisation_id, district) REFERENCES cases (id, organisation_id, district)
);

CREATE TABLE acceptance_results (
  case_id         uuid NOT NULL,
  attempt         integer NOT NULL CHECK (attempt > 0),
  trainee_id      uuid NOT NULL REFERENCES trainees,
  qualified       boolean NOT NULL,
  file_sha256     bytea NOT NULL,
  organisation_id uuid NOT NULL,
  district        text NOT NULL,
  PRIMARY KEY (case_id, attempt, trainee_id),
  FOREIGN KEY (case_id, organisation_id, district) REFERENCES cases (id, organisation_id, district)
);

-- A person may be counted once per exclusion group and period, across all institutions and under concurrency.
CREATE TABLE exclusion_claims (
  id              uuid PRIMARY KEY,
  case_id         uuid NOT NULL,
  organisation_id uuid NOT NULL,
  district        text NOT NULL,
  person_key      bytea NOT NULL,
  exclusion_group text NOT NULL,
  period          daterange NOT NULL CHECK (NOT isempty(period)),
  live            boolean NOT NULL,
  FOREIGN KEY (case_id, organisation_id, district) REFERENCES cases (id, organisation_id, district),
  CONSTRAINT exclusion_claims_no_overlap
    EXCLUDE USING gist (person_key WITH =, exclusion_group WITH =, period WITH &&) WHERE (live)
);
CREATE INDEX exclusion_claims_by_case ON exclusion_claims (case_id);

CREATE TABLE evidence (
  id              uuid PRIMARY KEY,
  case_id         uuid NOT NULL,
  organisation_id uuid NOT NULL,
  district        text NOT NULL,
  kind            text NOT NULL CHECK (kind IN ('roster', 'attendance', 'results', 'other')),
  file_name       text NOT NULL,
  media_type      text NOT NULL,
  size_bytes      integer NOT NULL CHECK (size_bytes >= 0),
  sha256          bytea NOT NULL,
  content         bytea NOT NULL,
  report          jsonb,
  uploaded_by     text NOT NULL,
  recorded_at     timestamptz NOT NULL DEFAULT now(),
  FOREIGN KEY (case_id, organisation_id, district) REFERENCES cases (id, organisation_id, district),
  CONSTRAINT evidence_size CHECK (size_bytes = octet_length(content))
);
CREATE INDEX evidence_by_case ON evidence (case_id);
