-- A class whose days change claims its people for the new days; the constraint against overlaps decides whether it may.
GRANT UPDATE (period) ON exclusion_claims TO tranche_app;
