-- Who holds a key: asked for every person of a list and every claim. The exclusion constraint's own index leaves capped claims out, so
-- the planner may not use it for "live" alone, and would read the whole table.
CREATE INDEX exclusion_claims_by_key ON exclusion_claims (person_key, exclusion_group) WHERE live;
