-- Paper that left the program: originals once, copies numbered, bytes sealed by hash (D11, H14).

-- command: {kind, subject_id, format, layout, reason}. The first sheet of a document is its original
-- (copy 0); every later one is REIMPRESIÓN n and needs a reason.
CREATE OR REPLACE FUNCTION commercial.issue_document(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted_kind text := command ->> 'kind';
    subject bigint := (command ->> 'subject_id')::bigint;
    why text := btrim(coalesce(command ->> 'reason', ''));
    copy integer;
    issued issued_document;
    frozen jsonb;
BEGIN
    frozen := custody_paper(wanted_kind, subject);
    -- A void of the receipt under way comes first or after, never in between (voids.sql).
    IF wanted_kind = 'receipt' THEN
        PERFORM FROM receipt WHERE id = subject FOR SHARE;
    END IF;
    IF frozen IS NULL AND NOT (CASE wanted_kind
        WHEN 'receipt' THEN EXISTS (SELECT FROM receipt WHERE id = subject)
        WHEN 'closing' THEN EXISTS (
            SELECT FROM cash_closing c WHERE c.id = subject
            AND (owns_session(c.session_id) OR supervises_cash()))
        WHEN 'bill' THEN EXISTS (SELECT FROM bill WHERE id = subject)
        WHEN 'transfer' THEN EXISTS (SELECT FROM payment_transfer t WHERE t.id = subject)
        WHEN 'voucher' THEN supervises_cash()
            AND EXISTS (SELECT FROM voucher v WHERE v.id = subject)
        WHEN 'voucher_sheet' THEN supervises_cash() AND EXISTS (
            SELECT FROM voucher v WHERE v.id = subject AND v.sheet IS NOT NULL)
        WHEN 'deposit_list' THEN supervises_cash()
            AND EXISTS (SELECT FROM deposit_list l WHERE l.id = subject)
        WHEN 'statement' THEN EXISTS (SELECT FROM account WHERE id = subject)
        ELSE false END) THEN
        PERFORM refuse('TC025', 'There is no such document',
            jsonb_build_object('document', concat(wanted_kind, ' ', subject)));
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended(wanted_kind || subject, 0));
    SELECT coalesce(max(d.copy_number) + 1, 0) INTO copy FROM issued_document d
    WHERE d.kind = wanted_kind AND d.subject_id = subject;
    IF copy > 0 AND why = '' THEN
        PERFORM refuse('TC024', 'A reprint needs a reason', '{"act": "receipt.reprint"}');
    END IF;
    INSERT INTO issued_document (kind, subject_id, format, layout, copy_number, reason)
    VALUES (wanted_kind, subject, command ->> 'format',
            coalesce((command ->> 'layout')::integer, 1), copy, left(why, 200))
    RETURNING * INTO issued;
    INSERT INTO issued_content (document_id, content)
    SELECT issued.id, frozen WHERE frozen IS NOT NULL;
    RETURN to_jsonb(issued) || jsonb_build_object('issued_by_name',
        (SELECT m.full_name FROM staff_member m WHERE m.username = issued.issued_by));
END
$$;

-- command: {document_id, sha256}: the hash of the bytes, once, by whoever issued it.
CREATE OR REPLACE FUNCTION commercial.seal_document(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    print text := command ->> 'sha256';
BEGIN
    IF print IS NULL OR print !~ '^[0-9a-f]{64}$' THEN
        PERFORM refuse('TC023', 'Not a SHA-256', '{"field": "sha256", "problem": "format"}');
    END IF;
    UPDATE issued_document SET sha256 = print
    WHERE id = (command ->> 'document_id')::bigint AND issued_by = session_user
      AND sha256 IS DISTINCT FROM print;
    IF NOT EXISTS (SELECT FROM issued_document d WHERE d.id = (command ->> 'document_id')::bigint
                   AND d.issued_by = session_user) THEN
        PERFORM refuse('TC025', 'There is no such document of yours', jsonb_build_object(
            'document', coalesce(command ->> 'document_id', '')));
    END IF;
    RETURN jsonb_build_object('document_id', command -> 'document_id', 'sha256', print);
END
$$;

-- command: {document_id, printer, state, problem}: where a sheet stands; never touches money (O4).
CREATE OR REPLACE FUNCTION commercial.report_print(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    reported bigint;
BEGIN
    INSERT INTO print_job (document_id, printer, state, problem)
    SELECT d.id, left(coalesce(command ->> 'printer', ''), 120), command ->> 'state',
           left(coalesce(command ->> 'problem', ''), 300)
    FROM issued_document d WHERE d.id = (command ->> 'document_id')::bigint
    RETURNING id INTO reported;
    IF reported IS NULL THEN
        PERFORM refuse('TC025', 'There is no such document', jsonb_build_object(
            'document', coalesce(command ->> 'document_id', '')));
    END IF;
    RETURN jsonb_build_object('print_job_id', reported);
END
$$;
