-- Which way the content of a batch was hashed when it was signed (ADR 17). 1: one hash over all lines. 2: a Merkle tree over them, so that
-- a single line can be shown to be one that was signed. A batch keeps the form it was made with.
ALTER TABLE batches ADD COLUMN content_form smallint NOT NULL DEFAULT 1 CONSTRAINT batches_content_form CHECK (content_form IN (1, 2));
ALTER TABLE batches ALTER COLUMN content_form SET DEFAULT 2;
COMMENT ON COLUMN batches.content_form IS 'how content_hash was computed: 1 over all lines at once, 2 as the root of a Merkle tree over them';

CREATE FUNCTION keep_content_form() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  PERFORM refuse('batches_frozen', format('batch %s is signed in the form it was made with', OLD.batch_no));
END
$$;
CREATE TRIGGER batches_content_form_kept BEFORE UPDATE OF content_form ON batches FOR EACH ROW
  WHEN (NEW.content_form IS DISTINCT FROM OLD.content_form) EXECUTE FUNCTION keep_content_form();
