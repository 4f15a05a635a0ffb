-- The account that is paid stands approved when the batch is signed, and is the account of the organisation the obligation is owed to.
CREATE OR REPLACE FUNCTION check_signed_accounts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF EXISTS (SELECT FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id JOIN payee_accounts p ON p.id = d.payee_account_id
              WHERE t.batch_id = NEW.id AND t.state NOT IN ('cancelled', 'rejected')
                AND (p.state <> 'approved' OR p.organisation_id <> d.organisation_id
                  OR (p.holder_name, p.account_no, p.bank_no) <> (t.holder_name, t.account_no, t.bank_no))) THEN
    PERFORM refuse('transfers_to_approved_account',
      format('batch %s pays to an account that is not the one now approved for its payee', NEW.batch_no));
  END IF;
  RETURN NEW;
END
$$;
