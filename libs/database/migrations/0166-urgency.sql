-- The queue by legal urgency reads a page from an index: each task has in its own row the last day of its case's clock that runs out first;
-- where none runs, its own day, and behind everything what has no day at all.
ALTER TABLE tasks ADD COLUMN urgent_on date NOT NULL DEFAULT DATE '9999-12-31';

CREATE FUNCTION nearest_last_day(of_case uuid) RETURNS date LANGUAGE sql STABLE AS
$$ SELECT min(d.last_day) FROM deadlines d WHERE d.case_id = of_case AND d.status IN ('running', 'suspected') $$;

CREATE FUNCTION date_new_task() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  NEW.urgent_on := coalesce(CASE WHEN NEW.case_id IS NOT NULL THEN nearest_last_day(NEW.case_id) END, NEW.due_on, DATE '9999-12-31');
  RETURN NEW;
END
$$;
CREATE TRIGGER tasks_dated BEFORE INSERT ON tasks FOR EACH ROW EXECUTE FUNCTION date_new_task();

-- After a statement that set or ended clocks, or moved their day: the open tasks of those cases, also the ones the same statement opened.
CREATE FUNCTION date_tasks_anew() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  UPDATE tasks t SET urgent_on = coalesce(n.day, t.due_on, DATE '9999-12-31')
    FROM (SELECT c.case_id, nearest_last_day(c.case_id) AS day FROM (SELECT DISTINCT case_id FROM changed) c) n
   WHERE t.case_id = n.case_id AND t.state IN ('open', 'claimed') AND t.urgent_on <> coalesce(n.day, t.due_on, DATE '9999-12-31');
  RETURN NULL;
END
$$;
CREATE TRIGGER deadlines_set_date_tasks AFTER INSERT ON deadlines REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION date_tasks_anew();
CREATE TRIGGER deadlines_moved_date_tasks AFTER UPDATE ON deadlines REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION date_tasks_anew();

UPDATE tasks t SET urgent_on = coalesce(nearest_last_day(t.case_id), t.due_on, DATE '9999-12-31') WHERE t.state IN ('open', 'claimed');
DROP INDEX tasks_queue;
CREATE INDEX tasks_by_urgency ON tasks (role, urgent_on, id) WHERE state IN ('open', 'claimed');
