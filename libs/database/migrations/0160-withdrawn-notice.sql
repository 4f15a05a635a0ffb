-- An applicant may withdraw while his application is posted: the notice ends with it. It is the one thing of a notice that follows from
-- what an applicant says; nothing else of it is his to change.
ALTER POLICY not_changed_by_applicants ON notices
  USING ((SELECT app_scope()) <> 'organisation' OR state = 'posted')
  WITH CHECK ((SELECT app_scope()) <> 'organisation' OR state = 'withdrawn');
