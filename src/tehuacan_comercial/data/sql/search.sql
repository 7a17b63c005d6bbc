-- Finding accounts as they are typed (búsqueda): the same few milliseconds for a name that half the
-- town has and for one that a single person has, in a town of any size.

-- The account number without its dashes; an operator class that knows prefixes in every collation.
CREATE INDEX IF NOT EXISTS ix_account_directory_compact_number ON commercial.account_directory
    (replace(account_number, '-', '') text_pattern_ops);

-- At most so many accounts, best first: those whose number (without dashes) begins with what was
-- typed, then those whose text holds every pattern, by name. Where the patterns match many, any of
-- them will do until more is typed: the first accounts are looked through one by one. Only when
-- that does not fill the list is the trigram index asked, which then has little to answer; left to
-- the planner, a common word sorted thousands of rows and a rare one read the whole table.
CREATE OR REPLACE FUNCTION commercial.find_accounts(patterns text[], number text, most integer)
RETURNS bigint[]
LANGUAGE plpgsql STABLE SET search_path = commercial, public, pg_temp SET enable_seqscan = off
AS $$
DECLARE
    looked_through CONSTANT integer := 800;
    sorted_at_most CONSTANT integer := 500;
    numbered bigint[] := '{}';
    named bigint[];
BEGIN
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
    named := ARRAY(
        SELECT f.account_id
        FROM (SELECT d.account_id, d.sort_key, d.account_number, d.search_text
              FROM account_directory d ORDER BY d.account_id LIMIT looked_through) f
        WHERE f.search_text LIKE ALL (patterns)
        ORDER BY f.sort_key, f.account_number LIMIT most);
    IF cardinality(named) < most THEN
        EXECUTE format('
            SELECT ARRAY(
                SELECT f.account_id FROM (
                    SELECT d.account_id, d.sort_key, d.account_number FROM account_directory d
                    WHERE %s LIMIT %s) f
                ORDER BY f.sort_key, f.account_number LIMIT %s)',
            (SELECT string_agg(format('d.search_text LIKE %L', p), ' AND ')
             FROM unnest(patterns) AS p),
            sorted_at_most, most) INTO named;
    END IF;
    RETURN (numbered || ARRAY(
        SELECT n.id FROM unnest(named) WITH ORDINALITY AS n (id, place)
        WHERE n.id <> ALL (numbered) ORDER BY n.place))[:most];
END
$$;
