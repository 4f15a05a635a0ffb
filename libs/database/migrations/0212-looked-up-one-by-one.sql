-- What a statement promises or collects is looked up row by row by the key of its organisation, however many organisations there are: planned for
-- a page of 250, the check read all of them, ten thousand or a hundred thousand, for each page.
CREATE OR REPLACE FUNCTION check_promises() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS
$$
BEGIN
  IF EXISTS (SELECT FROM added d CROSS JOIN LATERAL (SELECT x.status FROM organisations x WHERE x.id = d.organisation_id OFFSET 0) o WHERE o.status <> 'active') THEN
    PERFORM refuse('organisations_suspended', 'a suspended organisation is promised no payment');
  END IF;
  RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION check_payable_lines() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS
$$
BEGIN
  IF EXISTS (SELECT FROM added t CROSS JOIN LATERAL (SELECT p.changed, p.usable_from FROM disbursements d JOIN payee_accounts p ON p.id = d.payee_account_id
              WHERE d.id = t.disbursement_id OFFSET 0) p WHERE p.changed AND p.usable_from > legal_now()) THEN
    PERFORM refuse('payee_accounts_cooling', 'a changed account is not paid before its pause is over');
  ELSIF EXISTS (SELECT FROM added t CROSS JOIN LATERAL (SELECT x.status FROM organisations x WHERE x.id = t.organisation_id OFFSET 0) o WHERE o.status <> 'active') THEN
    PERFORM refuse('organisations_suspended', 'a suspended organisation is not paid');
  END IF;
  RETURN NULL;
END
$$;
