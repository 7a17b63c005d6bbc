-- Finding accounts as they are typed (búsqueda): the same few milliseconds for a name that half the
-- town has and for one that a single person has, in a town of any size.

-- The account number without its dashes; an operator class that knows prefixes in every collation.
CREATE INDEX IF NOT EXISTS ix_account_directory_compact_number ON commercial.account_directory
    (replace(account_number, '-', '') text_pattern_ops);

-- The whole telephone; the account's holder is often found by it.
CREATE INDEX IF NOT EXISTS ix_account_directory_phone ON commercial.account_directory
    (commercial.fold(phone));

-- At most so many accounts, best first: those whose number (without dashes) begins with what was
-- typed, then those whose text holds every pattern, by name. Where the patterns match many, any of
-- them will do until more is typed: the first accounts are looked through one by one, and more of
-- them when what was found so far says that this fills the list sooner than the trigram index,
-- whose time grows with the town (a twentieth of the town costs about as much). Otherwise the index
-- is asked, which then has little to answer; left to the planner, a common word sorted thousands of
-- rows and a rare one read the whole table. Volatile, though it only reads: a stable function is
-- called by the planner too, to guess how many rows unnest gives, and every search was done twice.
--
-- Telephones stand apart from the text that everybody searches, and this is their only reader in the
-- directory. Everybody finds a person by the whole number, as it is said at the counter; by a part of
-- it only who sees it unmasked, or it could be felt out digit by digit. A single word with a letter
-- in it cannot be part of a telephone.
CREATE OR REPLACE FUNCTION commercial.find_accounts(patterns text[], number text, most integer)
RETURNS bigint[]
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = commercial, pg_temp
SET enable_seqscan = off SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
    sorted_at_most CONSTANT integer := 500;
    town CONSTANT real := (SELECT c.reltuples FROM pg_class c  -- accounts, as of the last ANALYZE
                           WHERE c.oid = 'commercial.account_directory'::regclass);
    looked_through integer := least(greatest(town / 50, 200), 800);
    to_look_through integer;
    first_ones bigint[] := '{}';
    named bigint[];
    digits text[];
    word_2 CONSTANT text := coalesce(patterns[2], '%');
    word_3 CONSTANT text := coalesce(patterns[3], '%');
    word_4 CONSTANT text := coalesce(patterns[4], '%');
BEGIN
    IF number <> '' THEN
        first_ones := ARRAY(
            SELECT d.account_id FROM account_directory d
            WHERE replace(d.account_number, '-', '') ~>=~ number
              AND replace(d.account_number, '-', '') ~<~ (number || '~')
            ORDER BY replace(d.account_number, '-', '') USING ~<~ LIMIT most);
    END IF;
    IF cardinality(first_ones) = most OR cardinality(patterns) = 0 THEN
        RETURN first_ones;
    END IF;
    digits := ARRAY(SELECT p FROM unnest(patterns) AS p
                    WHERE p !~ '^% ?[a-z0-9]*[a-z][a-z0-9]*%$');
    IF digits <> '{}' THEN
        first_ones := first_ones || ARRAY(
            SELECT d.account_id FROM unnest(digits) AS p
            JOIN account_directory d ON fold(d.phone) = btrim(p, '%')
            WHERE d.search_text LIKE ALL (array_remove(patterns, p)) AND btrim(p, '%') <> ''
            ORDER BY d.sort_key, d.account_number LIMIT most);
        IF NOT holds_job('registry', 'manager', 'director', 'auditor') THEN
            digits := '{}';
        END IF;
    END IF;
    LOOP
        named := ARRAY(
            SELECT f.account_id
            FROM (SELECT d.account_id, d.sort_key, d.account_number, d.search_text, d.phone
                  FROM account_directory d ORDER BY d.account_id LIMIT looked_through) f
            WHERE CASE WHEN digits = '{}' THEN f.search_text LIKE ALL (patterns)
                ELSE concat(f.search_text, ' ' || fold(f.phone)) LIKE ALL (patterns) END
            ORDER BY f.sort_key, f.account_number LIMIT most);
        EXIT WHEN cardinality(named) IN (0, most) OR to_look_through IS NOT NULL;
        to_look_through := 1.4 * looked_through * most / cardinality(named);
        EXIT WHEN to_look_through > greatest(town / 20, 800)
            OR town * cardinality(named) / looked_through < sorted_at_most;
        looked_through := to_look_through;
    END LOOP;
    IF cardinality(named) < most AND digits = '{}' AND cardinality(patterns) <= 4 THEN
        named := ARRAY(
            SELECT f.account_id FROM (
                SELECT d.account_id, d.sort_key, d.account_number FROM account_directory d
                WHERE d.search_text LIKE patterns[1] AND d.search_text LIKE word_2
                  AND d.search_text LIKE word_3 AND d.search_text LIKE word_4
                LIMIT sorted_at_most) f
            ORDER BY f.sort_key, f.account_number LIMIT most);
    ELSIF cardinality(named) < most THEN
        EXECUTE format('
            SELECT ARRAY(
                SELECT f.account_id FROM (
                    SELECT d.account_id, d.sort_key, d.account_number FROM account_directory d
                    WHERE %s LIMIT %s) f
                ORDER BY f.sort_key, f.account_number LIMIT %s)',
            (SELECT string_agg(format(CASE WHEN p = ANY (digits)
                    THEN '(d.search_text LIKE %1$L OR '' '' || fold(d.phone) LIKE %1$L)'
                    ELSE 'd.search_text LIKE %1$L' END, p), ' AND ')
             FROM unnest(patterns) AS p), sorted_at_most, most) INTO named;
    END IF;
    RETURN ARRAY(SELECT n.id FROM (
        SELECT u.id, min(u.place) AS place
        FROM unnest(first_ones || named) WITH ORDINALITY AS u (id, place) GROUP BY u.id
        ORDER BY place LIMIT most) n ORDER BY n.place);
END
$$;
