-- Rules as versioned data (reglas, D8): one file is one version of one kind. The program parses and
-- checks the file; here it is written whole or not at all. Nothing is ever deleted: a version that
-- made no amount yet may be replaced (it stays, with an empty validity), one that did may only end,
-- and not before the last day it was used for.

-- The last day for which a version made an amount, or NULL (último uso).
CREATE OR REPLACE FUNCTION commercial.last_use_of(rules bigint) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT greatest(
        (SELECT max(p.ends_on) FROM billing_run r JOIN billing_period p ON p.code = r.period_code
         WHERE rules IN (r.tariff_id, r.taxes_id)),
        (SELECT max(c.accrued_through) FROM charge c
         WHERE c.rule_set_id = rules AND c.source = 'surcharge'),
        (SELECT max((a.decided_at AT TIME ZONE 'America/Mexico_City')::date) FROM authorisation a
         WHERE a.rule_set_id = rules),
        (SELECT max(t.business_date) FROM tender_return t WHERE t.rule_set_id = rules),
        (SELECT max(v.business_date) FROM voucher v WHERE v.map_id = rules))
$$;

-- Make room for a version: later ones end it, it ends earlier ones, unused ones it replaces.
CREATE OR REPLACE FUNCTION commercial.room_for_rules(
    wanted_kind text, wanted_code text, wanted_version text, from_day date, to_day date)
RETURNS daterange
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    span daterange := daterange(from_day, to_day, '[]');
    other rule_set;
BEGIN
    FOR other IN
        SELECT r.* FROM rule_set r
        WHERE r.kind = wanted_kind AND NOT isempty(r.valid)
          AND (r.valid && span OR (r.code, r.version) = (wanted_code, wanted_version))
        ORDER BY lower(r.valid)
    LOOP
        IF (other.code, other.version) = (wanted_code, wanted_version)
           OR lower(other.valid) = from_day THEN
            IF other.used THEN
                PERFORM refuse('TC020', 'The version was used', jsonb_build_object(
                    'rule_set', other.code || ' ' || other.version));
            END IF;
            UPDATE rule_set r SET valid = 'empty' WHERE r.id = other.id;
        ELSIF lower(other.valid) < from_day THEN
            IF other.used AND coalesce(last_use_of(other.id) >= from_day, false) THEN
                PERFORM refuse('TC020', 'The version was used for later days', jsonb_build_object(
                    'rule_set', other.code || ' ' || other.version));
            END IF;
            UPDATE rule_set r SET valid = daterange(lower(r.valid), from_day)
            WHERE r.id = other.id;
        ELSE
            span := daterange(from_day, lower(other.valid));
        END IF;
    END LOOP;
    RETURN span;
END
$$;

-- The catalogue on which the other rules stand: concepts, the accounts of their revenue, uses,
-- zones. A concept keeps its kind for ever; names and order may change (audited).
CREATE OR REPLACE FUNCTION commercial.load_catalogue(rules jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    changed text := (
        SELECT c.code FROM concept c
        JOIN jsonb_to_recordset(rules -> 'concepts') AS n (code text, kind text) USING (code)
        WHERE n.kind <> c.kind LIMIT 1);
BEGIN
    IF changed IS NOT NULL THEN
        PERFORM refuse('TC023', 'A concept does not change its kind',
            jsonb_build_object('field', 'concept', 'problem', changed));
    END IF;
    INSERT INTO ledger_account (code, name, nature)
    SELECT DISTINCT ON (n.ledger_account) n.ledger_account, n.name, 'credit'
    FROM jsonb_to_recordset(rules -> 'concepts') AS n (ledger_account text, name text)
    ON CONFLICT (code) DO NOTHING;
    INSERT INTO concept AS c (code, name, kind, follows, settlement_order, revenue_account, service)
    SELECT n.code, n.name, n.kind, n.follows, n.settlement_order, n.ledger_account, n.service
    FROM jsonb_to_recordset(rules -> 'concepts') AS n (code text, name text, kind text,
        follows text, settlement_order integer, ledger_account text, service text)
    ON CONFLICT (code) DO UPDATE SET name = excluded.name, follows = excluded.follows,
        settlement_order = excluded.settlement_order, revenue_account = excluded.revenue_account,
        service = excluded.service;
    INSERT INTO use_class AS u (code, name, domestic)
    SELECT n.code, n.name, n.domestic
    FROM jsonb_to_recordset(rules -> 'uses') AS n (code text, name text, domestic boolean)
    ON CONFLICT (code) DO UPDATE SET name = excluded.name, domestic = excluded.domestic;
    INSERT INTO zone AS z (code, name)
    SELECT n.code, n.name FROM jsonb_to_recordset(rules -> 'zones') AS n (code text, name text)
    ON CONFLICT (code) DO UPDATE SET name = excluded.name;
END
$$;

-- The rows of a version, by kind; a kind has only its own.
CREATE OR REPLACE FUNCTION commercial.load_rule_rows(made bigint, rules jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    INSERT INTO tariff_rate (rule_set_id, concept, use_class, zone, modality, form, from_m3, to_m3,
                             amount, percent_of, minimum)
    SELECT made, r.concept, r.use_class, r.zone, r.modality, r.form, r.from_m3, r.to_m3,
           r.amount, r.percent_of, r.minimum
    FROM jsonb_populate_recordset(NULL::tariff_rate, rules -> 'rates') r;
    INSERT INTO tax_rate (rule_set_id, concept, use_class, rate)
    SELECT made, r.concept, r.use_class, r.rate
    FROM jsonb_populate_recordset(NULL::tax_rate, rules -> 'taxes') r;
    INSERT INTO surcharge_rate (rule_set_id, concept, accessory, monthly_rate, base, grace_days,
                                cap_ratio, month_fraction_counts)
    SELECT made, r.concept, r.accessory, r.monthly_rate, r.base, r.grace_days, r.cap_ratio,
           r.month_fraction_counts
    FROM jsonb_populate_recordset(NULL::surcharge_rate, rules -> 'surcharges') r;
    INSERT INTO uma_value (rule_set_id, year, valid, daily, monthly, annual)
    SELECT made, r.year, daterange(r.valid_from, r.valid_to, '[]'), r.daily, r.monthly, r.annual
    FROM jsonb_to_recordset(rules -> 'uma') AS r (year integer, valid_from date, valid_to date,
        daily numeric, monthly numeric, annual numeric);
    INSERT INTO authority_limit (rule_set_id, kind, job, from_amount, up_to)
    SELECT made, r.kind, r.job, r.from_amount, r.up_to
    FROM jsonb_populate_recordset(NULL::authority_limit, rules -> 'limits') r;
    INSERT INTO authorisation_reason (rule_set_id, list, code, name, needs_note)
    SELECT made, r.list, r.code, r.name, r.needs_note
    FROM jsonb_populate_recordset(NULL::authorisation_reason, rules -> 'reasons') r;
    INSERT INTO non_working_day (rule_set_id, day, name)
    SELECT made, r.day, r.name FROM jsonb_to_recordset(rules -> 'days') AS r (day date, name text);
    INSERT INTO office_setting (rule_set_id, key, value)
    SELECT made, s.key, s.value FROM jsonb_each(coalesce(rules -> 'settings', '{}')) s;
$$;

-- What the program knows and a version does not name, as [{code, name}]: an older file stays valid and
-- says nothing of what came after it. Of a map, the accounts that the books post to by themselves;
-- of limits, the kinds of authorisation that nobody would decide.
CREATE OR REPLACE FUNCTION commercial.rules_missing(wanted_kind text, rules jsonb) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object('code', x.code, 'name', x.name)
                    ORDER BY x.code), '[]')
    FROM (SELECT l.code, l.name FROM ledger_account l
          WHERE wanted_kind = 'accounting_map' AND l.code NOT IN ('RECEIVABLE', 'OPENING')
            AND l.code NOT LIKE 'REVENUE%'
            AND NOT EXISTS (SELECT FROM concept k WHERE k.revenue_account = l.code)
            AND NOT EXISTS (
                SELECT FROM jsonb_array_elements(rules #> '{settings,accounting_map,ledgers}') m
                WHERE m ->> 'ledger' = l.code)
          UNION ALL
          SELECT k.code, k.name FROM authorisation_kind k
          WHERE wanted_kind = 'authority' AND NOT EXISTS (
              SELECT FROM jsonb_array_elements(rules -> 'limits') m WHERE m ->> 'kind' = k.code)) x
$$;

-- command: {kind, code, version, title, legal_basis, published_in, valid_from, valid_to,
--   demonstration, source_text, sha256} and the rows of its kind: concepts, uses, zones; rates;
--   taxes; surcharges; uma; days; limits, reasons; settings. The same file again changes nothing.
CREATE OR REPLACE FUNCTION commercial.load_rules(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    same bigint;
    made bigint;
    span daterange;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('tehuacan rules'));
    same := (SELECT r.id FROM rule_set r WHERE r.kind = command ->> 'kind'
             AND r.source_sha256 = command ->> 'sha256' AND NOT isempty(r.valid));
    IF same IS NOT NULL THEN
        RETURN jsonb_build_object('rule_set_id', same, 'loaded', false,
            'missing', rules_missing(command ->> 'kind', command));
    END IF;
    IF command ->> 'sha256' IS DISTINCT FROM encode(
            sha256(convert_to(command ->> 'source_text', 'UTF8')), 'hex') THEN
        PERFORM refuse('TC023', 'The hash is not that of the text',
            '{"field": "sha256", "problem": "other text"}');
    END IF;
    span := room_for_rules(command ->> 'kind', command ->> 'code', command ->> 'version',
        (command ->> 'valid_from')::date, (command ->> 'valid_to')::date);
    INSERT INTO rule_set (kind, code, version, title, legal_basis, published_in, valid,
                          is_demonstration, source_text, source_sha256)
    VALUES (command ->> 'kind', command ->> 'code', command ->> 'version', command ->> 'title',
            command ->> 'legal_basis', command ->> 'published_in', span,
            (command ->> 'demonstration')::boolean, command ->> 'source_text',
            command ->> 'sha256')
    RETURNING id INTO made;
    PERFORM load_catalogue(command) WHERE command ? 'concepts';
    PERFORM load_rule_rows(made, command);
    PERFORM record_act('rule_set', made::text, command - 'source_text'
        - '{concepts,uses,zones,rates,taxes,surcharges,uma,days,limits,reasons,settings}'::text[]);
    PERFORM announce('rules', command ->> 'kind');
    RETURN jsonb_build_object('rule_set_id', made, 'loaded', true, 'valid', span,
        'missing', rules_missing(command ->> 'kind', command));
END
$$;
