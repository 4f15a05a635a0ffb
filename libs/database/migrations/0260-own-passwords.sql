-- An account is its person's alone. The administrator sets its first password, the security administrator an activation code; whoever holds
-- both chooses a password of their own, and only then is anybody let in. Neither administrator can enter as somebody else, so neither can be
-- two of four eyes.

ALTER TABLE users
  ADD own_password boolean NOT NULL DEFAULT false,
  -- PHC string; gone once the person has chosen a password
  ADD activation_hash text;
-- the people of an office that works already chose theirs by using them
UPDATE users SET own_password = true;
ALTER TABLE users
  ADD CONSTRAINT users_granted CHECK (status <> 'active' OR own_password OR activation_hash IS NOT NULL),
  ADD CONSTRAINT users_activated_once CHECK (NOT own_password OR activation_hash IS NULL);

CREATE FUNCTION check_user_password() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
DECLARE
  renewed boolean := tg_op = 'INSERT' OR NEW.password_hash <> OLD.password_hash;
  owned boolean := NEW.own_password AND (tg_op = 'INSERT' OR NOT OLD.own_password);
  coded boolean := NEW.activation_hash IS NOT NULL AND (tg_op = 'INSERT' OR NEW.activation_hash IS DISTINCT FROM OLD.activation_hash);
BEGIN
  -- row security lets nobody else write here but the house itself, for the person at the door
  IF coalesce(app_role(), '') NOT IN ('admin', 'security') THEN
    RETURN NEW;
  END IF;
  IF owned THEN
    PERFORM refuse('users_own_password', format('the password of %s is chosen by its person', NEW.username));
  ELSIF renewed AND (app_role() <> 'admin' OR NEW.own_password OR NEW.status <> 'disabled') THEN
    PERFORM refuse('users_first_password', format('a first password of %s is set by the administrator, and shuts the account', NEW.username));
  ELSIF coded AND (app_role() <> 'security' OR renewed) THEN
    PERFORM refuse('users_activation_code', format('the activation code of %s is set by the security administrator', NEW.username));
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER users_password BEFORE INSERT OR UPDATE ON users FOR EACH ROW EXECUTE FUNCTION check_user_password();

-- whoever knew the old password is out
CREATE FUNCTION end_sessions_of_user() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  UPDATE sessions SET revoked_at = statement_timestamp() WHERE user_id = NEW.id AND revoked_at IS NULL;
  RETURN NULL;
END
$$;
CREATE TRIGGER users_sessions AFTER UPDATE OF password_hash ON users FOR EACH ROW WHEN (NEW.password_hash <> OLD.password_hash)
  EXECUTE FUNCTION end_sessions_of_user();

GRANT UPDATE (own_password, activation_hash) ON users TO tranche_app;
