-- One-time passwords (RFC 6238): who has enrolled a device signs a batch or a payee account with a code that counts for exactly that content.

CREATE TABLE otp_secrets (
  user_id       uuid PRIMARY KEY REFERENCES users,
  secret_cipher bytea NOT NULL,
  key_id        text NOT NULL,
  enrolled_at   timestamptz NOT NULL,
  -- the first code was right; until then nothing asks for codes
  confirmed_at  timestamptz,
  -- the last time step of which a code was taken
  last_step     bigint NOT NULL DEFAULT -1,
  failures      integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
  locked_until  timestamptz
);

CREATE TABLE otp_recovery_codes (
  user_id     uuid NOT NULL REFERENCES otp_secrets ON DELETE CASCADE,
  code_sha256 bytea NOT NULL CHECK (octet_length(code_sha256) = 32),
  used_at     timestamptz,
  PRIMARY KEY (user_id, code_sha256)
);

-- What a code was given for. A time step, and a recovery code, serve once; the time of use is the database's own.
CREATE TABLE otp_uses (
  id          uuid PRIMARY KEY,
  user_id     uuid NOT NULL REFERENCES users,
  subject     text NOT NULL CHECK (subject <> ''),
  step        bigint,
  code_sha256 bytea,
  used_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT otp_uses_step_once UNIQUE (user_id, step),
  CONSTRAINT otp_uses_recovery_once UNIQUE (user_id, code_sha256),
  CONSTRAINT otp_uses_of_a_code CHECK ((step IS NULL) <> (code_sha256 IS NULL))
);
CREATE TRIGGER otp_uses_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON otp_uses FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION check_otp_secret() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF NEW.user_id <> OLD.user_id OR (OLD.confirmed_at IS NOT NULL AND (NEW.secret_cipher, NEW.key_id, NEW.confirmed_at)
      IS DISTINCT FROM (OLD.secret_cipher, OLD.key_id, OLD.confirmed_at)) THEN
    PERFORM refuse('otp_secrets_kept', 'a confirmed device is removed by the security administrator, not replaced');
  ELSIF NEW.last_step < OLD.last_step THEN
    PERFORM refuse('otp_secrets_step_forward', 'a time step that was used is not used again');
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER otp_secrets_guard BEFORE UPDATE ON otp_secrets FOR EACH ROW EXECUTE FUNCTION check_otp_secret();

-- Whoever has a device signs with it: a code for this very content, a few minutes old at most.
CREATE FUNCTION stepped_up(person uuid, what text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
  SELECT NOT EXISTS (SELECT FROM otp_secrets s WHERE s.user_id = person AND s.confirmed_at IS NOT NULL)
    OR EXISTS (SELECT FROM otp_uses u WHERE u.user_id = person AND u.subject = what AND u.used_at > clock_timestamp() - interval '5 minutes')
$$;

CREATE FUNCTION check_stepped_up() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF NOT stepped_up(NEW.person_id, 'batch:' || NEW.content_hash) THEN
    PERFORM refuse('batch_approvals_step_up', 'this signature needs a one-time password given for this content');
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER batch_approvals_step_up BEFORE INSERT ON batch_approvals FOR EACH ROW WHEN (NEW.decision = 'approve') EXECUTE FUNCTION check_stepped_up();

CREATE FUNCTION check_account_stepped_up() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF NOT stepped_up(NEW.decided_by, 'account:' || NEW.content_hash) THEN
    PERFORM refuse('payee_accounts_step_up', 'this approval needs a one-time password given for this account');
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER payee_accounts_step_up BEFORE UPDATE ON payee_accounts FOR EACH ROW
  WHEN (NEW.state = 'approved' AND OLD.state = 'proposed') EXECUTE FUNCTION check_account_stepped_up();

DO
$$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['otp_secrets', 'otp_recovery_codes', 'otp_uses'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', guarded);
    EXECUTE format('CREATE POLICY owner ON %I TO CURRENT_USER USING (true) WITH CHECK (true)', guarded);
    EXECUTE format('CREATE POLICY house ON %I TO tranche_app USING ((SELECT app_role()) = ''system'')', guarded);
  END LOOP;
END
$$;
-- another security administrator takes a lost device away
CREATE POLICY security_removes ON otp_secrets FOR DELETE TO tranche_app
  USING ((SELECT app_role()) = 'security' AND user_id::text <> (SELECT app_user()));
CREATE POLICY security_sees ON otp_secrets FOR SELECT TO tranche_app
  USING ((SELECT app_role()) = 'security' AND user_id::text <> (SELECT app_user()));
GRANT SELECT, INSERT, UPDATE (secret_cipher, key_id, enrolled_at, confirmed_at, last_step, failures, locked_until), DELETE ON otp_secrets TO tranche_app;
GRANT SELECT, INSERT, UPDATE (used_at) ON otp_recovery_codes TO tranche_app;
GRANT SELECT, INSERT (id, user_id, subject, step, code_sha256) ON otp_uses TO tranche_app;
