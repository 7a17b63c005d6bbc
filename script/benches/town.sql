-- The rules and periods of a town that is measured; invented values.
INSERT INTO rule_set (kind, code, version, title, legal_basis, published_in, valid,
                      is_demonstration, source_text, source_sha256)
SELECT kind, kind, '1', 'DEMOSTRACIÓN', '-', '-', '[2020-01-01,)', true, '', ''
FROM unnest(ARRAY['office', 'tariff', 'taxes', 'surcharges', 'authority']) AS k (kind);
INSERT INTO office_setting (rule_set_id, key, value)
SELECT id, 'cash_rounding_step', '"0.50"' FROM rule_set WHERE kind = 'office';
INSERT INTO authority_limit (rule_set_id, kind, job, from_amount)
SELECT r.id, k.kind, 'manager', 0
FROM rule_set r, (VALUES ('void_receipt'), ('transfer_payment')) AS k (kind)
WHERE r.kind = 'authority';
INSERT INTO authorisation_reason (rule_set_id, list, code, name, needs_note)
SELECT r.id, k.kind, 'CUENTA', 'Se cobró en otra cuenta', false
FROM rule_set r, (VALUES ('void_receipt'), ('transfer_payment')) AS k (kind)
WHERE r.kind = 'authority';

INSERT INTO use_class VALUES ('DOM', 'Doméstico', true), ('COM', 'Comercial', false),
    ('IND', 'Industrial', false);
INSERT INTO zone VALUES ('POP', 'Popular'), ('MED', 'Media'), ('RES', 'Residencial');
INSERT INTO ledger_account VALUES ('REVENUE_AGUA', 'Agua', 'credit'),
    ('REVENUE_ALC', 'Alcantarillado', 'credit'), ('REVENUE_SAN', 'Saneamiento', 'credit'),
    ('REVENUE_REC', 'Recargos', 'credit');
INSERT INTO concept VALUES
    ('REC', 'Recargos', 'accessory', NULL, 10, 'REVENUE_REC', NULL),
    ('AGUA', 'Agua potable', 'service', NULL, 20, 'REVENUE_AGUA', 'water'),
    ('ALC', 'Alcantarillado', 'service', NULL, 30, 'REVENUE_ALC', 'sewerage'),
    ('SAN', 'Saneamiento', 'service', NULL, 40, 'REVENUE_SAN', 'sanitation');
INSERT INTO surcharge_rate (rule_set_id, concept, accessory, monthly_rate, base, grace_days,
                            cap_ratio, month_fraction_counts)
SELECT id, 'AGUA', 'REC', 0.015, 'principal', 0, 1.0, true FROM rule_set
WHERE kind = 'surcharges';

-- Water by blocks with a minimum where it is measured, a fee by zone where it is not; sewerage and
-- sanitation as a percentage of water.
INSERT INTO tariff_rate (rule_set_id, concept, use_class, zone, modality, form, from_m3, to_m3,
                         amount, percent_of, minimum)
SELECT r.id, 'AGUA', u.code, z.code, 'metered', 'block', b.from_m3, b.to_m3,
       b.price * u.factor * z.factor, NULL, 90.00 * u.factor
FROM rule_set r,
     (VALUES ('DOM', 1.0), ('COM', 2.1), ('IND', 3.4)) AS u (code, factor),
     (VALUES ('POP', 0.8), ('MED', 1.0), ('RES', 1.4)) AS z (code, factor),
     (VALUES (0, 10, 7.10), (11, 20, 9.35), (21, 40, 13.80), (41, NULL, 19.95))
         AS b (from_m3, to_m3, price)
WHERE r.kind = 'tariff'
UNION ALL
SELECT r.id, 'AGUA', u.code, z.code, 'fixed', 'fixed', 0, NULL, 142.50 * u.factor * z.factor,
       NULL, NULL
FROM rule_set r,
     (VALUES ('DOM', 1.0), ('COM', 2.1), ('IND', 3.4)) AS u (code, factor),
     (VALUES ('POP', 0.8), ('MED', 1.0), ('RES', 1.4)) AS z (code, factor)
WHERE r.kind = 'tariff'
UNION ALL
SELECT r.id, s.code, u.code, NULL, m.code, 'percent', 0, NULL, s.percent, 'AGUA', NULL
FROM rule_set r, (VALUES ('ALC', 20), ('SAN', 10)) AS s (code, percent),
     (VALUES ('DOM'), ('COM'), ('IND')) AS u (code),
     (VALUES ('metered'), ('fixed')) AS m (code)
WHERE r.kind = 'tariff';
INSERT INTO tax_rate (rule_set_id, concept, use_class, rate)
SELECT r.id, t.concept, t.use_class, t.rate
FROM rule_set r, (VALUES ('AGUA', 'DOM', 0.00), ('AGUA', NULL, 0.16), ('ALC', NULL, 0.16),
                         ('SAN', NULL, 0.16)) AS t (concept, use_class, rate)
WHERE r.kind = 'taxes';

INSERT INTO billing_period (code, name, starts_on, ends_on, days, issued_on, due_on, months)
SELECT to_char(s, 'YYYYMM'), to_char(s, 'YYYY/MM'), s, e, daterange(s, e, '[]'), e, e + 20, 2
FROM (SELECT (date '2025-11-01' + make_interval(months => 2 * n))::date AS s,
             (date '2026-01-01' + make_interval(months => 2 * n))::date - 1 AS e
      FROM generate_series(0, 5) AS n) AS p;
INSERT INTO station VALUES ('E1', 'Estación 1', '');
