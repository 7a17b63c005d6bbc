-- DEMOSTRACIÓN. The closing of each session of the batch (corte de caja), in order of day, with
-- the content that close_session freezes. One in forty is some pesos over or short.

DO $$
DECLARE
    pieces CONSTANT numeric[] := ARRAY[1000, 500, 200, 100, 50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1];
    session record;
    series record;
    off numeric;
    declared jsonb;
    counted jsonb;
    piece numeric;
    left_over numeric;
    tenders jsonb;
    count_id bigint;
    closing_id bigint;
    journal_id bigint;
    content jsonb;
    seal text;
BEGIN
    FOR session IN
        SELECT s.*, t.closing_series, d.command_id AS seed
        FROM pg_temp.demo_session d
        JOIN commercial.cash_session s ON s.id = d.id
        JOIN commercial.till t ON t.code = s.till_code ORDER BY s.id
    LOOP
        off := CASE WHEN session.id % 40 = 17 THEN 10.00
                    WHEN session.id % 40 = 31 AND EXISTS (  -- nobody is short of what nobody paid
                        SELECT FROM commercial.session_expected(session.id) e
                        WHERE e.tender = 'cash' AND e.expected >= session.opening_counted + 5.50)
                    THEN -5.50 ELSE 0.00 END;
        SELECT jsonb_object_agg(e.tender,
                   e.expected + CASE e.tender WHEN 'cash' THEN off ELSE 0.00 END),
               jsonb_agg(jsonb_build_object('tender', e.tender, 'expected', e.expected,
                   'declared', e.expected + CASE e.tender WHEN 'cash' THEN off ELSE 0.00 END,
                   'difference', CASE e.tender WHEN 'cash' THEN off ELSE 0.00 END)
                   ORDER BY array_position(ARRAY['cash', 'card', 'transfer', 'cheque'], e.tender))
        INTO declared, tenders FROM commercial.session_expected(session.id) e;
        left_over := (declared ->> 'cash')::numeric;
        counted := '{}';
        FOREACH piece IN ARRAY pieces LOOP
            IF left_over >= piece THEN
                counted := counted || jsonb_build_object(
                    piece::text, floor(left_over / piece)::integer);
                left_over := left_over - floor(left_over / piece) * piece;
            END IF;
        END LOOP;
        INSERT INTO commercial.cash_count (session_id, kind, number, denominations, declared, counted_by,
                                           counted_at)
        VALUES (session.id, 'closing', 1, counted, declared, session.cashier, session.closed_at)
        RETURNING id INTO count_id;
        SELECT f.last_number + 1 AS number, f.chain_head,
               commercial.folio_text(f.code, f.last_number + 1) AS folio INTO series
        FROM commercial.folio_series f WHERE f.code = session.closing_series FOR UPDATE;
        content := commercial.session_summary(session.id) || jsonb_build_object(
            'denominations', counted, 'note', '', 'tenders', tenders,
            'folio', series.folio, 'issued_at', session.closed_at);
        seal := encode(sha256(convert_to(series.chain_head || content::text, 'UTF8')), 'hex');
        UPDATE commercial.folio_series f SET last_number = series.number, chain_head = seal
        WHERE f.code = session.closing_series;
        INSERT INTO commercial.cash_closing (
            command_id, fingerprint, session_id, count_id, series, number, folio, content,
            previous_hash, hash, closed_by, closed_at)
        VALUES (md5('corte ' || session.seed)::uuid, session.fingerprint, session.id, count_id,
                session.closing_series, series.number, series.folio, content, series.chain_head,
                seal, session.cashier, session.closed_at)
        RETURNING id INTO closing_id;
        INSERT INTO commercial.cash_closing_line (closing_id, tender, expected, declared, difference)
        SELECT closing_id, t.tender, t.expected, t.declared, t.difference
        FROM jsonb_to_recordset(tenders)
            AS t (tender text, expected numeric, declared numeric, difference numeric);
        IF off <> 0 THEN
            INSERT INTO commercial.journal (kind, business_date, memo, posted_by, posted_at)
            VALUES ('cash_difference', session.business_date, 'Diferencia del corte ' || closing_id,
                    session.cashier, session.closed_at) RETURNING id INTO journal_id;
            INSERT INTO commercial.journal_line (journal_id, line, ledger_account, amount)
            VALUES (journal_id, 1, 'CASH', off),
                   (journal_id, 2, CASE WHEN off > 0 THEN 'OVERAGE' ELSE 'SHORTAGE' END, -off);
        END IF;
    END LOOP;
END
$$;
