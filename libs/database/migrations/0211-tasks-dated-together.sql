-- The day of a task, asked for all cases of a statement at once: a function call for each case cost more than the look at its clocks, and most
-- cases whose clocks move have no open task.
CREATE OR REPLACE FUNCTION date_tasks_anew() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  -- planned once, while the tables may be empty: tasks and clocks are looked up by their case whatever their number
  SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS
$$
BEGIN
  UPDATE tasks t SET urgent_on = n.day
    FROM (SELECT c.case_id FROM changed c GROUP BY c.case_id) moved
    CROSS JOIN LATERAL (SELECT o.id, o.urgent_on, coalesce(
        (SELECT min(d.last_day) FROM deadlines d WHERE d.case_id = moved.case_id AND d.status IN ('running', 'suspected')), o.due_on, DATE '9999-12-31') AS day
      FROM tasks o WHERE o.case_id = moved.case_id AND o.state IN ('open', 'claimed') OFFSET 0) n
   WHERE t.id = n.id AND n.urgent_on <> n.day;
  RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION date_new_task() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  NEW.urgent_on := coalesce(
    (SELECT min(d.last_day) FROM deadlines d WHERE d.case_id = NEW.case_id AND d.status IN ('running', 'suspected')), NEW.due_on, DATE '9999-12-31');
  RETURN NEW;
END
$$;
DROP FUNCTION nearest_last_day(uuid);
