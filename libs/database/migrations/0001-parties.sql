-- Who: organisations, users, sessions, payee accounts. And the functions by which row security knows the actor.

CREATE EXTENSION IF NOT EXISTS btree_gist;

-- The actor of a transaction stands in four settings (app.user, app.role, app.org, app.district), set with
-- set_config(…, true). A policy reads them through a sub-select, so they are evaluated once per statement.
CREATE FUNCTION app_role() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT pg_catalog.current_setting('app.role', true) $$;

CREATE FUNCTION app_user() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(pg_catalog.current_setting('app.user', true), '') $$;

CREATE FUNCTION app_org() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(pg_catalog.current_setting('app.org', true), '')::uuid $$;

CREATE FUNCTION app_district() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(pg_catalog.current_setting('app.district', true), '') $$;

-- How far the actor sees: all | district | organisation | none. No settings, or an unknown role: none.
CREATE FUNCTION app_scope() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$
  SELECT CASE
    WHEN pg_catalog.current_setting('app.role', true) = 'system' THEN 'all'
    WHEN pg_catalog.current_setting('app.role', true) IN ('institution', 'enterprise', 'citizen') THEN 'organisation'
    WHEN pg_catalog.current_setting('app.role', true) IN ('officer', 'reviewer', 'approver', 'inspector', 'maker', 'checker',
      'cashier', 'supervisor', 'auditor', 'admin', 'security')
      THEN CASE WHEN coalesce(pg_catalog.current_setting('app.district', true), '') = '' THEN 'all' ELSE 'district' END
    ELSE 'none'
  END
$$;

CREATE TABLE organisations (
  id                uuid PRIMARY KEY,
  name              text NOT NULL CHECK (name <> ''),
  uscc              text NOT NULL UNIQUE,
  uscc_checked      boolean NOT NULL DEFAULT false,
  kind              text NOT NULL CHECK (kind IN ('institution', 'enterprise', 'bureau')),
  district          text NOT NULL,
  status            text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended')),
  approved_provider boolean NOT NULL DEFAULT false,
  created_by        text NOT NULL,
  recorded_at       timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE users (
  id              uuid PRIMARY KEY,
  username        text NOT NULL UNIQUE,
  password_hash   text NOT NULL,
  display_name    text NOT NULL,
  role            text NOT NULL CHECK (role IN ('institution', 'enterprise', 'citizen', 'officer', 'reviewer', 'approver', 'inspector',
                    'maker', 'checker', 'cashier', 'supervisor', 'auditor', 'admin', 'security')),
  organisation_id uuid REFERENCES organisations,
  district        text,
  status          text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'locked', 'disabled')),
  failed_logins   integer NOT NULL DEFAULT 0 CHECK (failed_logins >= 0),
  locked_until    timestamptz,
  created_by      text NOT NULL,
  recorded_at     timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT users_of_an_organisation CHECK (role NOT IN ('institution', 'enterprise') OR organisation_id IS NOT NULL)
);
CREATE INDEX users_by_organisation ON users (organisation_id);

CREATE TABLE sessions (
  token_sha256 bytea PRIMARY KEY CHECK (octet_length(token_sha256) = 32),
  user_id      uuid NOT NULL REFERENCES users,
  created_at   timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL,
  revoked_at   timestamptz
);
CREATE INDEX sessions_by_user ON sessions (user_id);

CREATE TABLE payee_accounts (
  id              uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  holder_name     text NOT NULL CHECK (holder_name <> ''),
  account_no      text NOT NULL CHECK (account_no <> ''),
  bank_no         text NOT NULL,
  bank_name       text NOT NULL,
  state           text NOT NULL CHECK (state IN ('proposed', 'approved', 'rejected', 'retired')),
  content_hash    text NOT NULL,
  proposed_by     uuid NOT NULL REFERENCES users,
  decided_by      uuid REFERENCES users,
  decided_at      timestamptz,
  recorded_at     timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT payee_accounts_four_eyes CHECK (decided_by <> proposed_by),
  CONSTRAINT payee_accounts_decided CHECK ((state = 'proposed') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL))
);
CREATE UNIQUE INDEX payee_accounts_one_approved ON payee_accounts (organisation_id) WHERE state = 'approved';
CREATE INDEX payee_accounts_by_organisation ON payee_accounts (organisation_id);
