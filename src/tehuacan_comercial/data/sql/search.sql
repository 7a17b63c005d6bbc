-- Finding accounts as they are typed (búsqueda): the same few milliseconds for a name that half the
-- town has and for one that a single person has, in a town of any size.

-- The account number without its dashes; an operator class that knows prefixes in every collation.
CREATE INDEX IF NOT EXISTS ix_account_directory_compact_number ON commercial.account_directory
    (replace(account_number, '-', '') text_pattern_ops);

-- The text of an account as somebody may search it to whom telephones are masked: without the
-- telephone, which stands at its end, unless one of the patterns is the whole of it.
CREATE OR REPLACE FUNCTION commercial.searched_masked(search_text text, phone text, patterns text[])
RETURNS text
LANGUAGE sql IMMUTABLE
AS $$
    SELECT CASE WHEN '%' || commercial.fold(phone) || '%' = ANY (patterns) THEN search_text
        ELSE left(search_text, length(search_text) - length(commercial.fold(phone))) END
$$;

-- At most so many accounts, best first: those whose number (without dashes) begins with what was
-- typed, then those whose text holds every pattern, by name. Where the patterns match many, any of
-- them will do until more is typed: the first accounts are looked through one by one, and more of
-- them when what was found so far says that this fills the list sooner than the trigram index,
-- whose time grows with the town (a twentieth of the town costs about as much). Otherwise the index
-- is asked, which then has little to answer; left to the planner, a common word sorted thousands of
-- rows and a rare one read the whole table. Volatile, though it only reads: a stable function is
-- called by the planner too, to guess how many rows unnest gives, and every search was done twice.
--
-- The only reader of telephones in the directory: the grants give its other columns. Whoever sees
-- them masked finds a person by the whole number, as it is said at the counter, and never by a part
-- of it, or it could be felt out digit by digit. A single word with a letter in it cannot be part
-- of a telephone and needs no second look.
CREATE OR REPLACE FUNCTION commercial.find_accounts(patterns text[], number text, most integer)
RETURNS bigint[]
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = commercial, pg_temp
SET enable_seqscan = off
AS $$
DECLARE
    sorted_at_most CONSTANT integer := 500;
    looked_through integer := 800;
    to_look_through integer;
    town real;  -- accounts, as of the last ANALYZE
    numbered bigint[] := '{}';
    named bigint[];
    guarded text[] := '{}';
BEGIN
    IF NOT holds_job('registry', 'manager', 'director', 'auditor') THEN
        guarded := ARRAY(SELECT p FROM unnest(patterns) AS p
                         WHERE p !~ '^% ?[a-z0-9]*[a-z][a-z0-9]*%$');
    END IF;
    IF number <> '' THEN
        numbered := ARRAY(
            SELECT d.account_id FROM account_directory d
            WHERE replace(d.account_number, '-', '') ~>=~ number
              AND replace(d.account_number, '-', '') ~<~ (number || '~')
            ORDER BY replace(d.account_number, '-', '') USING ~<~ LIMIT most);
    END IF;
    IF cardinality(numbered) = most OR cardinality(patterns) = 0 THEN
        RETURN numbered;
    END IF;
    LOOP
        named := ARRAY(
            SELECT f.account_id
            FROM (SELECT d.account_id, d.sort_key, d.account_number, d.search_text, d.phone
                  FROM account_directory d ORDER BY d.account_id LIMIT looked_through) f
            WHERE f.search_text LIKE ALL (patterns)
              AND (guarded = '{}' OR f.phone IS NULL
                   OR searched_masked(f.search_text, f.phone, guarded) LIKE ALL (guarded))
            ORDER BY f.sort_key, f.account_number LIMIT most);
        EXIT WHEN cardinality(named) IN (0, most) OR to_look_through IS NOT NULL;
        town := (SELECT c.reltuples FROM pg_class c
                 WHERE c.oid = 'commercial.account_directory'::regclass);
        to_look_through := 1.4 * looked_through * most / cardinality(named);
        EXIT WHEN to_look_through > town / 20
            OR town * cardinality(named) / looked_through < sorted_at_most;
        looked_through := to_look_through;
    END LOOP;
    IF cardinality(named) < most THEN
        EXECUTE format('
            SELECT ARRAY(
                SELECT f.account_id FROM (
                    SELECT d.account_id, d.sort_key, d.account_number FROM account_directory d
                    WHERE %s%s LIMIT %s) f
                ORDER BY f.sort_key, f.account_number LIMIT %s)',
            (SELECT string_agg(format('d.search_text LIKE %L', p), ' AND ')
             FROM unnest(patterns) AS p),
            CASE WHEN guarded <> '{}' THEN format(' AND (d.phone IS NULL OR'
                ' searched_masked(d.search_text, d.phone, %1$L::text[]) LIKE ALL (%1$L::text[]))',
                guarded) END,
            sorted_at_most, most) INTO named;
    END IF;
    RETURN (numbered || ARRAY(
        SELECT n.id FROM unnest(named) WITH ORDINALITY AS n (id, place)
        WHERE n.id <> ALL (numbered) ORDER BY n.place))[:most];
END
$$;
