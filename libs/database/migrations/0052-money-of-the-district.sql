-- A fund belongs to a district, and so do its batches and appropriations. Whoever sees the lines of a batch only in part must not
-- decide on it: rejecting it would free the visible lines and leave the others in a batch that nobody can send.
CREATE POLICY of_own_fund ON batches AS RESTRICTIVE TO tranche_app
  USING ((SELECT app_reach()) = 'all' OR EXISTS (SELECT FROM funds f WHERE f.id = fund_id));
CREATE POLICY of_own_fund ON appropriations AS RESTRICTIVE TO tranche_app
  USING ((SELECT app_reach()) = 'all' OR EXISTS (SELECT FROM funds f WHERE f.id = fund_id));
CREATE POLICY of_own_batch ON batch_approvals AS RESTRICTIVE TO tranche_app
  USING ((SELECT app_reach()) = 'all' OR EXISTS (SELECT FROM batches b WHERE b.id = batch_id));
CREATE POLICY of_own_batch ON bank_files AS RESTRICTIVE TO tranche_app
  USING ((SELECT app_reach()) = 'all' OR EXISTS (SELECT FROM batches b WHERE b.id = batch_id));
CREATE POLICY of_own_transfer ON attempts AS RESTRICTIVE TO tranche_app
  USING ((SELECT app_reach()) = 'all' OR EXISTS (SELECT FROM transfers t WHERE t.id = transfer_id));
