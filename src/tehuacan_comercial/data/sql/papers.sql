-- What the papers of custody say, frozen when a sheet of them is issued: X report, count sheet, delivery
-- slip, handover act. A delivery or a handover changes until it is answered; its paper does not.

-- Whose session, where and under which letterhead.
CREATE OR REPLACE FUNCTION commercial.custody_head(wanted bigint) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT jsonb_build_object('session_folio', s.folio, 'till_name', t.name,
        'cashier_name', m.full_name, 'business_date', s.business_date,
        'demonstration', m.is_demonstration,
        'office', (SELECT r.id FROM rule_set r
                   WHERE r.kind = 'office' AND r.valid @> s.business_date))
    FROM cash_session s
    JOIN till t ON t.code = s.till_code
    JOIN staff_member m ON m.username = s.cashier
    WHERE s.id = wanted
$$;

-- A count; what was expected is told of a surprise count, and of the one that closed its session.
CREATE OR REPLACE FUNCTION commercial.count_paper(wanted bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    RETURN (
        SELECT custody_head(s.id) || jsonb_build_object('folio', s.folio || '-A' || n.number,
            'kind', n.kind, 'at', n.counted_at, 'denominations', n.denominations,
            'declared', n.declared, 'note', n.note, 'counted_by_name', name_of(n.counted_by),
            'expected', coalesce(n.expected, (
                SELECT jsonb_object_agg(l.tender, l.expected) FROM cash_closing c
                JOIN cash_closing_line l ON l.closing_id = c.id WHERE c.count_id = n.id)))
        FROM cash_count n JOIN cash_session s ON s.id = n.session_id
        WHERE n.id = wanted AND (supervises_cash()
            OR (n.kind = 'closing' AND session_user IN (s.cashier, n.counted_by))));
END
$$;

CREATE OR REPLACE FUNCTION commercial.withdrawal_paper(wanted bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    RETURN (
        SELECT custody_head(w.session_id) || jsonb_build_object('folio', w.folio, 'at', w.sent_at,
            'amount', w.amount, 'denominations', w.denominations, 'note', w.note, 'state', w.state,
            'sent_by_name', name_of(w.sent_by), 'decided_by_name', name_of(w.decided_by),
            'decided_at', w.decided_at, 'decision_note', w.decision_note)
        FROM withdrawal w JOIN cash_session s ON s.id = w.session_id
        WHERE w.id = wanted AND (supervises_cash() OR session_user IN (s.cashier, w.sent_by)));
END
$$;

CREATE OR REPLACE FUNCTION commercial.handover_paper(wanted bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    RETURN (
        SELECT custody_head(h.from_session_id) || jsonb_build_object('folio', h.folio,
            'at', h.sent_at, 'note', h.note, 'sent_by_name', name_of(h.sent_by),
            'to_till', t.name, 'receiver_name', name_of(r.cashier),
            'items', (SELECT jsonb_agg(jsonb_build_object('line', i.line, 'tender', i.tender,
                'amount', i.amount, 'denominations', i.denominations, 'reference', i.reference,
                'bank', i.bank, 'receipt', coalesce(q.folio, ''), 'state', i.state,
                'decided_by_name', name_of(i.decided_by), 'decision_note', i.decision_note)
                ORDER BY i.line)
                FROM handover_item i LEFT JOIN receipt q ON q.payment_id = i.payment_id
                WHERE i.handover_id = h.id))
        FROM handover h
        JOIN cash_session g ON g.id = h.from_session_id
        JOIN cash_session r ON r.id = h.to_session_id
        JOIN till t ON t.code = r.till_code
        WHERE h.id = wanted AND (supervises_cash() OR session_user IN (g.cashier, r.cashier, h.sent_by)));
END
$$;

CREATE OR REPLACE FUNCTION commercial.interim_paper(wanted bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    RETURN (
        SELECT x.content || jsonb_build_object('taken_by_name', name_of(x.taken_by))
        FROM interim_report x
        WHERE x.id = wanted AND (supervises_cash() OR x.taken_by = session_user));
END
$$;

-- A shortage put back in cash: what was sealed with its folio.
CREATE OR REPLACE FUNCTION commercial.repayment_paper(wanted bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    RETURN (
        SELECT r.content FROM shortage_settlement r
        WHERE r.id = wanted AND (supervises_cash() OR owns_session(r.session_id)
                                 OR owns_session(r.into_session_id)));
END
$$;

-- What a paper of custody would say now, for whoever may read it; NULL otherwise.
CREATE OR REPLACE FUNCTION commercial.custody_paper(wanted_kind text, subject bigint)
RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT CASE wanted_kind
        WHEN 'interim_report' THEN interim_paper(subject)
        WHEN 'cash_count' THEN count_paper(subject)
        WHEN 'withdrawal' THEN withdrawal_paper(subject)
        WHEN 'handover' THEN handover_paper(subject)
        WHEN 'shortage_repaid' THEN repayment_paper(subject) END
$$;
