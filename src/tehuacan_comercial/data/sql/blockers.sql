-- What is in the way of a close (¿Puedo cerrar?): whatever a screen lists and what refuses the close
-- are the same rows.

-- The standing receipts of a session of which no sheet came out of a printer or was saved: how many,
-- and the first.
CREATE OR REPLACE FUNCTION commercial.unprinted_receipts(wanted bigint)
RETURNS TABLE (receipts bigint, first_id bigint, first_folio text, since timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT count(*), min(r.id), (array_agg(r.folio ORDER BY r.id))[1], min(p.posted_at)
    FROM payment p JOIN receipt r ON r.payment_id = p.id
    WHERE p.session_id = wanted
      AND NOT EXISTS (SELECT FROM receipt_void v WHERE v.receipt_id = r.id)
      AND NOT EXISTS (
          SELECT FROM issued_document d JOIN print_job j ON j.document_id = d.id
          WHERE d.kind = 'receipt' AND d.subject_id = r.id AND j.state IN ('printed', 'saved'))
$$;

-- What stands between a session and its close (¿Puedo cerrar?): "blocking" refuses the close, the
-- rest is a reminder. One's own session, or any for supervision.
CREATE OR REPLACE FUNCTION commercial.closing_blockers(wanted bigint)
RETURNS TABLE (code text, subject text, facts jsonb, blocking boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    RETURN QUERY
    SELECT b.code, b.subject, b.facts, b.blocking FROM (
        SELECT 'withdrawal_in_transit' AS code, w.folio AS subject,
               jsonb_build_object('withdrawal_id', w.id, 'amount', w.amount) AS facts,
               true AS blocking, w.sent_at AS since
        FROM withdrawal w WHERE w.session_id = wanted AND w.state = 'in_transit'
        UNION ALL
        SELECT 'handover_in_transit', h.folio,
               jsonb_build_object('handover_id', h.id, 'items', (
                   SELECT count(*) FROM handover_item i
                   WHERE i.handover_id = h.id AND i.state = 'in_transit'),
                   'direction', CASE h.from_session_id WHEN wanted THEN 'out' ELSE 'in' END),
               true, h.sent_at
        FROM handover h
        WHERE wanted IN (h.from_session_id, h.to_session_id) AND EXISTS (
            SELECT FROM handover_item i WHERE i.handover_id = h.id AND i.state = 'in_transit')
        UNION ALL
        SELECT 'held_sale', h.label, jsonb_build_object('held_sale_id', h.id), false, h.held_at
        FROM held_sale h WHERE h.session_id = wanted
        UNION ALL
        -- Closed now, the void that waits becomes a reversal, to be asked for again.
        SELECT 'void_pending', r.folio,
               jsonb_build_object('authorisation_id', a.id, 'amount', a.amount), false,
               a.requested_at
        FROM authorisation a JOIN receipt r ON r.id = a.subject_id
        WHERE a.kind = 'void_receipt' AND a.state = 'requested'
          AND a.expires_at > clock_timestamp() AND (a.session_id = wanted OR EXISTS (
              SELECT FROM jsonb_array_elements(a.facts #> '{terms,refunds}') f
              WHERE f ->> 'session_id' = wanted::text))
        UNION ALL
        SELECT 'authorisation_pending', a.facts ->> 'title',
               jsonb_build_object('authorisation_id', a.id, 'kind', a.kind), false, a.requested_at
        FROM authorisation a
        WHERE a.session_id = wanted AND a.state = 'requested'
          AND a.kind NOT IN ('void_receipt', 'closing_tolerance')
          AND a.expires_at > clock_timestamp()
        UNION ALL
        SELECT 'paper_unprinted', u.first_folio,
               jsonb_build_object('receipt_id', u.first_id, 'receipts', u.receipts), false, u.since
        FROM unprinted_receipts(wanted) u WHERE u.receipts > 0
        UNION ALL
        SELECT CASE tries.counts WHEN 1 THEN 'recount' ELSE 'difference' END, s.folio,
               jsonb_build_object('session_id', s.id, 'counts', tries.counts,
                   'authorisation', closing_permit(tries.last)),
               tries.counts > 1 AND coalesce(closing_permit(tries.last) ->> 'state', '')
                   NOT IN ('approved', 'denied'), tries.since
        FROM cash_session s
        CROSS JOIN LATERAL (SELECT count(*) AS counts, max(n.id) AS last,
                                   max(n.counted_at) AS since FROM closing_counts(s.id) n) tries
        WHERE s.id = wanted AND tries.counts > 0) AS b
    WHERE supervises_cash() OR owns_session(wanted)
    ORDER BY b.blocking DESC, b.since;
END
$$;

-- A count to close is taken when nothing blocks; after two, only when the permission for the last was
-- denied.
CREATE OR REPLACE FUNCTION commercial.check_countable(wanted bigint) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    blockers jsonb;
    tries integer;
    last bigint;
BEGIN
    blockers := (SELECT jsonb_agg(jsonb_build_object('code', b.code, 'subject', b.subject,
                                                     'facts', b.facts))
                 FROM closing_blockers(wanted) b WHERE b.blocking AND b.code <> 'difference');
    IF blockers IS NOT NULL THEN
        PERFORM refuse('TC040', 'Something is in the way of the close', jsonb_build_object(
            'session_id', wanted, 'blockers', blockers));
    END IF;
    SELECT count(*), max(n.id) INTO tries, last FROM closing_counts(wanted) n;
    IF tries >= 2 AND closing_permit(last) ->> 'state' IS DISTINCT FROM 'denied' THEN
        PERFORM refuse('TC046', 'Somebody else decides on the difference',
            jsonb_build_object('session_id', wanted, 'counts', tries));
    END IF;
END
$$;
