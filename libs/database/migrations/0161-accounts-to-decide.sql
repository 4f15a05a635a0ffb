-- Accounts that wait for a second person: few among all that were ever registered.
CREATE INDEX payee_accounts_to_decide ON payee_accounts (id) WHERE state = 'proposed';
