-- Who looks at a case sees it move: the api asks once a second which events were recorded since. Events are only ever added, in the order of this
-- instant, so a range index finds the newest ones at almost no cost to those who write.
CREATE INDEX case_events_recorded ON case_events USING brin (recorded_at) WITH (pages_per_range = 32, autosummarize = on);
