-- What holds for everybody: the State Council calendar, policy versions, parameters.

CREATE TABLE calendar_years (
  year         integer PRIMARY KEY CHECK (year BETWEEN 2000 AND 2200),
  notice       text NOT NULL,
  published_on date,
  imported_by  text NOT NULL,
  recorded_at  timestamptz NOT NULL DEFAULT now()
);

-- Only days that differ from the week's pattern: a weekday off, a weekend day worked (调休).
CREATE TABLE calendar_days (
  day  date PRIMARY KEY,
  year integer NOT NULL REFERENCES calendar_years,
  kind text NOT NULL CHECK (kind IN ('off', 'work'))
);
CREATE INDEX calendar_days_by_year ON calendar_days (year);

-- One row; its number grows with every import, so that a process knows when to read the calendar again.
CREATE TABLE calendar_revision (
  id       integer PRIMARY KEY DEFAULT 1 CHECK (id = 1),
  revision bigint NOT NULL
);
INSERT INTO calendar_revision (revision) VALUES (0);

CREATE TABLE policy_versions (
  id           text NOT NULL,
  version      text NOT NULL,
  jurisdiction text NOT NULL,
  hash         text NOT NULL,
  definition   jsonb NOT NULL,
  PRIMARY KEY (id, version, jurisdiction)
);

CREATE TABLE parameters (
  id             uuid PRIMARY KEY,
  policy_id      text NOT NULL,
  key            text NOT NULL,
  scope          text NOT NULL,
  effective_from date NOT NULL,
  value          jsonb NOT NULL,
  cite           jsonb NOT NULL,
  reason         text NOT NULL,
  proposed_by    uuid NOT NULL REFERENCES users,
  approved_by    uuid REFERENCES users,
  recorded_at    timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT parameters_four_eyes CHECK (approved_by <> proposed_by)
);
CREATE INDEX parameters_by_policy ON parameters (policy_id, key, scope, effective_from);
