-- A small day as the program of revision 0005 wrote it, through its own posting functions: bills and a
-- surcharge, payments in cash, by card and from the credit balance, a delivery, a surprise count, two
-- closings (one of a session that was taken over), a verification, a deposit, four vouchers, a void, a
-- reversal and a replacement, a sale that waits, two sessions still open. Only rows, no schema.

INSERT INTO commercial.neighbourhood (id, name, kind, postal_code) OVERRIDING SYSTEM VALUE VALUES
	(1, 'San Rafael', 'Colonia', '75758') ON CONFLICT DO NOTHING;

INSERT INTO commercial.premises (id, neighbourhood_id, street, exterior_number, interior_number, postal_code, cadastral_key, latitude, longitude) OVERRIDING SYSTEM VALUE VALUES
	(1, 1, 'Priv. de los Laureles', '1', NULL, '75758', NULL, NULL, NULL),
	(2, 1, 'Priv. de los Laureles', '2', NULL, '75758', NULL, NULL, NULL),
	(3, 1, 'Priv. de los Laureles', '3', NULL, '75758', NULL, NULL, NULL) ON CONFLICT DO NOTHING;

INSERT INTO commercial.route (code, name, sector) VALUES
	('R01', 'Ruta 1', 'S1') ON CONFLICT DO NOTHING;

INSERT INTO commercial.tap (id, premises_id, route_code, block, sequence, diameter) OVERRIDING SYSTEM VALUE VALUES
	(1, 1, 'R01', NULL, 1, '1/2'),
	(2, 2, 'R01', NULL, 2, '1/2'),
	(3, 3, 'R01', NULL, 3, '1/2') ON CONFLICT DO NOTHING;

INSERT INTO commercial.account (id, account_number, tap_id, opened_on, is_demonstration, created_at) OVERRIDING SYSTEM VALUE VALUES
	(1, '10-00001-0', 1, '2020-01-01', false, '2026-11-24 14:53:22.094044-06'),
	(2, '10-00002-0', 2, '2020-01-01', false, '2026-11-24 14:53:22.175252-06'),
	(3, '10-00003-0', 3, '2020-01-01', false, '2026-11-24 14:53:22.214939-06') ON CONFLICT DO NOTHING;

INSERT INTO commercial.account_directory (account_id, account_number, holder_id, holder_name, address, neighbourhood, postal_code, meter_serial, phone, state, use_class, zone, modality, sector, route_code, sequence) VALUES
	(1, '10-00001-0', 1, 'NÚÑEZ PEÑA, MARÍA 1', 'Priv. de los Laureles 1', 'San Rafael', '75758', NULL, '2381234567', 'active', 'DOM', 'MED', 'metered', 'S1', 'R01', 1),
	(2, '10-00002-0', 2, 'NÚÑEZ PEÑA, MARÍA 2', 'Priv. de los Laureles 2', 'San Rafael', '75758', NULL, '2381234567', 'active', 'DOM', 'MED', 'metered', 'S1', 'R01', 2),
	(3, '10-00003-0', 3, 'NÚÑEZ PEÑA, MARÍA 3', 'Priv. de los Laureles 3', 'San Rafael', '75758', NULL, '2381234567', 'active', 'DOM', 'MED', 'metered', 'S1', 'R01', 3) ON CONFLICT DO NOTHING;

INSERT INTO commercial.customer (id, kind, full_name, rfc, curp, phone, email, created_at) OVERRIDING SYSTEM VALUE VALUES
	(1, 'person', 'NÚÑEZ PEÑA, MARÍA 1', NULL, 'NUPM800101MPLXXR09', '2381234567', NULL, '2026-11-24 14:53:22.11745-06'),
	(2, 'person', 'NÚÑEZ PEÑA, MARÍA 2', NULL, 'NUPM800101MPLXXR09', '2381234567', NULL, '2026-11-24 14:53:22.18657-06'),
	(3, 'person', 'NÚÑEZ PEÑA, MARÍA 3', NULL, 'NUPM800101MPLXXR09', '2381234567', NULL, '2026-11-24 14:53:22.221514-06') ON CONFLICT DO NOTHING;

INSERT INTO commercial.account_holding (id, account_id, customer_id, role, valid) OVERRIDING SYSTEM VALUE VALUES
	(1, 1, 1, 'holder', '[2020-01-01,)'),
	(2, 2, 2, 'holder', '[2020-01-01,)'),
	(3, 3, 3, 'holder', '[2020-01-01,)') ON CONFLICT DO NOTHING;

INSERT INTO commercial.account_state (id, account_id, state, reason, valid) OVERRIDING SYSTEM VALUE VALUES
	(1, 1, 'active', NULL, '[2020-01-01,)'),
	(2, 2, 'active', NULL, '[2020-01-01,)'),
	(3, 3, 'active', NULL, '[2020-01-01,)') ON CONFLICT DO NOTHING;

INSERT INTO commercial.use_class (code, name, domestic) VALUES
	('DOM', 'Doméstico', true),
	('COM', 'Comercial', false) ON CONFLICT DO NOTHING;

INSERT INTO commercial.zone (code, name) VALUES
	('POP', 'Popular'),
	('MED', 'Media') ON CONFLICT DO NOTHING;

INSERT INTO commercial.account_terms (id, account_id, use_class, zone, modality, water, sewerage, sanitation, valid) OVERRIDING SYSTEM VALUE VALUES
	(1, 1, 'DOM', 'MED', 'metered', true, true, true, '[2020-01-01,)'),
	(2, 2, 'DOM', 'MED', 'metered', true, true, true, '[2020-01-01,)'),
	(3, 3, 'DOM', 'MED', 'metered', true, true, true, '[2020-01-01,)') ON CONFLICT DO NOTHING;

INSERT INTO commercial.charge (id, account_id, bill_id, period_code, concept, source, issued_on, due_on, amount, tax_rate, tax, settled, parent_charge_id, accrued_months, accrued_through, rule_set_id, basis, journal_id) OVERRIDING SYSTEM VALUE VALUES
	(6, 2, NULL, '202607', 'ALC', 'opening', '2026-08-31', '2026-09-15', 63.68, 0.160000, 10.19, 0.00, NULL, NULL, NULL, NULL, NULL, 6),
	(7, 2, NULL, '202609', 'AGUA', 'opening', '2026-11-15', '2026-11-30', 296.00, 0.000000, 0.00, 0.00, NULL, NULL, NULL, NULL, NULL, 7),
	(8, 2, NULL, '202609', 'ALC', 'opening', '2026-11-15', '2026-11-30', 59.20, 0.160000, 9.47, 0.00, NULL, NULL, NULL, NULL, NULL, 8),
	(11, 3, NULL, '202609', 'AGUA', 'opening', '2026-11-15', '2026-11-30', 296.00, 0.000000, 0.00, 0.00, NULL, NULL, NULL, NULL, NULL, 11),
	(12, 3, NULL, '202609', 'ALC', 'opening', '2026-11-15', '2026-11-30', 59.20, 0.160000, 9.47, 0.00, NULL, NULL, NULL, NULL, NULL, 12),
	(15, 1, 1, '202609', 'ALC', 'billing', '2026-10-31', '2026-11-30', 50.00, 0.160000, 8.00, 0.00, NULL, NULL, NULL, NULL, NULL, 14),
	(16, 2, 2, '202609', 'AGUA', 'billing', '2026-10-31', '2026-11-30', 100.00, 0.000000, 0.00, 0.00, NULL, NULL, NULL, NULL, NULL, 14),
	(17, 2, 2, '202609', 'ALC', 'billing', '2026-10-31', '2026-11-30', 50.00, 0.160000, 8.00, 0.00, NULL, NULL, NULL, NULL, NULL, 14),
	(18, 3, 3, '202609', 'AGUA', 'billing', '2026-10-31', '2026-11-30', 100.00, 0.000000, 0.00, 0.00, NULL, NULL, NULL, NULL, NULL, 14),
	(19, 3, 3, '202609', 'ALC', 'billing', '2026-10-31', '2026-11-30', 50.00, 0.160000, 8.00, 0.00, NULL, NULL, NULL, NULL, NULL, 14),
	(1, 1, NULL, '202607', 'AGUA', 'opening', '2026-08-31', '2026-09-15', 318.40, 0.000000, 0.00, 318.40, NULL, NULL, NULL, NULL, NULL, 1),
	(2, 1, NULL, '202607', 'ALC', 'opening', '2026-08-31', '2026-09-15', 63.68, 0.160000, 10.19, 73.87, NULL, NULL, NULL, NULL, NULL, 2),
	(3, 1, NULL, '202609', 'AGUA', 'opening', '2026-11-15', '2026-11-30', 296.00, 0.000000, 0.00, 296.00, NULL, NULL, NULL, NULL, NULL, 3),
	(4, 1, NULL, '202609', 'ALC', 'opening', '2026-11-15', '2026-11-30', 59.20, 0.160000, 9.47, 68.67, NULL, NULL, NULL, NULL, NULL, 4),
	(13, 1, NULL, '202607', 'REC', 'surcharge', '2026-10-16', NULL, 4.78, 0.000000, 0.00, 4.78, 1, 1, '2026-10-16', 2, NULL, 13),
	(14, 1, 1, '202609', 'AGUA', 'billing', '2026-10-31', '2026-11-30', 100.00, 0.000000, 0.00, 30.00, NULL, NULL, NULL, NULL, NULL, 14),
	(5, 2, NULL, '202607', 'AGUA', 'opening', '2026-08-31', '2026-09-15', 318.40, 0.000000, 0.00, 0.00, NULL, NULL, NULL, NULL, NULL, 5),
	(9, 3, NULL, '202607', 'AGUA', 'opening', '2026-08-31', '2026-09-15', 318.40, 0.000000, 0.00, 318.40, NULL, NULL, NULL, NULL, NULL, 9),
	(10, 3, NULL, '202607', 'ALC', 'opening', '2026-08-31', '2026-09-15', 63.68, 0.160000, 10.19, 73.87, NULL, NULL, NULL, NULL, NULL, 10) ON CONFLICT DO NOTHING;

INSERT INTO commercial.journal (id, kind, business_date, memo, posted_by, posted_at) OVERRIDING SYSTEM VALUE VALUES
	(1, 'opening', '2026-09-15', 'Saldo inicial', 'tehuacan_keeper', '2026-11-24 14:53:22.140444-06'),
	(2, 'opening', '2026-09-15', 'Saldo inicial', 'tehuacan_keeper', '2026-11-24 14:53:22.146321-06'),
	(3, 'opening', '2026-11-30', 'Saldo inicial', 'tehuacan_keeper', '2026-11-24 14:53:22.147346-06'),
	(4, 'opening', '2026-11-30', 'Saldo inicial', 'tehuacan_keeper', '2026-11-24 14:53:22.148344-06'),
	(5, 'opening', '2026-09-15', 'Saldo inicial', 'tehuacan_keeper', '2026-11-24 14:53:22.20691-06'),
	(6, 'opening', '2026-09-15', 'Saldo inicial', 'tehuacan_keeper', '2026-11-24 14:53:22.208212-06'),
	(7, 'opening', '2026-11-30', 'Saldo inicial', 'tehuacan_keeper', '2026-11-24 14:53:22.209048-06'),
	(8, 'opening', '2026-11-30', 'Saldo inicial', 'tehuacan_keeper', '2026-11-24 14:53:22.209725-06'),
	(9, 'opening', '2026-09-15', 'Saldo inicial', 'tehuacan_keeper', '2026-11-24 14:53:22.2361-06'),
	(10, 'opening', '2026-09-15', 'Saldo inicial', 'tehuacan_keeper', '2026-11-24 14:53:22.236835-06'),
	(11, 'opening', '2026-11-30', 'Saldo inicial', 'tehuacan_keeper', '2026-11-24 14:53:22.237434-06'),
	(12, 'opening', '2026-11-30', 'Saldo inicial', 'tehuacan_keeper', '2026-11-24 14:53:22.237947-06'),
	(13, 'surcharge', '2026-10-16', 'Recargos', 'tehuacan_keeper', '2026-11-24 14:53:22.258392-06'),
	(14, 'billing', '2026-10-31', 'Facturación', 'tehuacan_keeper', '2026-11-24 14:53:22.266035-06'),
	(15, 'payment', '2026-11-24', 'Cobro en caja', 'rosa', '2026-11-24 14:53:22.364404-06'),
	(16, 'payment', '2026-11-24', 'Cobro en caja', 'rosa', '2026-11-24 14:53:22.404087-06'),
	(17, 'payment', '2026-11-24', 'Cobro en caja', 'rosa', '2026-11-24 14:53:22.433115-06'),
	(18, 'cash_difference', '2026-11-24', 'Diferencia del corte 1', 'rosa', '2026-11-24 14:53:22.560608-06'),
	(19, 'cash_difference', '2026-11-24', 'Diferencia de la verificación 1', 'elena', '2026-11-24 14:53:22.618063-06'),
	(20, 'deposit', '2026-11-24', 'Depósito LD-000001', 'elena', '2026-11-24 14:53:22.876313-06'),
	(21, 'payment', '2026-11-24', 'Cobro en caja', 'lupe', '2026-11-24 14:53:23.17541-06'),
	(22, 'reversal', '2026-11-24', 'Reverso del recibo C1-000002', 'gerente', '2026-11-24 14:53:23.364865-06'),
	(23, 'void', '2026-11-24', 'Cancelación del recibo C2-000001', 'elena', '2026-11-24 14:53:23.478934-06'),
	(24, 'payment', '2026-11-24', 'Cobro en caja', 'lupe', '2026-11-24 14:53:23.524227-06') ON CONFLICT DO NOTHING;

INSERT INTO commercial.allocation (id, charge_id, journal_id, amount, reverses_id) OVERRIDING SYSTEM VALUE VALUES
	(1, 1, 15, 318.40, NULL),
	(2, 2, 15, 73.87, NULL),
	(3, 3, 15, 296.00, NULL),
	(4, 4, 15, 68.67, NULL),
	(5, 13, 15, 4.78, NULL),
	(6, 5, 16, 318.40, NULL),
	(7, 14, 17, 30.00, NULL),
	(8, 9, 21, 318.40, NULL),
	(9, 10, 21, 73.87, NULL),
	(10, 5, 22, -318.40, 6),
	(11, 9, 23, -318.40, 8),
	(12, 10, 23, -73.87, 9),
	(13, 9, 24, 318.40, NULL),
	(14, 10, 24, 73.87, NULL) ON CONFLICT DO NOTHING;

INSERT INTO commercial.audit_entry (id, at, actor, station, address, table_name, row_key, action, before, after) OVERRIDING SYSTEM VALUE VALUES
	(1, '2026-11-24 14:53:21.626037-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'concept', 'SALDO-INICIAL', 'INSERT', NULL, '{"code": "SALDO-INICIAL", "kind": "other", "name": "Saldo inicial", "follows": null, "service": null, "revenue_account": "OPENING", "settlement_order": 15}'),
	(2, '2026-11-24 14:53:21.775997-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'rule_set', '1', 'INSERT', NULL, '{"id": 1, "code": "office", "kind": "office", "used": false, "title": "Oficina DEMOSTRACIÓN", "valid": "[2020-01-01,)", "version": "1", "loaded_at": "2026-11-24T14:53:21.769077-06:00", "loaded_by": "tehuacan_keeper", "legal_basis": "prueba", "source_text": "", "published_in": "prueba", "source_sha256": "", "is_demonstration": true}'),
	(3, '2026-11-24 14:53:21.776334-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'rule_set', '2', 'INSERT', NULL, '{"id": 2, "code": "surcharges", "kind": "surcharges", "used": false, "title": "Recargos DEMOSTRACIÓN", "valid": "[2020-01-01,)", "version": "1", "loaded_at": "2026-11-24T14:53:21.773737-06:00", "loaded_by": "tehuacan_keeper", "legal_basis": "prueba", "source_text": "", "published_in": "prueba", "source_sha256": "", "is_demonstration": true}'),
	(4, '2026-11-24 14:53:21.77646-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'rule_set', '3', 'INSERT', NULL, '{"id": 3, "code": "authority", "kind": "authority", "used": false, "title": "Límites DEMOSTRACIÓN", "valid": "[2020-01-01,)", "version": "1", "loaded_at": "2026-11-24T14:53:21.77381-06:00", "loaded_by": "tehuacan_keeper", "legal_basis": "prueba", "source_text": "", "published_in": "prueba", "source_sha256": "", "is_demonstration": true}'),
	(5, '2026-11-24 14:53:21.776617-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'rule_set', '4', 'INSERT', NULL, '{"id": 4, "code": "contabilidad", "kind": "accounting_map", "used": false, "title": "Cuentas DEMOSTRACIÓN", "valid": "[2020-01-01,)", "version": "1", "loaded_at": "2026-11-24T14:53:21.773833-06:00", "loaded_by": "tehuacan_keeper", "legal_basis": "prueba", "source_text": "", "published_in": "prueba", "source_sha256": "", "is_demonstration": true}'),
	(6, '2026-11-24 14:53:21.785767-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'use_class', 'DOM', 'INSERT', NULL, '{"code": "DOM", "name": "Doméstico", "domestic": true}'),
	(7, '2026-11-24 14:53:21.785905-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'use_class', 'COM', 'INSERT', NULL, '{"code": "COM", "name": "Comercial", "domestic": false}'),
	(8, '2026-11-24 14:53:21.78658-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'zone', 'POP', 'INSERT', NULL, '{"code": "POP", "name": "Popular"}'),
	(9, '2026-11-24 14:53:21.786723-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'zone', 'MED', 'INSERT', NULL, '{"code": "MED", "name": "Media"}'),
	(10, '2026-11-24 14:53:21.788157-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'concept', 'AGUA', 'INSERT', NULL, '{"code": "AGUA", "kind": "service", "name": "Agua potable", "follows": null, "service": "water", "revenue_account": "REVENUE_AGUA", "settlement_order": 20}'),
	(11, '2026-11-24 14:53:21.788408-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'concept', 'ALC', 'INSERT', NULL, '{"code": "ALC", "kind": "service", "name": "Alcantarillado", "follows": null, "service": "sewerage", "revenue_account": "REVENUE_ALC", "settlement_order": 30}'),
	(12, '2026-11-24 14:53:21.788778-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'concept', 'REC', 'INSERT', NULL, '{"code": "REC", "kind": "accessory", "name": "Recargos", "follows": "AGUA", "service": null, "revenue_account": "REVENUE_REC", "settlement_order": 10}'),
	(13, '2026-11-24 14:53:21.792151-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'billing_period', '202607', 'INSERT', NULL, '{"code": "202607", "days": "[2026-07-01,2026-09-01)", "name": "jul–ago 2026", "state": "open", "due_on": "2026-09-15", "months": 2, "ends_on": "2026-08-31", "issued_on": "2026-08-31", "starts_on": "2026-07-01"}'),
	(14, '2026-11-24 14:53:21.79234-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'billing_period', '202609', 'INSERT', NULL, '{"code": "202609", "days": "[2026-09-01,2026-11-01)", "name": "sep–oct 2026", "state": "open", "due_on": "2026-11-30", "months": 2, "ends_on": "2026-10-31", "issued_on": "2026-10-31", "starts_on": "2026-09-01"}'),
	(15, '2026-11-24 14:53:21.793405-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'route', 'R01', 'INSERT', NULL, '{"code": "R01", "name": "Ruta 1", "sector": "S1"}'),
	(16, '2026-11-24 14:53:21.794066-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'station', 'E1', 'INSERT', NULL, '{"code": "E1", "desk": "Ventanilla 1", "name": "Estación 1"}'),
	(17, '2026-11-24 14:53:21.800223-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'till', 'C1', 'INSERT', NULL, '{"code": "C1", "name": "Caja 1", "active": true, "station": "E1", "tenders": ["cash", "card", "transfer", "cheque", "credit"], "cash_limit": 20000.00, "opening_float": 500.00, "closing_series": "ZC1", "receipt_series": "C1"}'),
	(18, '2026-11-24 14:53:21.802911-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'till', 'C2', 'INSERT', NULL, '{"code": "C2", "name": "Caja 2", "active": true, "station": "E1", "tenders": ["cash", "card", "transfer", "cheque", "credit"], "cash_limit": 20000.00, "opening_float": 500.00, "closing_series": "ZC2", "receipt_series": "C2"}'),
	(19, '2026-11-24 14:53:21.803895-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'till', 'C3', 'INSERT', NULL, '{"code": "C3", "name": "Caja 3", "active": true, "station": "E1", "tenders": ["cash", "card", "transfer", "cheque", "credit"], "cash_limit": 20000.00, "opening_float": 500.00, "closing_series": "ZC3", "receipt_series": "C3"}'),
	(20, '2026-11-24 14:53:21.80473-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'till', 'C4', 'INSERT', NULL, '{"code": "C4", "name": "Caja 4", "active": true, "station": "E1", "tenders": ["cash", "card", "transfer", "cheque", "credit"], "cash_limit": 20000.00, "opening_float": 500.00, "closing_series": "ZC4", "receipt_series": "C4"}'),
	(21, '2026-11-24 14:53:21.809122-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'bank_account', 'BBVA', 'INSERT', NULL, '{"bank": "BBVA", "code": "BBVA", "name": "Ingresos DEMOSTRACIÓN", "clabe": "012650001000000010", "active": true, "ledger_account": "BANK_BBVA"}'),
	(22, '2026-11-24 14:53:21.813577-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'bank_account', 'BNTE', 'INSERT', NULL, '{"bank": "Banorte", "code": "BNTE", "name": "Ingresos DEMOSTRACIÓN", "clabe": "072650002000000020", "active": true, "ledger_account": "BANK_BNTE"}'),
	(23, '2026-11-24 14:53:21.834908-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'staff_member', 'rosa', 'INSERT', NULL, '{"job": "cashier", "active": true, "position": "Prueba", "username": "rosa", "full_name": "Rosa Núñez Peña", "created_at": "2026-11-24T14:53:21.830078-06:00", "created_by": "tehuacan_keeper", "is_demonstration": false}'),
	(24, '2026-11-24 14:53:21.864206-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'staff_member', 'lupe', 'INSERT', NULL, '{"job": "cashier", "active": true, "position": "Prueba", "username": "lupe", "full_name": "Lupe Núñez Peña", "created_at": "2026-11-24T14:53:21.863972-06:00", "created_by": "tehuacan_keeper", "is_demonstration": false}'),
	(25, '2026-11-24 14:53:21.882308-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'staff_member', 'elena', 'INSERT', NULL, '{"job": "head_cashier", "active": true, "position": "Prueba", "username": "elena", "full_name": "Elena Núñez Peña", "created_at": "2026-11-24T14:53:21.882096-06:00", "created_by": "tehuacan_keeper", "is_demonstration": false}'),
	(26, '2026-11-24 14:53:21.905089-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'staff_member', 'beto', 'INSERT', NULL, '{"job": "counter", "active": true, "position": "Prueba", "username": "beto", "full_name": "Beto Núñez Peña", "created_at": "2026-11-24T14:53:21.904882-06:00", "created_by": "tehuacan_keeper", "is_demonstration": false}'),
	(27, '2026-11-24 14:53:21.923818-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'staff_member', 'paty', 'INSERT', NULL, '{"job": "registry", "active": true, "position": "Prueba", "username": "paty", "full_name": "Paty Núñez Peña", "created_at": "2026-11-24T14:53:21.923606-06:00", "created_by": "tehuacan_keeper", "is_demonstration": false}'),
	(28, '2026-11-24 14:53:21.951808-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'staff_member', 'memo', 'INSERT', NULL, '{"job": "metering", "active": true, "position": "Prueba", "username": "memo", "full_name": "Memo Núñez Peña", "created_at": "2026-11-24T14:53:21.951593-06:00", "created_by": "tehuacan_keeper", "is_demonstration": false}'),
	(29, '2026-11-24 14:53:21.976735-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'staff_member', 'tono_', 'INSERT', NULL, '{"job": "field_collector", "active": true, "position": "Prueba", "username": "tono_", "full_name": "Tono_ Núñez Peña", "created_at": "2026-11-24T14:53:21.976466-06:00", "created_by": "tehuacan_keeper", "is_demonstration": false}'),
	(30, '2026-11-24 14:53:22.01891-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'staff_member', 'gerente', 'INSERT', NULL, '{"job": "manager", "active": true, "position": "Prueba", "username": "gerente", "full_name": "Gerente Núñez Peña", "created_at": "2026-11-24T14:53:22.018631-06:00", "created_by": "tehuacan_keeper", "is_demonstration": false}'),
	(31, '2026-11-24 14:53:22.035391-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'staff_member', 'directora', 'INSERT', NULL, '{"job": "director", "active": true, "position": "Prueba", "username": "directora", "full_name": "Directora Núñez Peña", "created_at": "2026-11-24T14:53:22.035153-06:00", "created_by": "tehuacan_keeper", "is_demonstration": false}'),
	(32, '2026-11-24 14:53:22.057975-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'staff_member', 'auditora', 'INSERT', NULL, '{"job": "auditor", "active": true, "position": "Prueba", "username": "auditora", "full_name": "Auditora Núñez Peña", "created_at": "2026-11-24T14:53:22.057715-06:00", "created_by": "tehuacan_keeper", "is_demonstration": false}'),
	(33, '2026-11-24 14:53:22.080055-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'staff_member', 'sistemas', 'INSERT', NULL, '{"job": "administrator", "active": true, "position": "Prueba", "username": "sistemas", "full_name": "Sistemas Núñez Peña", "created_at": "2026-11-24T14:53:22.079816-06:00", "created_by": "tehuacan_keeper", "is_demonstration": false}'),
	(34, '2026-11-24 14:53:22.09486-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'premises', '1', 'INSERT', NULL, '{"id": 1, "street": "Priv. de los Laureles", "latitude": null, "longitude": null, "postal_code": "75758", "cadastral_key": null, "exterior_number": "1", "interior_number": null, "neighbourhood_id": 1}'),
	(35, '2026-11-24 14:53:22.111389-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'tap', '1', 'INSERT', NULL, '{"id": 1, "block": null, "diameter": "1/2", "sequence": 1, "route_code": "R01", "premises_id": 1}'),
	(36, '2026-11-24 14:53:22.114595-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'account', '1', 'INSERT', NULL, '{"id": 1, "tap_id": 1, "opened_on": "2020-01-01", "created_at": "2026-11-24T14:53:22.094044-06:00", "account_number": "10-00001-0", "is_demonstration": false}'),
	(37, '2026-11-24 14:53:22.118029-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'customer', '1', 'INSERT', NULL, '{"id": 1, "rfc": null, "curp": "NUPM800101MPLXXR09", "kind": "person", "email": null, "phone": "2381234567", "full_name": "NÚÑEZ PEÑA, MARÍA 1", "created_at": "2026-11-24T14:53:22.11745-06:00"}'),
	(38, '2026-11-24 14:53:22.123515-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'account_holding', '1', 'INSERT', NULL, '{"id": 1, "role": "holder", "valid": "[2020-01-01,)", "account_id": 1, "customer_id": 1}'),
	(39, '2026-11-24 14:53:22.126637-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'account_state', '1', 'INSERT', NULL, '{"id": 1, "state": "active", "valid": "[2020-01-01,)", "reason": null, "account_id": 1}'),
	(40, '2026-11-24 14:53:22.136695-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'account_terms', '1', 'INSERT', NULL, '{"id": 1, "zone": "MED", "valid": "[2020-01-01,)", "water": true, "modality": "metered", "sewerage": true, "use_class": "DOM", "account_id": 1, "sanitation": true}'),
	(41, '2026-11-24 14:53:22.175436-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'premises', '2', 'INSERT', NULL, '{"id": 2, "street": "Priv. de los Laureles", "latitude": null, "longitude": null, "postal_code": "75758", "cadastral_key": null, "exterior_number": "2", "interior_number": null, "neighbourhood_id": 1}'),
	(42, '2026-11-24 14:53:22.177731-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'tap', '2', 'INSERT', NULL, '{"id": 2, "block": null, "diameter": "1/2", "sequence": 2, "route_code": "R01", "premises_id": 2}'),
	(43, '2026-11-24 14:53:22.184358-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'account', '2', 'INSERT', NULL, '{"id": 2, "tap_id": 2, "opened_on": "2020-01-01", "created_at": "2026-11-24T14:53:22.175252-06:00", "account_number": "10-00002-0", "is_demonstration": false}'),
	(44, '2026-11-24 14:53:22.186746-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'customer', '2', 'INSERT', NULL, '{"id": 2, "rfc": null, "curp": "NUPM800101MPLXXR09", "kind": "person", "email": null, "phone": "2381234567", "full_name": "NÚÑEZ PEÑA, MARÍA 2", "created_at": "2026-11-24T14:53:22.18657-06:00"}'),
	(45, '2026-11-24 14:53:22.188773-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'account_holding', '2', 'INSERT', NULL, '{"id": 2, "role": "holder", "valid": "[2020-01-01,)", "account_id": 2, "customer_id": 2}'),
	(46, '2026-11-24 14:53:22.199047-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'account_state', '2', 'INSERT', NULL, '{"id": 2, "state": "active", "valid": "[2020-01-01,)", "reason": null, "account_id": 2}'),
	(47, '2026-11-24 14:53:22.201673-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'account_terms', '2', 'INSERT', NULL, '{"id": 2, "zone": "MED", "valid": "[2020-01-01,)", "water": true, "modality": "metered", "sewerage": true, "use_class": "DOM", "account_id": 2, "sanitation": true}'),
	(48, '2026-11-24 14:53:22.215119-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'premises', '3', 'INSERT', NULL, '{"id": 3, "street": "Priv. de los Laureles", "latitude": null, "longitude": null, "postal_code": "75758", "cadastral_key": null, "exterior_number": "3", "interior_number": null, "neighbourhood_id": 1}'),
	(49, '2026-11-24 14:53:22.217398-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'tap', '3', 'INSERT', NULL, '{"id": 3, "block": null, "diameter": "1/2", "sequence": 3, "route_code": "R01", "premises_id": 3}'),
	(50, '2026-11-24 14:53:22.219283-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'account', '3', 'INSERT', NULL, '{"id": 3, "tap_id": 3, "opened_on": "2020-01-01", "created_at": "2026-11-24T14:53:22.214939-06:00", "account_number": "10-00003-0", "is_demonstration": false}'),
	(51, '2026-11-24 14:53:22.221693-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'customer', '3', 'INSERT', NULL, '{"id": 3, "rfc": null, "curp": "NUPM800101MPLXXR09", "kind": "person", "email": null, "phone": "2381234567", "full_name": "NÚÑEZ PEÑA, MARÍA 3", "created_at": "2026-11-24T14:53:22.221514-06:00"}'),
	(52, '2026-11-24 14:53:22.223685-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'account_holding', '3', 'INSERT', NULL, '{"id": 3, "role": "holder", "valid": "[2020-01-01,)", "account_id": 3, "customer_id": 3}'),
	(53, '2026-11-24 14:53:22.229642-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'account_state', '3', 'INSERT', NULL, '{"id": 3, "state": "active", "valid": "[2020-01-01,)", "reason": null, "account_id": 3}'),
	(54, '2026-11-24 14:53:22.233745-06', 'tehuacan_keeper', 'psql', '127.0.0.1', 'account_terms', '3', 'INSERT', NULL, '{"id": 3, "zone": "MED", "valid": "[2020-01-01,)", "water": true, "modality": "metered", "sewerage": true, "use_class": "DOM", "account_id": 3, "sanitation": true}'),
	(55, '2026-11-24 14:53:22.967566-06', 'elena', 'E1', '127.0.0.1', 'rule_set', '4', 'UPDATE', '{"id": 4, "code": "contabilidad", "kind": "accounting_map", "used": false, "title": "Cuentas DEMOSTRACIÓN", "valid": "[2020-01-01,)", "version": "1", "loaded_at": "2026-11-24T14:53:21.773833-06:00", "loaded_by": "tehuacan_keeper", "legal_basis": "prueba", "source_text": "", "published_in": "prueba", "source_sha256": "", "is_demonstration": true}', '{"id": 4, "code": "contabilidad", "kind": "accounting_map", "used": true, "title": "Cuentas DEMOSTRACIÓN", "valid": "[2020-01-01,)", "version": "1", "loaded_at": "2026-11-24T14:53:21.773833-06:00", "loaded_by": "tehuacan_keeper", "legal_basis": "prueba", "source_text": "", "published_in": "prueba", "source_sha256": "", "is_demonstration": true}'),
	(56, '2026-11-24 14:53:23.035965-06', 'gerente', 'E1', '127.0.0.1', 'voucher', 'PR-000002', 'ACT', NULL, '{"note": "Falta decir que no se abrió por inventario", "state": "returned"}'),
	(57, '2026-11-24 14:53:23.056802-06', 'gerente', 'E1', '127.0.0.1', 'voucher', 'PR-000003', 'ACT', NULL, '{"note": "", "state": "verified"}'),
	(58, '2026-11-24 14:53:23.103606-06', 'directora', 'E1', '127.0.0.1', 'voucher', 'PD-000001', 'ACT', NULL, '{"note": "", "state": "verified"}'),
	(59, '2026-11-24 14:53:23.383941-06', 'gerente', 'E1', '127.0.0.1', 'rule_set', '3', 'UPDATE', '{"id": 3, "code": "authority", "kind": "authority", "used": false, "title": "Límites DEMOSTRACIÓN", "valid": "[2020-01-01,)", "version": "1", "loaded_at": "2026-11-24T14:53:21.77381-06:00", "loaded_by": "tehuacan_keeper", "legal_basis": "prueba", "source_text": "", "published_in": "prueba", "source_sha256": "", "is_demonstration": true}', '{"id": 3, "code": "authority", "kind": "authority", "used": true, "title": "Límites DEMOSTRACIÓN", "valid": "[2020-01-01,)", "version": "1", "loaded_at": "2026-11-24T14:53:21.77381-06:00", "loaded_by": "tehuacan_keeper", "legal_basis": "prueba", "source_text": "", "published_in": "prueba", "source_sha256": "", "is_demonstration": true}') ON CONFLICT DO NOTHING;

INSERT INTO commercial.authorisation_kind (code, name, hours, reasons, requesters) VALUES
	('void_receipt', 'Cancelación de recibo', 12, 'void_receipt', '{cashier,head_cashier,manager,director}') ON CONFLICT DO NOTHING;

INSERT INTO commercial.folio_series (code, name, last_number, chain_head) VALUES
	('ZC2', 'Cortes de Caja 2', 0, ''),
	('C3', 'Recibos de Caja 3', 0, ''),
	('ZC3', 'Cortes de Caja 3', 0, ''),
	('C4', 'Recibos de Caja 4', 0, ''),
	('C1', 'Recibos de Caja 1', 3, '36e4c00a971134725f566ab88f8aaf9ece08c26d099fcff989585baa5216a1ac'),
	('ZC1', 'Cortes de Caja 1', 1, 'ea718c169bd7693623a792f816d3404074945bfc472d1a7897bf193c1ef87d49'),
	('ZC4', 'Cortes de Caja 4', 1, '33d2cd62517e56a101d5e15ea098a27cf663204bade66210c19614ff211de8af'),
	('LD', 'Relaciones de fichas de depósito', 1, 'b0d602d71e5bc272c00dcd505d453ba9790183e4a87fbca847515398bb5aae67'),
	('PR', 'Pólizas de recaudación', 3, '8efbebc7abdd5dae9c62e82ac7202905aad9235939393f05da7fe1eb0cd6264d'),
	('PD', 'Pólizas de descuento', 1, '49a59b897c01d591210a3cbadeeaf634c62ada87ba63f01b611c0b47e6f5858e'),
	('C2', 'Recibos de Caja 2', 2, '4d19fe74584fc45d90ac50828017152e5204074d05c77aa0d0a46d65db16cd83') ON CONFLICT DO NOTHING;

INSERT INTO commercial.staff_member (username, full_name, "position", job, active, is_demonstration, created_at, created_by) VALUES
	('rosa', 'Rosa Núñez Peña', 'Prueba', 'cashier', true, false, '2026-11-24 14:53:21.830078-06', 'tehuacan_keeper'),
	('lupe', 'Lupe Núñez Peña', 'Prueba', 'cashier', true, false, '2026-11-24 14:53:21.863972-06', 'tehuacan_keeper'),
	('elena', 'Elena Núñez Peña', 'Prueba', 'head_cashier', true, false, '2026-11-24 14:53:21.882096-06', 'tehuacan_keeper'),
	('beto', 'Beto Núñez Peña', 'Prueba', 'counter', true, false, '2026-11-24 14:53:21.904882-06', 'tehuacan_keeper'),
	('paty', 'Paty Núñez Peña', 'Prueba', 'registry', true, false, '2026-11-24 14:53:21.923606-06', 'tehuacan_keeper'),
	('memo', 'Memo Núñez Peña', 'Prueba', 'metering', true, false, '2026-11-24 14:53:21.951593-06', 'tehuacan_keeper'),
	('tono_', 'Tono_ Núñez Peña', 'Prueba', 'field_collector', true, false, '2026-11-24 14:53:21.976466-06', 'tehuacan_keeper'),
	('gerente', 'Gerente Núñez Peña', 'Prueba', 'manager', true, false, '2026-11-24 14:53:22.018631-06', 'tehuacan_keeper'),
	('directora', 'Directora Núñez Peña', 'Prueba', 'director', true, false, '2026-11-24 14:53:22.035153-06', 'tehuacan_keeper'),
	('auditora', 'Auditora Núñez Peña', 'Prueba', 'auditor', true, false, '2026-11-24 14:53:22.057715-06', 'tehuacan_keeper'),
	('sistemas', 'Sistemas Núñez Peña', 'Prueba', 'administrator', true, false, '2026-11-24 14:53:22.079816-06', 'tehuacan_keeper') ON CONFLICT DO NOTHING;

INSERT INTO commercial.station (code, name, desk) VALUES
	('E1', 'Estación 1', 'Ventanilla 1') ON CONFLICT DO NOTHING;

INSERT INTO commercial.till (code, name, station, receipt_series, closing_series, opening_float, cash_limit, tenders, active) VALUES
	('C1', 'Caja 1', 'E1', 'C1', 'ZC1', 500.00, 20000.00, '{cash,card,transfer,cheque,credit}', true),
	('C2', 'Caja 2', 'E1', 'C2', 'ZC2', 500.00, 20000.00, '{cash,card,transfer,cheque,credit}', true),
	('C3', 'Caja 3', 'E1', 'C3', 'ZC3', 500.00, 20000.00, '{cash,card,transfer,cheque,credit}', true),
	('C4', 'Caja 4', 'E1', 'C4', 'ZC4', 500.00, 20000.00, '{cash,card,transfer,cheque,credit}', true) ON CONFLICT DO NOTHING;

INSERT INTO commercial.cash_session (id, command_id, fingerprint, folio, till_code, cashier, station, business_date, state, opening_expected, opening_counted, opening_count, previous_session_id, opened_at, closed_at) OVERRIDING SYSTEM VALUE VALUES
	(1, '1575889f-8112-401f-818d-3e8995214844', '82d23371eef576bfcb28df117839c4c43d7d2be56ee778862a500990ca5f56aa', 'C1-261124-1', 'C1', 'rosa', 'E1', '2026-11-24', 'verified', 500.00, 500.00, '{"100": 5}', NULL, '2026-11-24 14:53:22.314596-06', '2026-11-24 14:53:22.562637-06'),
	(2, '75ebe81c-dcb4-43ed-adc8-bda3bb864faa', 'b50cd63a476832304d6fbbe67b9cc61f1d894322e29f53da8542906b82827c2f', 'C4-261124-1', 'C4', 'elena', 'E1', '2026-11-24', 'closed', 500.00, 500.00, '{"100": 5}', NULL, '2026-11-24 14:53:22.662031-06', '2026-11-24 14:53:22.735906-06'),
	(3, '50ccc3b2-1313-4487-b514-72ebacc2adcd', '11a11b4d9a05fb14739a613ac6da877e61df0f6e8e67d813e4fbc95e1da071fc', 'C2-261124-1', 'C2', 'lupe', 'E1', '2026-11-24', 'open', 500.00, 500.00, '{"100": 5}', NULL, '2026-11-24 14:53:23.119249-06', NULL),
	(4, 'cb39f650-3970-4872-b74b-f6ed26eb36b5', '27b619b0b2ed882be6d615c2eb6109838c239566364fe82a4e3cf3fe5a698b4a', 'C1-261124-2', 'C1', 'rosa', 'E1', '2026-11-24', 'open', 500.00, 500.00, '{"100": 5}', 1, '2026-11-24 14:53:23.200898-06', NULL) ON CONFLICT DO NOTHING;

INSERT INTO commercial.rule_set (id, kind, code, version, title, legal_basis, published_in, valid, is_demonstration, source_text, source_sha256, used, loaded_by, loaded_at) OVERRIDING SYSTEM VALUE VALUES
	(1, 'office', 'office', '1', 'Oficina DEMOSTRACIÓN', 'prueba', 'prueba', '[2020-01-01,)', true, '', '', false, 'tehuacan_keeper', '2026-11-24 14:53:21.769077-06'),
	(2, 'surcharges', 'surcharges', '1', 'Recargos DEMOSTRACIÓN', 'prueba', 'prueba', '[2020-01-01,)', true, '', '', false, 'tehuacan_keeper', '2026-11-24 14:53:21.773737-06'),
	(4, 'accounting_map', 'contabilidad', '1', 'Cuentas DEMOSTRACIÓN', 'prueba', 'prueba', '[2020-01-01,)', true, '', '', true, 'tehuacan_keeper', '2026-11-24 14:53:21.773833-06'),
	(3, 'authority', 'authority', '1', 'Límites DEMOSTRACIÓN', 'prueba', 'prueba', '[2020-01-01,)', true, '', '', true, 'tehuacan_keeper', '2026-11-24 14:53:21.77381-06') ON CONFLICT DO NOTHING;

INSERT INTO commercial.authorisation (id, command_id, fingerprint, kind, subject_id, account_id, session_id, amount, reason_code, reason, evidence, options, facts, state, requested_by, requested_at, station, expires_at, decision_command_id, decision_fingerprint, decided_by, decided_at, decision_station, decision_note, on_behalf_of, rule_set_id, outcome) OVERRIDING SYSTEM VALUE VALUES
	(1, 'c82181af-3f81-44aa-b1b8-91a8b790cc90', '89b40282910c7103be354bc27ae1e84a005f1d707cc78a0027d169babd5811ae', 'void_receipt', 2, 2, 1, 318.40, 'CAPTURA', '', '{}', '{"paper": "in_hand", "refund": "payable"}', '{"folio": "C1-000002", "lines": [{"tax": 0.00, "name": "Agua potable", "total": 318.40, "amount": 318.40, "period": "jul–ago 2026", "concept": "AGUA", "partial": false, "tax_rate": 0.000000, "charge_id": 5}], "paper": "in_hand", "terms": {"kind": "reversal", "refunds": [{"way": "payable", "amount": 318.40, "session_id": null}]}, "title": "Cancelar el recibo C1-000002", "amount": 318.40, "holder": "NÚÑEZ PEÑA, MARÍA 2", "advance": 0.00, "cashier": "rosa", "printed": false, "settled": 318.40, "tenders": [{"bank": "", "kind": "card", "change": 0.00, "applied": 318.40, "received": 318.40, "reference": "AUT-123"}], "rounding": 0.00, "issued_at": "2026-11-24T14:53:22.407447-06:00", "till_name": "Caja 1", "account_id": 2, "session_id": 1, "reason_name": "Error de captura", "cashier_name": "Rosa Núñez Peña", "balance_after": 914.94, "business_date": "2026-11-24", "session_folio": "C1-261124-1", "account_number": "10-00002-0", "balance_before": 596.54}', 'approved', 'rosa', '2026-11-24 14:53:23.316567-06', 'E1', '2026-11-25 02:53:23.31657-06', '8a19e5e6-4773-4b0c-9029-451a57b16938', '18e1b7762262d8a9ff7b9a543b0ed8a708557c8fbe9fdc815e5c3268296c36b0', 'gerente', '2026-11-24 14:53:23.37825-06', 'E1', 'Revisado con el recibo a la vista', NULL, 3, '{"kind": "reversal", "folio": "C1-000002", "refunds": [{"way": "payable", "amount": 318.40, "session_id": null}], "void_id": 1, "journal_id": 22}'),
	(2, '85dfb2c2-f7f5-435b-9ac9-bdc6e3cb07c5', '8242afc76c4bfa4924751f4dfc3091344829b7b5ea53873dd6a59166531eb619', 'void_receipt', 4, 3, 3, 392.27, 'CAPTURA', '', '{}', '{"paper": "in_hand", "refund": "payable"}', '{"folio": "C2-000001", "lines": [{"tax": 0.00, "name": "Agua potable", "total": 318.40, "amount": 318.40, "period": "jul–ago 2026", "concept": "AGUA", "partial": false, "tax_rate": 0.000000, "charge_id": 9}, {"tax": 10.19, "name": "Alcantarillado", "total": 73.87, "amount": 63.68, "period": "jul–ago 2026", "concept": "ALC", "partial": false, "tax_rate": 0.160000, "charge_id": 10}], "paper": "in_hand", "terms": {"kind": "void", "refunds": [{"way": "cash", "amount": 392.27, "session_id": 3}]}, "title": "Cancelar el recibo C2-000001", "amount": 392.27, "holder": "NÚÑEZ PEÑA, MARÍA 3", "advance": 0.00, "cashier": "lupe", "printed": false, "settled": 392.27, "tenders": [{"bank": "", "kind": "cash", "change": 0.00, "applied": 392.27, "received": 392.27, "reference": ""}], "rounding": 0.00, "issued_at": "2026-11-24T14:53:23.188768-06:00", "till_name": "Caja 2", "account_id": 3, "session_id": 3, "reason_name": "Error de captura", "cashier_name": "Lupe Núñez Peña", "balance_after": 914.94, "business_date": "2026-11-24", "session_folio": "C2-261124-1", "account_number": "10-00003-0", "balance_before": 522.67}', 'approved', 'lupe', '2026-11-24 14:53:23.425643-06', 'E1', '2026-11-25 02:53:23.425647-06', '19650c24-2899-439e-a75e-a9fd12395c5d', 'cd5b21b8a03f9f1b0675dda99ae03b7b723c281572db246d4b6f368eb39f82b5', 'elena', '2026-11-24 14:53:23.491929-06', 'E1', 'Revisado con el recibo a la vista', 'directora', 3, '{"kind": "void", "folio": "C2-000001", "refunds": [{"way": "cash", "amount": 392.27, "session_id": 3}], "void_id": 2, "journal_id": 23}') ON CONFLICT DO NOTHING;

INSERT INTO commercial.authorisation_reason (id, rule_set_id, list, code, name, needs_note) OVERRIDING SYSTEM VALUE VALUES
	(1, 3, 'void_receipt', 'CAPTURA', 'Error de captura', false),
	(2, 3, 'void_receipt', 'OTRO', 'Otro motivo', true) ON CONFLICT DO NOTHING;

INSERT INTO commercial.authority_limit (id, rule_set_id, kind, job, from_amount, up_to) OVERRIDING SYSTEM VALUE VALUES
	(1, 3, 'void_receipt', 'head_cashier', 0.00, 500.00),
	(2, 3, 'void_receipt', 'manager', 0.00, 20000.00),
	(3, 3, 'void_receipt', 'director', 0.00, NULL) ON CONFLICT DO NOTHING;

INSERT INTO commercial.ledger_account (code, name, nature) VALUES
	('CASH', 'Efectivo en cajas', 'debit'),
	('CARD', 'Pagos con tarjeta por depositar', 'debit'),
	('TRANSFER', 'Transferencias por conciliar', 'debit'),
	('CHEQUE', 'Cheques por depositar', 'debit'),
	('RECEIVABLE', 'Usuarios por cobrar', 'debit'),
	('CUSTOMER_CREDIT', 'Saldos a favor de usuarios', 'credit'),
	('ROUNDING', 'Redondeo en cajas', 'credit'),
	('OVERAGE', 'Sobrantes de caja', 'credit'),
	('SHORTAGE', 'Faltantes de caja', 'debit'),
	('VAT', 'IVA por pagar', 'credit'),
	('OPENING', 'Saldos iniciales', 'credit'),
	('REFUND_PAYABLE', 'Devoluciones por pagar a usuarios', 'credit'),
	('REVENUE_AGUA', 'Agua', 'credit'),
	('REVENUE_ALC', 'Alcantarillado', 'credit'),
	('REVENUE_REC', 'Recargos', 'credit'),
	('BANK_BBVA', 'Banco BBVA', 'debit'),
	('BANK_BNTE', 'Banco BNTE', 'debit') ON CONFLICT DO NOTHING;

INSERT INTO commercial.bank_account (code, bank, name, clabe, ledger_account, active) VALUES
	('BBVA', 'BBVA', 'Ingresos DEMOSTRACIÓN', '012650001000000010', 'BANK_BBVA', true),
	('BNTE', 'Banorte', 'Ingresos DEMOSTRACIÓN', '072650002000000020', 'BANK_BNTE', true) ON CONFLICT DO NOTHING;

INSERT INTO commercial.bill (id, account_id, period_code, run_id, issued_on, due_on, use_class, zone, modality, consumption, estimated, previous_balance, previous_surcharges, previous_periods, credit_balance, amount, tax) OVERRIDING SYSTEM VALUE VALUES
	(1, 1, '202609', 1, '2026-10-31', '2026-11-30', 'DOM', 'MED', 'metered', 20, true, 0.00, 0.00, 0, 0.00, 150.00, 8.00),
	(2, 2, '202609', 1, '2026-10-31', '2026-11-30', 'DOM', 'MED', 'metered', 20, false, 0.00, 0.00, 0, 0.00, 150.00, 8.00),
	(3, 3, '202609', 1, '2026-10-31', '2026-11-30', 'DOM', 'MED', 'metered', 20, false, 0.00, 0.00, 0, 0.00, 150.00, 8.00) ON CONFLICT DO NOTHING;

INSERT INTO commercial.billing_period (code, name, starts_on, ends_on, days, issued_on, due_on, months, state) VALUES
	('202607', 'jul–ago 2026', '2026-07-01', '2026-08-31', '[2026-07-01,2026-09-01)', '2026-08-31', '2026-09-15', 2, 'open'),
	('202609', 'sep–oct 2026', '2026-09-01', '2026-10-31', '[2026-09-01,2026-11-01)', '2026-10-31', '2026-11-30', 2, 'open') ON CONFLICT DO NOTHING;

INSERT INTO commercial.billing_run (id, period_code, route_code, tariff_id, taxes_id, accounts, estimated, consumption, amount, tax, by_concept, posted_by, posted_at) OVERRIDING SYSTEM VALUE VALUES
	(1, '202609', 'R01', 1, 1, 3, 1, 60, 450.00, 24.00, '{"ALC": {"tax": 24.00, "bills": 3, "amount": 150.00}, "AGUA": {"tax": 0.00, "bills": 3, "amount": 300.00}}', 'tehuacan_keeper', '2026-11-24 14:53:22.265517-06') ON CONFLICT DO NOTHING;

INSERT INTO commercial.cash_count (id, session_id, kind, denominations, declared, note, counted_by, counted_at, number, command_id, fingerprint, expected) OVERRIDING SYSTEM VALUE VALUES
	(1, 1, 'surprise', '{"1000": 1}', '{"card": 0.00, "cash": 1000.00, "cheque": 0.00, "transfer": 0.00}', '', 'elena', '2026-11-24 14:53:22.507919-06', 1, 'e5feafd5-5e3b-4529-9275-29c2fae34816', '5b4d90639df43ebc7f46c10d6e1f1b0293bdaf9c0a1d134b0826bd338393ee4e', '{"card": 318.40, "cash": 1211.82, "cheque": 0.00, "transfer": 0.00}'),
	(2, 1, 'closing', '{"50": 2, "1000": 1}', '{"card": 318.40, "cash": 1100.00, "cheque": 0.00, "transfer": 0.00}', '', 'rosa', '2026-11-24 14:53:22.544982-06', 2, NULL, '', NULL),
	(3, 2, 'closing', '{"100": 5}', '{"card": 0.00, "cash": 500.00, "cheque": 0.00, "transfer": 0.00}', '', 'gerente', '2026-11-24 14:53:22.713018-06', 1, NULL, '', NULL) ON CONFLICT DO NOTHING;

INSERT INTO commercial.cash_closing (id, command_id, fingerprint, session_id, count_id, series, number, folio, content, previous_hash, hash, closed_by, closed_at) OVERRIDING SYSTEM VALUE VALUES
	(1, 'b450641d-bd9e-4279-8232-c3f989133aad', '940a16f21d9eb6cb5ee46165604c43c5d85513d101631d22d9d5147836fae102', 1, 2, 'ZC1', 1, 'ZC1-000001', '{"note": "", "till": "C1", "folio": "ZC1-000001", "office": 1, "voided": [], "advance": 50.00, "applied": 1160.22, "cashier": "rosa", "settled": 1110.12, "station": "E1", "tenders": [{"tender": "cash", "declared": 1100.00, "expected": 1211.82, "difference": -111.82}, {"tender": "card", "declared": 318.40, "expected": 318.40, "difference": 0.00}, {"tender": "transfer", "declared": 0.00, "expected": 0.00, "difference": 0.00}, {"tender": "cheque", "declared": 0.00, "expected": 0.00, "difference": 0.00}], "receipts": 3, "rounding": 0.10, "by_tender": {"card": {"change": 0.00, "applied": 318.40, "payments": 1, "received": 318.40}, "cash": {"change": 188.18, "applied": 811.82, "payments": 1, "received": 1000.00}, "credit": {"change": 0.00, "applied": 30.00, "payments": 1, "received": 30.00}}, "closed_by": "rosa", "issued_at": "2026-11-24T14:53:22.555615-06:00", "opened_at": "2026-11-24T14:53:22.314596-06:00", "till_name": "Caja 1", "by_concept": [{"tax": 0.00, "name": "Recargos", "count": 1, "total": 4.78, "amount": 4.78, "concept": "REC"}, {"tax": 0.00, "name": "Agua potable", "count": 4, "total": 962.80, "amount": 962.80, "concept": "AGUA"}, {"tax": 19.66, "name": "Alcantarillado", "count": 2, "total": 142.54, "amount": 122.88, "concept": "ALC"}], "chain_head": "36e4c00a971134725f566ab88f8aaf9ece08c26d099fcff989585baa5216a1ac", "given_back": {}, "last_folio": "C1-000003", "first_folio": "C1-000001", "withdrawals": [{"folio": "C1-261124-1-E1", "state": "accepted", "amount": 100.00, "sent_at": "2026-11-24T14:53:22.457201-06:00", "decided_by_name": "Elena Núñez Peña"}, {"folio": "C1-261124-1-E2", "state": "rejected", "amount": 50.00, "sent_at": "2026-11-24T14:53:22.492953-06:00", "decided_by_name": "Elena Núñez Peña"}], "cashier_name": "Rosa Núñez Peña", "business_date": "2026-11-24", "demonstration": false, "denominations": {"50": 2, "1000": 1}, "session_folio": "C1-261124-1", "closed_by_name": "Rosa Núñez Peña", "opening_counted": 500.00, "opening_expected": 500.00}', '', 'ea718c169bd7693623a792f816d3404074945bfc472d1a7897bf193c1ef87d49', 'rosa', '2026-11-24 14:53:22.557236-06'),
	(2, 'fb84c39b-45c8-4a0b-8b03-8ba54293ee04', '2cc90e3bdbd40a295eb88c0fe6f5bf96dce81266a8c82ef7b9d863cb4982c08d', 2, 3, 'ZC4', 1, 'ZC4-000001', '{"note": "", "till": "C4", "folio": "ZC4-000001", "office": 1, "voided": [], "advance": 0.00, "applied": 0.00, "cashier": "elena", "settled": 0.00, "station": "E1", "tenders": [{"tender": "cash", "declared": 500.00, "expected": 500.00, "difference": 0.00}, {"tender": "card", "declared": 0.00, "expected": 0.00, "difference": 0.00}, {"tender": "transfer", "declared": 0.00, "expected": 0.00, "difference": 0.00}, {"tender": "cheque", "declared": 0.00, "expected": 0.00, "difference": 0.00}], "receipts": 0, "rounding": 0.00, "by_tender": {}, "closed_by": "gerente", "issued_at": "2026-11-24T14:53:22.730264-06:00", "opened_at": "2026-11-24T14:53:22.662031-06:00", "till_name": "Caja 4", "by_concept": [], "chain_head": "", "given_back": {}, "last_folio": "", "first_folio": "", "withdrawals": [], "cashier_name": "Elena Núñez Peña", "business_date": "2026-11-24", "demonstration": false, "denominations": {"100": 5}, "session_folio": "C4-261124-1", "closed_by_name": "Gerente Núñez Peña", "opening_counted": 500.00, "opening_expected": 500.00}', '', '33d2cd62517e56a101d5e15ea098a27cf663204bade66210c19614ff211de8af', 'gerente', '2026-11-24 14:53:22.732928-06') ON CONFLICT DO NOTHING;

INSERT INTO commercial.cash_closing_line (closing_id, tender, expected, declared, difference) VALUES
	(1, 'cash', 1211.82, 1100.00, -111.82),
	(1, 'card', 318.40, 318.40, 0.00),
	(1, 'transfer', 0.00, 0.00, 0.00),
	(1, 'cheque', 0.00, 0.00, 0.00),
	(2, 'cash', 500.00, 500.00, 0.00),
	(2, 'card', 0.00, 0.00, 0.00),
	(2, 'transfer', 0.00, 0.00, 0.00),
	(2, 'cheque', 0.00, 0.00, 0.00) ON CONFLICT DO NOTHING;

INSERT INTO commercial.change_notice (id, xid, at, topic, subject) OVERRIDING SYSTEM VALUE VALUES
	(1, 762, '2026-11-24 14:53:21.849643-06', 'staff', 'rosa'),
	(2, 763, '2026-11-24 14:53:21.871016-06', 'staff', 'lupe'),
	(3, 764, '2026-11-24 14:53:21.893737-06', 'staff', 'elena'),
	(4, 765, '2026-11-24 14:53:21.914803-06', 'staff', 'beto'),
	(5, 766, '2026-11-24 14:53:21.933619-06', 'staff', 'paty'),
	(6, 767, '2026-11-24 14:53:21.965787-06', 'staff', 'memo'),
	(7, 768, '2026-11-24 14:53:21.985521-06', 'staff', 'tono_'),
	(8, 769, '2026-11-24 14:53:22.027386-06', 'staff', 'gerente'),
	(9, 770, '2026-11-24 14:53:22.045237-06', 'staff', 'directora'),
	(10, 771, '2026-11-24 14:53:22.068133-06', 'staff', 'auditora'),
	(11, 772, '2026-11-24 14:53:22.090156-06', 'staff', 'sistemas'),
	(12, 798, '2026-11-24 14:53:22.316301-06', 'session', '1'),
	(13, 800, '2026-11-24 14:53:22.372206-06', 'payment', '1/1'),
	(14, 801, '2026-11-24 14:53:22.406462-06', 'payment', '2/1'),
	(15, 802, '2026-11-24 14:53:22.434908-06', 'payment', '1/1'),
	(16, 803, '2026-11-24 14:53:22.457611-06', 'custody', '1'),
	(17, 804, '2026-11-24 14:53:22.488466-06', 'custody', '1'),
	(18, 805, '2026-11-24 14:53:22.493283-06', 'custody', '1'),
	(19, 806, '2026-11-24 14:53:22.498689-06', 'custody', '1'),
	(20, 807, '2026-11-24 14:53:22.5131-06', 'custody', '1'),
	(21, 809, '2026-11-24 14:53:22.563011-06', 'session', '1'),
	(22, 810, '2026-11-24 14:53:22.62423-06', 'session', '1'),
	(23, 811, '2026-11-24 14:53:22.6664-06', 'session', '2'),
	(24, 813, '2026-11-24 14:53:22.702893-06', 'session', '2'),
	(25, 814, '2026-11-24 14:53:22.73624-06', 'session', '2'),
	(26, 815, '2026-11-24 14:53:22.786307-06', 'deposit', '1'),
	(27, 818, '2026-11-24 14:53:22.825357-06', 'deposit', '1'),
	(28, 819, '2026-11-24 14:53:22.840122-06', 'deposit', '1'),
	(29, 820, '2026-11-24 14:53:22.879716-06', 'deposit', '1'),
	(30, 821, '2026-11-24 14:53:22.968108-06', 'voucher', '2026-11-24'),
	(31, 823, '2026-11-24 14:53:23.008245-06', 'voucher', '2026-11-23'),
	(32, 825, '2026-11-24 14:53:23.036314-06', 'voucher', '2026-11-23'),
	(33, 826, '2026-11-24 14:53:23.044194-06', 'voucher', '2026-11-23'),
	(34, 828, '2026-11-24 14:53:23.056884-06', 'voucher', '2026-11-23'),
	(35, 829, '2026-11-24 14:53:23.060293-06', 'voucher', '2026-11-23'),
	(36, 830, '2026-11-24 14:53:23.070977-06', 'voucher', '2026-11-23'),
	(37, 832, '2026-11-24 14:53:23.10397-06', 'voucher', '2026-11-23'),
	(38, 833, '2026-11-24 14:53:23.12114-06', 'session', '3'),
	(39, 835, '2026-11-24 14:53:23.186485-06', 'payment', '3/3'),
	(40, 837, '2026-11-24 14:53:23.201256-06', 'session', '4'),
	(41, 845, '2026-11-24 14:53:23.31863-06', 'authorisation', '1'),
	(42, 846, '2026-11-24 14:53:23.377713-06', 'payment', '2/1'),
	(43, 846, '2026-11-24 14:53:23.384168-06', 'authorisation', '1'),
	(44, 847, '2026-11-24 14:53:23.409794-06', 'authorisation', 'delegation'),
	(45, 848, '2026-11-24 14:53:23.42648-06', 'authorisation', '2'),
	(46, 849, '2026-11-24 14:53:23.491337-06', 'payment', '3/3'),
	(47, 849, '2026-11-24 14:53:23.49864-06', 'authorisation', '2'),
	(48, 850, '2026-11-24 14:53:23.525882-06', 'payment', '3/3') ON CONFLICT DO NOTHING;

INSERT INTO commercial.concept (code, name, kind, follows, settlement_order, revenue_account, service) VALUES
	('SALDO-INICIAL', 'Saldo inicial', 'other', NULL, 15, 'OPENING', NULL),
	('AGUA', 'Agua potable', 'service', NULL, 20, 'REVENUE_AGUA', 'water'),
	('ALC', 'Alcantarillado', 'service', NULL, 30, 'REVENUE_ALC', 'sewerage'),
	('REC', 'Recargos', 'accessory', 'AGUA', 10, 'REVENUE_REC', NULL) ON CONFLICT DO NOTHING;

INSERT INTO commercial.credit_movement (id, account_id, journal_id, amount, created_at) OVERRIDING SYSTEM VALUE VALUES
	(1, 1, 15, 50.00, '2026-11-24 14:53:22.37517-06'),
	(2, 1, 17, -30.00, '2026-11-24 14:53:22.43536-06') ON CONFLICT DO NOTHING;

INSERT INTO commercial.delegation (id, command_id, fingerprint, principal, deputy, kinds, valid, reason, recorded_by, recorded_at, ended_at, ended_by) OVERRIDING SYSTEM VALUE VALUES
	(1, 'cdc295c4-2752-498c-b9dd-8f17d87cf29b', '61befcde2aca3bed9577be85d90304c291d23ad3817a5dd118519f726149d8f3', 'directora', 'elena', '{void_receipt}', '[2026-11-24,2026-11-25)', 'Vacaciones', 'directora', '2026-11-24 14:53:23.408932-06', NULL, NULL) ON CONFLICT DO NOTHING;

INSERT INTO commercial.deposit_batch (id, command_id, fingerprint, state, note, journal_id, opened_by, opened_at) OVERRIDING SYSTEM VALUE VALUES
	(1, 'd2fb8243-a228-46ad-9ad7-c6ca96e67bd5', 'a9309e83d1fb2a4402eef62454127623291a91ffef16c6d85b932aa4d29c0215', 'deposited', '', 20, 'elena', '2026-11-24 14:53:22.779573-06') ON CONFLICT DO NOTHING;

INSERT INTO commercial.deposit_batch_session (batch_id, session_id) VALUES
	(1, 1),
	(1, 2) ON CONFLICT DO NOTHING;

INSERT INTO commercial.deposit_list (id, command_id, fingerprint, batch_id, series, number, folio, content, previous_hash, hash, balanced_by, balanced_at) OVERRIDING SYSTEM VALUE VALUES
	(1, 'ead3efbe-797c-4be1-a182-4c65455ce879', '8a5ec643bdf9226ac4690820d4386589bb902cb69a8b420980ed6b42c28ea530', 1, 'LD', 1, 'LD-000001', '{"note": "", "folio": "LD-000001", "slips": [{"bank": "BBVA", "line": 1, "clabe": "012650001000000010", "amount": 318.40, "tender": "card", "account_name": "Ingresos DEMOSTRACIÓN", "bank_account": "BBVA"}, {"bank": "BBVA", "line": 2, "clabe": "012650001000000010", "amount": 699.00, "tender": "cash", "account_name": "Ingresos DEMOSTRACIÓN", "bank_account": "BBVA"}], "office": 1, "totals": {"card": 318.40, "cash": 699.00, "cheque": 0.00, "transfer": 0.00}, "counted": {"counted": {"card": 318.40, "cash": 699.00, "cheque": 0.00, "transfer": 0.00}, "denominations": {"2": 2, "5": 1, "20": 2, "50": 1, "100": 1, "500": 1}}, "batch_id": 1, "sessions": [{"till": "C1", "folio": "C1-261124-1", "closing": "ZC1-000001", "tenders": {"card": 318.40, "cash": 699.00, "cheque": 0.00, "transfer": 0.00}, "session_id": 1, "cashier_name": "Rosa Núñez Peña", "business_date": "2026-11-24"}, {"till": "C4", "folio": "C4-261124-1", "closing": "ZC4-000001", "tenders": {"card": 0.00, "cash": 0.00, "cheque": 0.00, "transfer": 0.00}, "session_id": 2, "cashier_name": "Elena Núñez Peña", "business_date": "2026-11-24"}], "issued_at": "2026-11-24T14:53:22.845693-06:00", "balanced_by": "elena", "business_date": "2026-11-24", "demonstration": false, "balanced_by_name": "Elena Núñez Peña"}', '', 'b0d602d71e5bc272c00dcd505d453ba9790183e4a87fbca847515398bb5aae67', 'elena', '2026-11-24 14:53:22.846163-06') ON CONFLICT DO NOTHING;

INSERT INTO commercial.deposit_slip (id, batch_id, line, bank_account, tender, amount, reference, deposited_on) OVERRIDING SYSTEM VALUE VALUES
	(1, 1, 1, 'BBVA', 'card', 318.40, 'REF00011', '2026-11-24'),
	(2, 1, 2, 'BBVA', 'cash', 699.00, 'REF00012', '2026-11-24') ON CONFLICT DO NOTHING;

INSERT INTO commercial.deposit_step (id, batch_id, state, facts, done_by, done_at) OVERRIDING SYSTEM VALUE VALUES
	(1, 1, 'open', '{"note": "", "sessions": [1, 2]}', 'elena', '2026-11-24 14:53:22.785774-06'),
	(2, 1, 'counting', '{"counted": {"card": 318.40, "cash": 699.00, "cheque": 0.00, "transfer": 0.00}, "denominations": {"2": 2, "5": 1, "20": 2, "50": 1, "100": 1, "500": 1}}', 'elena', '2026-11-24 14:53:22.825232-06'),
	(3, 1, 'balanced', '{}', 'elena', '2026-11-24 14:53:22.840022-06'),
	(4, 1, 'deposited', '{"slips": [{"slip_id": 1, "reference": "REF00011", "deposited_on": "2026-11-24"}, {"slip_id": 2, "reference": "REF00012", "deposited_on": "2026-11-24"}]}', 'elena', '2026-11-24 14:53:22.879624-06') ON CONFLICT DO NOTHING;

INSERT INTO commercial.discarded_command (command_id, reason, discarded_by, discarded_at) VALUES
	('8ee4d975-e4da-4e8c-96a8-4609baddb0df', 'Se fue', 'rosa', '2026-11-24 14:53:23.198087-06') ON CONFLICT DO NOTHING;

INSERT INTO commercial.held_sale (id, session_id, account_id, label, charge_ids, held_at) OVERRIDING SYSTEM VALUE VALUES
	(1, 4, 2, 'Regresa con cambio', '[]', '2026-11-24 14:53:23.599762-06') ON CONFLICT DO NOTHING;

INSERT INTO commercial.interim_report (id, command_id, fingerprint, session_id, number, folio, content, taken_by, taken_at) OVERRIDING SYSTEM VALUE VALUES
	(1, 'bba22500-9f9c-4e9d-8e97-50ab0eb03245', '1f7f187b4a5c8c59b3a7b56a694c61d98e54d40e656c6044634ec629753b2a63', 1, 1, 'C1-261124-1-X1', '{"till": "C1", "blind": false, "folio": "C1-261124-1-X1", "state": "open", "office": 1, "voided": [], "advance": 50.00, "applied": 1160.22, "cashier": "rosa", "settled": 1110.12, "station": "E1", "tenders": [{"tender": "cash", "expected": 1211.82}, {"tender": "card", "expected": 318.40}, {"tender": "transfer", "expected": 0.00}, {"tender": "cheque", "expected": 0.00}], "receipts": 3, "rounding": 0.10, "by_tender": {"card": {"change": 0.00, "applied": 318.40, "payments": 1, "received": 318.40}, "cash": {"change": 188.18, "applied": 811.82, "payments": 1, "received": 1000.00}, "credit": {"change": 0.00, "applied": 30.00, "payments": 1, "received": 30.00}}, "issued_at": "2026-11-24T14:53:22.53232-06:00", "opened_at": "2026-11-24T14:53:22.314596-06:00", "till_name": "Caja 1", "by_concept": [{"tax": 0.00, "name": "Recargos", "count": 1, "total": 4.78, "amount": 4.78, "concept": "REC"}, {"tax": 0.00, "name": "Agua potable", "count": 4, "total": 962.80, "amount": 962.80, "concept": "AGUA"}, {"tax": 19.66, "name": "Alcantarillado", "count": 2, "total": 142.54, "amount": 122.88, "concept": "ALC"}], "chain_head": "36e4c00a971134725f566ab88f8aaf9ece08c26d099fcff989585baa5216a1ac", "given_back": {}, "last_folio": "C1-000003", "first_folio": "C1-000001", "withdrawals": [{"folio": "C1-261124-1-E1", "state": "accepted", "amount": 100.00, "sent_at": "2026-11-24T14:53:22.457201-06:00", "decided_by_name": "Elena Núñez Peña"}, {"folio": "C1-261124-1-E2", "state": "rejected", "amount": 50.00, "sent_at": "2026-11-24T14:53:22.492953-06:00", "decided_by_name": "Elena Núñez Peña"}], "cashier_name": "Rosa Núñez Peña", "business_date": "2026-11-24", "demonstration": false, "session_folio": "C1-261124-1", "opening_counted": 500.00, "opening_expected": 500.00}', 'elena', '2026-11-24 14:53:22.532344-06') ON CONFLICT DO NOTHING;

INSERT INTO commercial.issued_document (id, kind, subject_id, format, layout, copy_number, sha256, reason, issued_by, issued_at) OVERRIDING SYSTEM VALUE VALUES
	(1, 'receipt', 1, 'letter', 1, 0, '3916293bac05a9b7940ffef9fe0292c20e48e10dfabbd83004c00facf4129504', '', 'rosa', '2026-11-24 14:53:23.229369-06'),
	(2, 'receipt', 1, 'letter', 1, 1, 'a9ed121a6fa5d082e7b1c534bda86330c69e5c1d216c30d83c059a312fdee239', 'Se atoró el papel', 'rosa', '2026-11-24 14:53:23.235636-06'),
	(3, 'closing', 1, 'letter', 1, 0, '3f6bfc62a8bae6f03da2c36fe26bf22bca76046782c9bbfcb4c3dec2a74fb255', '', 'rosa', '2026-11-24 14:53:23.239741-06') ON CONFLICT DO NOTHING;

INSERT INTO commercial.journal_line (journal_id, line, ledger_account, amount) VALUES
	(1, 1, 'RECEIVABLE', 318.40),
	(1, 2, 'OPENING', -318.40),
	(2, 1, 'RECEIVABLE', 73.87),
	(2, 2, 'OPENING', -73.87),
	(3, 1, 'RECEIVABLE', 296.00),
	(3, 2, 'OPENING', -296.00),
	(4, 1, 'RECEIVABLE', 68.67),
	(4, 2, 'OPENING', -68.67),
	(5, 1, 'RECEIVABLE', 318.40),
	(5, 2, 'OPENING', -318.40),
	(6, 1, 'RECEIVABLE', 73.87),
	(6, 2, 'OPENING', -73.87),
	(7, 1, 'RECEIVABLE', 296.00),
	(7, 2, 'OPENING', -296.00),
	(8, 1, 'RECEIVABLE', 68.67),
	(8, 2, 'OPENING', -68.67),
	(9, 1, 'RECEIVABLE', 318.40),
	(9, 2, 'OPENING', -318.40),
	(10, 1, 'RECEIVABLE', 73.87),
	(10, 2, 'OPENING', -73.87),
	(11, 1, 'RECEIVABLE', 296.00),
	(11, 2, 'OPENING', -296.00),
	(12, 1, 'RECEIVABLE', 68.67),
	(12, 2, 'OPENING', -68.67),
	(13, 1, 'RECEIVABLE', 4.78),
	(13, 2, 'REVENUE_REC', -4.78),
	(14, 1, 'RECEIVABLE', 474.00),
	(14, 2, 'REVENUE_AGUA', -300.00),
	(14, 3, 'REVENUE_ALC', -150.00),
	(14, 4, 'VAT', -24.00),
	(15, 1, 'CASH', 811.82),
	(15, 2, 'RECEIVABLE', -761.72),
	(15, 3, 'CUSTOMER_CREDIT', -50.00),
	(15, 4, 'ROUNDING', -0.10),
	(16, 1, 'CARD', 318.40),
	(16, 2, 'RECEIVABLE', -318.40),
	(17, 1, 'CUSTOMER_CREDIT', 30.00),
	(17, 2, 'RECEIVABLE', -30.00),
	(18, 1, 'CASH', -111.82),
	(18, 2, 'SHORTAGE', 111.82),
	(19, 1, 'CASH', -1.00),
	(19, 2, 'SHORTAGE', 1.00),
	(20, 1, 'BANK_BBVA', 1017.40),
	(20, 2, 'CARD', -318.40),
	(20, 3, 'CASH', -699.00),
	(21, 1, 'CASH', 392.27),
	(21, 2, 'RECEIVABLE', -392.27),
	(22, 1, 'RECEIVABLE', 318.40),
	(22, 2, 'REFUND_PAYABLE', -318.40),
	(23, 1, 'CASH', -392.27),
	(23, 2, 'RECEIVABLE', 392.27),
	(24, 1, 'CASH', 392.27),
	(24, 2, 'RECEIVABLE', -392.27) ON CONFLICT DO NOTHING;

INSERT INTO commercial.office_setting (rule_set_id, key, value) VALUES
	(4, 'accounting_map', '{"booking": "reversal", "ledgers": [{"ledger": "CASH", "account": "1111-01"}, {"ledger": "CHEQUE", "account": "1111-02"}, {"ledger": "CARD", "account": "1112-01"}, {"ledger": "TRANSFER", "account": "1112-02"}, {"ledger": "CUSTOMER_CREDIT", "account": "2191-01"}, {"ledger": "REFUND_PAYABLE", "account": "2119-01"}, {"ledger": "ROUNDING", "account": "4319-01"}, {"ledger": "OVERAGE", "account": "4319-02"}, {"ledger": "SHORTAGE", "account": "1123-01"}, {"ledger": "VAT", "account": "2117-01"}, {"ledger": "BANK_BBVA", "account": "1112-03"}, {"ledger": "BANK_BNTE", "account": "1112-04"}], "accounts": [{"code": "1111-01", "name": "Efectivo en cajas"}, {"code": "1111-02", "name": "Cheques por depositar"}, {"code": "1112-01", "name": "Tarjetas por abonar"}, {"code": "1112-02", "name": "Transferencias por conciliar"}, {"code": "1112-03", "name": "BBVA"}, {"code": "1112-04", "name": "Banorte"}, {"code": "1123-01", "name": "Faltantes de caja"}, {"code": "1124-01", "name": "Por recuperar, agua"}, {"code": "1124-02", "name": "Por recuperar, alcantarillado"}, {"code": "1124-04", "name": "Por recuperar, recargos"}, {"code": "2117-01", "name": "IVA por pagar"}, {"code": "2119-01", "name": "Devoluciones por pagar"}, {"code": "2191-01", "name": "Saldos a favor"}, {"code": "4143-01", "name": "Agua potable"}, {"code": "4143-02", "name": "Alcantarillado"}, {"code": "4169-01", "name": "Recargos"}, {"code": "4319-01", "name": "Redondeo"}, {"code": "4319-02", "name": "Sobrantes de caja"}, {"code": "5231-01", "name": "Subsidios"}, {"code": "8121-01", "name": "Por ejecutar"}, {"code": "8141-01", "name": "Devengada"}, {"code": "8151-01", "name": "Recaudada"}], "concepts": [{"income": "4143-01", "accrued": "8141-01", "concept": "AGUA", "subsidy": "5231-01", "collected": "8151-01", "executable": "8121-01", "receivable": "1124-01"}, {"income": "4143-02", "accrued": "8141-01", "concept": "ALC", "subsidy": "5231-01", "collected": "8151-01", "executable": "8121-01", "receivable": "1124-02"}, {"income": "4169-01", "accrued": "8141-01", "concept": "REC", "subsidy": "5231-01", "collected": "8151-01", "executable": "8121-01", "receivable": "1124-04"}]}'),
	(1, 'cash_rounding_step', '"0.50"') ON CONFLICT DO NOTHING;

INSERT INTO commercial.payment (id, command_id, fingerprint, account_id, session_id, journal_id, business_date, settled, advance, rounding, applied, posted_by, posted_at) OVERRIDING SYSTEM VALUE VALUES
	(1, 'e32cf436-4cb9-4bf2-8965-3eac9b434ac1', '108123235cc26617242852f3db41ba369e55c7daff9368e10eb0bbab5386c74d', 1, 1, 15, '2026-11-24', 761.72, 50.00, 0.10, 811.82, 'rosa', '2026-11-24 14:53:22.369602-06'),
	(2, '51676e59-5f78-4b37-9e8c-549f838dcde3', '2033e6232ffe4b5f5c108f5e7a405aeaa62a91b4e8ab55775e7a9cb19dd7116c', 2, 1, 16, '2026-11-24', 318.40, 0.00, 0.00, 318.40, 'rosa', '2026-11-24 14:53:22.405418-06'),
	(3, 'ebf71948-1dbb-4a1a-980c-f16296776c65', 'f6d6009c4e588fb69b73a976a95ef8fed2d206efb13be1d09fae990fc9e7f896', 1, 1, 17, '2026-11-24', 30.00, 0.00, 0.00, 30.00, 'rosa', '2026-11-24 14:53:22.434041-06'),
	(4, '6ee73532-3127-4a03-af7e-6567628f11fb', 'dd44e73a3b9969c7e14cc03668ff6dbabab59b18569aac581ac1b2ca0b1baf39', 3, 3, 21, '2026-11-24', 392.27, 0.00, 0.00, 392.27, 'lupe', '2026-11-24 14:53:23.180369-06'),
	(5, '87ade7af-f926-4e49-a059-c654a9273170', '4ca1bdd4f44a502f03f0a8da2c9e4a576948e82fb8ee3c35fcd962f58132ef47', 3, 3, 24, '2026-11-24', 392.27, 0.00, 0.00, 392.27, 'lupe', '2026-11-24 14:53:23.525215-06') ON CONFLICT DO NOTHING;

INSERT INTO commercial.payment_tender (payment_id, line, kind, received, change, applied, reference, bank) VALUES
	(1, 1, 'cash', 1000.00, 188.18, 811.82, '', ''),
	(2, 1, 'card', 318.40, 0.00, 318.40, 'AUT-123', ''),
	(3, 1, 'credit', 30.00, 0.00, 30.00, '', ''),
	(4, 1, 'cash', 392.27, 0.00, 392.27, '', ''),
	(5, 1, 'cash', 392.27, 0.00, 392.27, '', '') ON CONFLICT DO NOTHING;

INSERT INTO commercial.receipt (id, payment_id, account_id, session_id, series, number, folio, content, previous_hash, hash) OVERRIDING SYSTEM VALUE VALUES
	(1, 1, 1, 1, 'C1', 1, 'C1-000001', '{"note": "", "till": "C1", "zone": "Media", "folio": "C1-000001", "lines": [{"tax": 0.00, "name": "Agua potable", "total": 318.40, "amount": 318.40, "period": "jul–ago 2026", "concept": "AGUA", "partial": false, "tax_rate": 0.000000, "charge_id": 1}, {"tax": 10.19, "name": "Alcantarillado", "total": 73.87, "amount": 63.68, "period": "jul–ago 2026", "concept": "ALC", "partial": false, "tax_rate": 0.160000, "charge_id": 2}, {"tax": 0.00, "name": "Recargos", "total": 4.78, "amount": 4.78, "period": "jul–ago 2026", "concept": "REC", "partial": false, "tax_rate": 0.000000, "charge_id": 13}, {"tax": 0.00, "name": "Agua potable", "total": 296.00, "amount": 296.00, "period": "sep–oct 2026", "concept": "AGUA", "partial": false, "tax_rate": 0.000000, "charge_id": 3}, {"tax": 9.47, "name": "Alcantarillado", "total": 68.67, "amount": 59.20, "period": "sep–oct 2026", "concept": "ALC", "partial": false, "tax_rate": 0.160000, "charge_id": 4}], "meter": "", "change": 188.18, "holder": "NÚÑEZ PEÑA, MARÍA 1", "office": 1, "address": "Priv. de los Laureles 1", "advance": 50.00, "applied": 811.82, "cashier": "rosa", "settled": 761.72, "tenders": [{"bank": "", "kind": "cash", "change": 188.18, "applied": 811.82, "received": 1000.00, "reference": ""}], "modality": "metered", "rounding": 0.10, "issued_at": "2026-11-24T14:53:22.376113-06:00", "till_name": "Caja 1", "use_class": "Doméstico", "postal_code": "75758", "cashier_name": "Rosa Núñez Peña", "credit_after": 50.00, "balance_after": 158.00, "business_date": "2026-11-24", "demonstration": false, "neighbourhood": "San Rafael", "session_folio": "C1-261124-1", "account_number": "10-00001-0"}', '', 'd64a57c009121350b38dbef7132346e1c6880bb3088264271adc30ab38c7249f'),
	(2, 2, 2, 1, 'C1', 2, 'C1-000002', '{"note": "", "till": "C1", "zone": "Media", "folio": "C1-000002", "lines": [{"tax": 0.00, "name": "Agua potable", "total": 318.40, "amount": 318.40, "period": "jul–ago 2026", "concept": "AGUA", "partial": false, "tax_rate": 0.000000, "charge_id": 5}], "meter": "", "change": 0.00, "holder": "NÚÑEZ PEÑA, MARÍA 2", "office": 1, "address": "Priv. de los Laureles 2", "advance": 0.00, "applied": 318.40, "cashier": "rosa", "settled": 318.40, "tenders": [{"bank": "", "kind": "card", "change": 0.00, "applied": 318.40, "received": 318.40, "reference": "AUT-123"}], "modality": "metered", "rounding": 0.00, "issued_at": "2026-11-24T14:53:22.407447-06:00", "till_name": "Caja 1", "use_class": "Doméstico", "postal_code": "75758", "cashier_name": "Rosa Núñez Peña", "credit_after": 0.00, "balance_after": 596.54, "business_date": "2026-11-24", "demonstration": false, "neighbourhood": "San Rafael", "session_folio": "C1-261124-1", "account_number": "10-00002-0"}', 'd64a57c009121350b38dbef7132346e1c6880bb3088264271adc30ab38c7249f', 'f2aaaba4add7a3415168794cd6bd7defe57585fc335c89ce26544a19d8692586'),
	(3, 3, 1, 1, 'C1', 3, 'C1-000003', '{"note": "", "till": "C1", "zone": "Media", "folio": "C1-000003", "lines": [{"tax": 0.00, "name": "Agua potable", "total": 30.00, "amount": 30.00, "period": "sep–oct 2026", "concept": "AGUA", "partial": true, "tax_rate": 0.000000, "charge_id": 14}], "meter": "", "change": 0.00, "holder": "NÚÑEZ PEÑA, MARÍA 1", "office": 1, "address": "Priv. de los Laureles 1", "advance": 0.00, "applied": 30.00, "cashier": "rosa", "settled": 30.00, "tenders": [{"bank": "", "kind": "credit", "change": 0.00, "applied": 30.00, "received": 30.00, "reference": ""}], "modality": "metered", "rounding": 0.00, "issued_at": "2026-11-24T14:53:22.435684-06:00", "till_name": "Caja 1", "use_class": "Doméstico", "postal_code": "75758", "cashier_name": "Rosa Núñez Peña", "credit_after": 20.00, "balance_after": 128.00, "business_date": "2026-11-24", "demonstration": false, "neighbourhood": "San Rafael", "session_folio": "C1-261124-1", "account_number": "10-00001-0"}', 'f2aaaba4add7a3415168794cd6bd7defe57585fc335c89ce26544a19d8692586', '36e4c00a971134725f566ab88f8aaf9ece08c26d099fcff989585baa5216a1ac'),
	(4, 4, 3, 3, 'C2', 1, 'C2-000001', '{"note": "", "till": "C2", "zone": "Media", "folio": "C2-000001", "lines": [{"tax": 0.00, "name": "Agua potable", "total": 318.40, "amount": 318.40, "period": "jul–ago 2026", "concept": "AGUA", "partial": false, "tax_rate": 0.000000, "charge_id": 9}, {"tax": 10.19, "name": "Alcantarillado", "total": 73.87, "amount": 63.68, "period": "jul–ago 2026", "concept": "ALC", "partial": false, "tax_rate": 0.160000, "charge_id": 10}], "meter": "", "change": 0.00, "holder": "NÚÑEZ PEÑA, MARÍA 3", "office": 1, "address": "Priv. de los Laureles 3", "advance": 0.00, "applied": 392.27, "cashier": "lupe", "settled": 392.27, "tenders": [{"bank": "", "kind": "cash", "change": 0.00, "applied": 392.27, "received": 392.27, "reference": ""}], "modality": "metered", "rounding": 0.00, "issued_at": "2026-11-24T14:53:23.188768-06:00", "till_name": "Caja 2", "use_class": "Doméstico", "postal_code": "75758", "cashier_name": "Lupe Núñez Peña", "credit_after": 0.00, "balance_after": 522.67, "business_date": "2026-11-24", "demonstration": false, "neighbourhood": "San Rafael", "session_folio": "C2-261124-1", "account_number": "10-00003-0"}', '', 'ed607512cdc06267690eccf4d3bbef0c26cd21b9859b66f212d54bf18f2afff0'),
	(5, 5, 3, 3, 'C2', 2, 'C2-000002', '{"note": "", "till": "C2", "zone": "Media", "folio": "C2-000002", "lines": [{"tax": 0.00, "name": "Agua potable", "total": 318.40, "amount": 318.40, "period": "jul–ago 2026", "concept": "AGUA", "partial": false, "tax_rate": 0.000000, "charge_id": 9}, {"tax": 10.19, "name": "Alcantarillado", "total": 73.87, "amount": 63.68, "period": "jul–ago 2026", "concept": "ALC", "partial": false, "tax_rate": 0.160000, "charge_id": 10}], "meter": "", "change": 0.00, "holder": "NÚÑEZ PEÑA, MARÍA 3", "office": 1, "address": "Priv. de los Laureles 3", "advance": 0.00, "applied": 392.27, "cashier": "lupe", "settled": 392.27, "tenders": [{"bank": "", "kind": "cash", "change": 0.00, "applied": 392.27, "received": 392.27, "reference": ""}], "modality": "metered", "replaces": "C2-000001", "rounding": 0.00, "issued_at": "2026-11-24T14:53:23.53367-06:00", "till_name": "Caja 2", "use_class": "Doméstico", "postal_code": "75758", "cashier_name": "Lupe Núñez Peña", "credit_after": 0.00, "balance_after": 522.67, "business_date": "2026-11-24", "demonstration": false, "neighbourhood": "San Rafael", "session_folio": "C2-261124-1", "account_number": "10-00003-0"}', 'ed607512cdc06267690eccf4d3bbef0c26cd21b9859b66f212d54bf18f2afff0', '4d19fe74584fc45d90ac50828017152e5204074d05c77aa0d0a46d65db16cd83') ON CONFLICT DO NOTHING;

INSERT INTO commercial.receipt_void (id, authorisation_id, receipt_id, payment_id, account_id, kind, journal_id, business_date, amount, reason, requested_by, voided_by, voided_at) OVERRIDING SYSTEM VALUE VALUES
	(1, 1, 2, 2, 2, 'reversal', 22, '2026-11-24', 318.40, 'Error de captura', 'rosa', 'gerente', '2026-11-24 14:53:23.368596-06'),
	(2, 2, 4, 4, 3, 'void', 23, '2026-11-24', 392.27, 'Error de captura', 'lupe', 'elena', '2026-11-24 14:53:23.483402-06') ON CONFLICT DO NOTHING;

INSERT INTO commercial.receipt_refund (void_id, way, session_id, amount) VALUES
	(1, 'payable', NULL, 318.40),
	(2, 'cash', 3, 392.27) ON CONFLICT DO NOTHING;

INSERT INTO commercial.receipt_replacement (replaced_id, receipt_id, linked_at) VALUES
	(4, 5, '2026-11-24 14:53:23.534103-06') ON CONFLICT DO NOTHING;

INSERT INTO commercial.session_takeover (id, session_id, reason, taken_by, taken_at) OVERRIDING SYSTEM VALUE VALUES
	(1, 2, 'No se presentó', 'gerente', '2026-11-24 14:53:22.702368-06') ON CONFLICT DO NOTHING;

INSERT INTO commercial.session_verification (id, command_id, fingerprint, session_id, closing_id, denominations, note, verified_by, verified_at) OVERRIDING SYSTEM VALUE VALUES
	(1, 'b3b1f302-44d5-4e0d-9ed2-c36cf90865cf', '2a22a408e7534b78b75931400cddaa70eaf5174512fc03df465e1ba68e3fa6dc', 1, 1, '{"2": 2, "5": 1, "20": 2, "50": 1, "1000": 1}', '', 'elena', '2026-11-24 14:53:22.611575-06') ON CONFLICT DO NOTHING;

INSERT INTO commercial.session_verification_line (verification_id, tender, declared, verified, difference) VALUES
	(1, 'cash', 1100.00, 1099.00, -1.00),
	(1, 'card', 318.40, 318.40, 0.00),
	(1, 'transfer', 0.00, 0.00, 0.00),
	(1, 'cheque', 0.00, 0.00, 0.00) ON CONFLICT DO NOTHING;

INSERT INTO commercial.surcharge_rate (id, rule_set_id, concept, accessory, monthly_rate, base, grace_days, cap_ratio, month_fraction_counts) OVERRIDING SYSTEM VALUE VALUES
	(1, 2, 'AGUA', 'REC', 0.015000, 'principal', 100000, 1.000000, true) ON CONFLICT DO NOTHING;

INSERT INTO commercial.voucher (id, command_id, fingerprint, kind, business_date, version, previous_id, state, series, number, folio, content, previous_hash, hash, debit, credit, map_id, note, issued_by, issued_at, decision_id, decision_print, decided_by, decided_at, decision_note, sheet) OVERRIDING SYSTEM VALUE VALUES
	(1, '90471203-eee6-442c-81a2-86f90cd62a8f', '76a164bb9e51b3c9e5b1df49b1524b7a4e23cb30bc1f7384597e5f6ece65c59f', 'collection', '2026-11-24', 1, NULL, 'draft', 'PR', 1, 'PR-000001', '{"map": "contabilidad 1", "kind": "collection", "note": "Primer turno", "folio": "PR-000001", "lines": [{"name": "Efectivo en cajas", "debit": 811.82, "credit": 0.00, "ledger": "CASH", "origin": "payment", "account": "1111-01", "concept": null, "section": "books"}, {"name": "Tarjetas por abonar", "debit": 318.40, "credit": 0.00, "ledger": "CARD", "origin": "payment", "account": "1112-01", "concept": null, "section": "books"}, {"name": "Por recuperar, agua", "debit": 0.00, "credit": 962.80, "ledger": "RECEIVABLE", "origin": "payment", "account": "1124-01", "concept": "AGUA", "section": "books"}, {"name": "Por recuperar, alcantarillado", "debit": 0.00, "credit": 142.54, "ledger": "RECEIVABLE", "origin": "payment", "account": "1124-02", "concept": "ALC", "section": "books"}, {"name": "Por recuperar, recargos", "debit": 0.00, "credit": 4.78, "ledger": "RECEIVABLE", "origin": "payment", "account": "1124-04", "concept": "REC", "section": "books"}, {"name": "Saldos a favor", "debit": 0.00, "credit": 20.00, "ledger": "CUSTOMER_CREDIT", "origin": "payment", "account": "2191-01", "concept": null, "section": "books"}, {"name": "Redondeo", "debit": 0.00, "credit": 0.10, "ledger": "ROUNDING", "origin": "payment", "account": "4319-01", "concept": null, "section": "books"}, {"name": "Faltantes de caja", "debit": 112.82, "credit": 0.00, "ledger": "SHORTAGE", "origin": "cash_difference", "account": "1123-01", "concept": null, "section": "books"}, {"name": "Efectivo en cajas", "debit": 0.00, "credit": 112.82, "ledger": "CASH", "origin": "cash_difference", "account": "1111-01", "concept": null, "section": "books"}, {"name": "BBVA", "debit": 1017.40, "credit": 0.00, "ledger": "BANK_BBVA", "origin": "deposit", "account": "1112-03", "concept": null, "section": "books"}, {"name": "Efectivo en cajas", "debit": 0.00, "credit": 699.00, "ledger": "CASH", "origin": "deposit", "account": "1111-01", "concept": null, "section": "books"}, {"name": "Tarjetas por abonar", "debit": 0.00, "credit": 318.40, "ledger": "CARD", "origin": "deposit", "account": "1112-01", "concept": null, "section": "books"}, {"name": "Devengada", "debit": 962.80, "credit": 0.00, "ledger": "RECEIVABLE", "origin": "payment", "account": "8141-01", "concept": "AGUA", "section": "budget"}, {"name": "Devengada", "debit": 122.88, "credit": 0.00, "ledger": "RECEIVABLE", "origin": "payment", "account": "8141-01", "concept": "ALC", "section": "budget"}, {"name": "Devengada", "debit": 4.78, "credit": 0.00, "ledger": "RECEIVABLE", "origin": "payment", "account": "8141-01", "concept": "REC", "section": "budget"}, {"name": "Recaudada", "debit": 0.00, "credit": 962.80, "ledger": "RECEIVABLE", "origin": "payment", "account": "8151-01", "concept": "AGUA", "section": "budget"}, {"name": "Recaudada", "debit": 0.00, "credit": 122.88, "ledger": "RECEIVABLE", "origin": "payment", "account": "8151-01", "concept": "ALC", "section": "budget"}, {"name": "Recaudada", "debit": 0.00, "credit": 4.78, "ledger": "RECEIVABLE", "origin": "payment", "account": "8151-01", "concept": "REC", "section": "budget"}], "total": 2260.44, "folios": [{"money": 1130.22, "series": "C1", "missing": 0, "receipts": 3, "unchained": 0, "last_folio": "C1-000003", "first_folio": "C1-000001"}], "office": 1, "booking": "reversal", "version": 1, "concepts": {"ALC": "Alcantarillado", "REC": "Recargos", "AGUA": "Agua potable", "SALDO-INICIAL": "Saldo inicial"}, "replaces": null, "sessions": [{"folio": "C1-261124-1", "state": "verified", "receipts": 3, "collected": 1130.22, "till_name": "Caja 1", "difference": -111.82, "session_id": 1, "cashier_name": "Rosa Núñez Peña", "closing_folio": "ZC1-000001"}, {"folio": "C4-261124-1", "state": "closed", "receipts": 0, "collected": 0.00, "till_name": "Caja 4", "difference": 0.00, "session_id": 2, "cashier_name": "Elena Núñez Peña", "closing_folio": "ZC4-000001"}], "issued_at": "2026-11-24T14:53:22.960617-06:00", "issued_by": "elena", "business_date": "2026-11-24", "demonstration": true, "issued_by_name": "Elena Núñez Peña", "returned_because": null, "issued_by_position": "Prueba"}', '', '63d805359e6c67316fc546ea3a6fbf1de0202b94ec0bb9a11f55fd8599d6f356', 2260.44, 2260.44, 4, 'Primer turno', 'elena', '2026-11-24 14:53:22.963684-06', NULL, NULL, NULL, NULL, '', NULL),
	(2, '09fc6d0f-3a1e-4b6b-ab5b-af2406d48e37', '60a9f78b434c4e3cdcbb2f0a1198a159d99f5ecd7051991a52ab783d5169870c', 'collection', '2026-11-23', 1, NULL, 'returned', 'PR', 2, 'PR-000002', '{"map": "contabilidad 1", "kind": "collection", "note": "", "folio": "PR-000002", "lines": [], "total": 0.00, "folios": [], "office": 1, "booking": "reversal", "version": 1, "concepts": {"ALC": "Alcantarillado", "REC": "Recargos", "AGUA": "Agua potable", "SALDO-INICIAL": "Saldo inicial"}, "replaces": null, "sessions": [], "issued_at": "2026-11-24T14:53:23.007446-06:00", "issued_by": "elena", "business_date": "2026-11-23", "demonstration": true, "issued_by_name": "Elena Núñez Peña", "returned_because": null, "issued_by_position": "Prueba"}', '63d805359e6c67316fc546ea3a6fbf1de0202b94ec0bb9a11f55fd8599d6f356', '9e9520c63ac0f65555076ee7fffd2371c928fbe999fd827e0606602379dd489b', 0.00, 0.00, 4, '', 'elena', '2026-11-24 14:53:23.00773-06', '6666005b-e287-4962-a8ba-e9cb10c6f53b', 'bdd0fdfc1ed53de9229d64d0bb5dcf9960611edae4f92b99e83e17a4f1831edd', 'gerente', '2026-11-24 14:53:23.034846-06', 'Falta decir que no se abrió por inventario', '{"day": "2026-11-23", "folios": [], "locked": false, "totals": [{"ok": true, "key": "sessions", "name": "Sesiones de caja", "count": 0, "amount": 0.00, "expected": 0.00}, {"ok": true, "key": "receipts", "name": "Recibos", "count": 0, "amount": 0.00, "expected": 0.00}, {"ok": true, "key": "vouchers", "name": "Póliza de recaudación", "count": 1, "amount": 0.00, "expected": 0.00}, {"ok": null, "key": "slips", "name": "Fichas de depósito", "count": 0, "amount": 0.00, "expected": 0.00}, {"ok": true, "key": "folios", "name": "Folios", "count": 0, "amount": 0.00, "expected": 0.00}], "refunds": [], "sessions": [], "open_sessions": [], "decided_by_name": "Gerente Núñez Peña", "decided_by_position": "Prueba"}'),
	(3, '23d09d20-8609-48f6-bba5-e21189bc79c1', 'e52fe36f7bfcb55ba712c83555bd44ad1e9e471492534daa2d6e1a1fd318b50b', 'collection', '2026-11-23', 2, 2, 'exported', 'PR', 3, 'PR-000003', '{"map": "contabilidad 1", "kind": "collection", "note": "No se abrió por inventario", "folio": "PR-000003", "lines": [], "total": 0.00, "folios": [], "office": 1, "booking": "reversal", "version": 2, "concepts": {"ALC": "Alcantarillado", "REC": "Recargos", "AGUA": "Agua potable", "SALDO-INICIAL": "Saldo inicial"}, "replaces": "PR-000002", "sessions": [], "issued_at": "2026-11-24T14:53:23.043381-06:00", "issued_by": "elena", "business_date": "2026-11-23", "demonstration": true, "issued_by_name": "Elena Núñez Peña", "returned_because": "Falta decir que no se abrió por inventario", "issued_by_position": "Prueba"}', '9e9520c63ac0f65555076ee7fffd2371c928fbe999fd827e0606602379dd489b', '8efbebc7abdd5dae9c62e82ac7202905aad9235939393f05da7fe1eb0cd6264d', 0.00, 0.00, 4, 'No se abrió por inventario', 'elena', '2026-11-24 14:53:23.043659-06', '6cdcd1fd-bc33-44f2-b4a3-f3a6d17a7c0d', 'f0f52bcde747db595a31f2916d52dc6d0fd02d0a78d5a18f08586e99cf49d132', 'gerente', '2026-11-24 14:53:23.056417-06', '', '{"day": "2026-11-23", "folios": [], "locked": false, "totals": [{"ok": true, "key": "sessions", "name": "Sesiones de caja", "count": 0, "amount": 0.00, "expected": 0.00}, {"ok": true, "key": "receipts", "name": "Recibos", "count": 0, "amount": 0.00, "expected": 0.00}, {"ok": true, "key": "vouchers", "name": "Póliza de recaudación", "count": 1, "amount": 0.00, "expected": 0.00}, {"ok": null, "key": "slips", "name": "Fichas de depósito", "count": 0, "amount": 0.00, "expected": 0.00}, {"ok": true, "key": "folios", "name": "Folios", "count": 0, "amount": 0.00, "expected": 0.00}], "refunds": [], "sessions": [], "open_sessions": [], "decided_by_name": "Gerente Núñez Peña", "decided_by_position": "Prueba"}'),
	(4, '70df5dc7-bc91-4c51-bac9-eb35846be1b9', 'abf09b0b4697ff6619537f1001e64f2e7c0713567c7cb4be795e6bb2e517be5d', 'discount', '2026-11-23', 1, NULL, 'verified', 'PD', 1, 'PD-000001', '{"map": "contabilidad 1", "kind": "discount", "note": "", "folio": "PD-000001", "lines": [], "total": 0.00, "folios": [], "office": 1, "booking": "reversal", "version": 1, "concepts": {"ALC": "Alcantarillado", "REC": "Recargos", "AGUA": "Agua potable", "SALDO-INICIAL": "Saldo inicial"}, "replaces": null, "sessions": [], "issued_at": "2026-11-24T14:53:23.06975-06:00", "issued_by": "gerente", "business_date": "2026-11-23", "demonstration": true, "issued_by_name": "Gerente Núñez Peña", "returned_because": null, "issued_by_position": "Prueba"}', '', '49a59b897c01d591210a3cbadeeaf634c62ada87ba63f01b611c0b47e6f5858e', 0.00, 0.00, 4, '', 'gerente', '2026-11-24 14:53:23.070203-06', 'd11252c0-b197-4081-a593-b95ed645d87a', 'afae6cb04fe7b297eec76f490a0072a29e973a5ef5803b2d8924f96fc309e551', 'directora', '2026-11-24 14:53:23.102452-06', '', '{"day": "2026-11-23", "folios": [], "locked": true, "totals": [{"ok": true, "key": "sessions", "name": "Sesiones de caja", "count": 0, "amount": 0.00, "expected": 0.00}, {"ok": true, "key": "receipts", "name": "Recibos", "count": 0, "amount": 0.00, "expected": 0.00}, {"ok": true, "key": "vouchers", "name": "Póliza de recaudación", "count": 1, "amount": 0.00, "expected": 0.00}, {"ok": null, "key": "slips", "name": "Fichas de depósito", "count": 0, "amount": 0.00, "expected": 0.00}, {"ok": true, "key": "folios", "name": "Folios", "count": 0, "amount": 0.00, "expected": 0.00}], "refunds": [], "sessions": [], "open_sessions": [], "decided_by_name": "Directora Núñez Peña", "decided_by_position": "Prueba"}') ON CONFLICT DO NOTHING;

INSERT INTO commercial.voucher_export (id, command_id, voucher_id, format, layout, sha256, exported_by, exported_at) OVERRIDING SYSTEM VALUE VALUES
	(1, '40e5592e-49e6-4ea9-828f-d5bd8bb049b2', 3, 'csv', 'general', '0000000000000000000000000000000000000000000000000000000000000000', 'elena', '2026-11-24 14:53:23.058775-06') ON CONFLICT DO NOTHING;

INSERT INTO commercial.voucher_line (voucher_id, line, section, origin, ledger, concept, account, name, debit, credit) VALUES
	(1, 1, 'books', 'payment', 'CASH', NULL, '1111-01', 'Efectivo en cajas', 811.82, 0.00),
	(1, 2, 'books', 'payment', 'CARD', NULL, '1112-01', 'Tarjetas por abonar', 318.40, 0.00),
	(1, 3, 'books', 'payment', 'RECEIVABLE', 'AGUA', '1124-01', 'Por recuperar, agua', 0.00, 962.80),
	(1, 4, 'books', 'payment', 'RECEIVABLE', 'ALC', '1124-02', 'Por recuperar, alcantarillado', 0.00, 142.54),
	(1, 5, 'books', 'payment', 'RECEIVABLE', 'REC', '1124-04', 'Por recuperar, recargos', 0.00, 4.78),
	(1, 6, 'books', 'payment', 'CUSTOMER_CREDIT', NULL, '2191-01', 'Saldos a favor', 0.00, 20.00),
	(1, 7, 'books', 'payment', 'ROUNDING', NULL, '4319-01', 'Redondeo', 0.00, 0.10),
	(1, 8, 'books', 'cash_difference', 'SHORTAGE', NULL, '1123-01', 'Faltantes de caja', 112.82, 0.00),
	(1, 9, 'books', 'cash_difference', 'CASH', NULL, '1111-01', 'Efectivo en cajas', 0.00, 112.82),
	(1, 10, 'books', 'deposit', 'BANK_BBVA', NULL, '1112-03', 'BBVA', 1017.40, 0.00),
	(1, 11, 'books', 'deposit', 'CASH', NULL, '1111-01', 'Efectivo en cajas', 0.00, 699.00),
	(1, 12, 'books', 'deposit', 'CARD', NULL, '1112-01', 'Tarjetas por abonar', 0.00, 318.40),
	(1, 13, 'budget', 'payment', 'RECEIVABLE', 'AGUA', '8141-01', 'Devengada', 962.80, 0.00),
	(1, 14, 'budget', 'payment', 'RECEIVABLE', 'ALC', '8141-01', 'Devengada', 122.88, 0.00),
	(1, 15, 'budget', 'payment', 'RECEIVABLE', 'REC', '8141-01', 'Devengada', 4.78, 0.00),
	(1, 16, 'budget', 'payment', 'RECEIVABLE', 'AGUA', '8151-01', 'Recaudada', 0.00, 962.80),
	(1, 17, 'budget', 'payment', 'RECEIVABLE', 'ALC', '8151-01', 'Recaudada', 0.00, 122.88),
	(1, 18, 'budget', 'payment', 'RECEIVABLE', 'REC', '8151-01', 'Recaudada', 0.00, 4.78) ON CONFLICT DO NOTHING;

INSERT INTO commercial.withdrawal (id, command_id, fingerprint, session_id, number, folio, denominations, amount, note, state, station, sent_by, sent_at, received, decision_station, decision_note, decided_by, decided_at) OVERRIDING SYSTEM VALUE VALUES
	(1, '20b02a37-d38a-41ea-831c-b293c24cc4c7', 'd9880b2ca2df53e96a9b5c4ffdad520da3444f37d4286666b06b6053f64cb33b', 1, 1, 'C1-261124-1-E1', '{"100": 1}', 100.00, '', 'accepted', 'E1', 'rosa', '2026-11-24 14:53:22.457201-06', '{"100": 1}', 'E1', '', 'elena', '2026-11-24 14:53:22.486336-06'),
	(2, 'dd1b70ac-899b-4618-ae4c-7134d9f30d0f', '978ddadd1d7e9a2dea2f91a65c2ac66d243f649d7c8021d86c922f4561e8dcbc', 1, 2, 'C1-261124-1-E2', '{"50": 1}', 50.00, '', 'rejected', 'E1', 'rosa', '2026-11-24 14:53:22.492953-06', NULL, 'E1', 'Un billete roto', 'elena', '2026-11-24 14:53:22.496578-06') ON CONFLICT DO NOTHING;

SELECT pg_catalog.setval('commercial.account_holding_id_seq', 3, true);

SELECT pg_catalog.setval('commercial.account_id_seq', 3, true);

SELECT pg_catalog.setval('commercial.account_state_id_seq', 3, true);

SELECT pg_catalog.setval('commercial.account_terms_id_seq', 3, true);

SELECT pg_catalog.setval('commercial.allocation_id_seq', 14, true);

SELECT pg_catalog.setval('commercial.audit_entry_id_seq', 59, true);

SELECT pg_catalog.setval('commercial.authorisation_id_seq', 2, true);

SELECT pg_catalog.setval('commercial.authorisation_reason_id_seq', 2, true);

SELECT pg_catalog.setval('commercial.authority_limit_id_seq', 3, true);

SELECT pg_catalog.setval('commercial.bill_id_seq', 3, true);

SELECT pg_catalog.setval('commercial.billing_run_id_seq', 1, true);

SELECT pg_catalog.setval('commercial.cash_closing_id_seq', 2, true);

SELECT pg_catalog.setval('commercial.cash_count_id_seq', 3, true);

SELECT pg_catalog.setval('commercial.cash_session_id_seq', 4, true);

SELECT pg_catalog.setval('commercial.change_notice_id_seq', 48, true);

SELECT pg_catalog.setval('commercial.charge_id_seq', 19, true);

SELECT pg_catalog.setval('commercial.credit_movement_id_seq', 2, true);

SELECT pg_catalog.setval('commercial.customer_id_seq', 3, true);

SELECT pg_catalog.setval('commercial.delegation_id_seq', 1, true);

SELECT pg_catalog.setval('commercial.deposit_batch_id_seq', 1, true);

SELECT pg_catalog.setval('commercial.deposit_list_id_seq', 1, true);

SELECT pg_catalog.setval('commercial.deposit_slip_id_seq', 2, true);

SELECT pg_catalog.setval('commercial.deposit_step_id_seq', 4, true);

SELECT pg_catalog.setval('commercial.held_sale_id_seq', 1, true);

SELECT pg_catalog.setval('commercial.interim_report_id_seq', 1, true);

SELECT pg_catalog.setval('commercial.issued_document_id_seq', 3, true);

SELECT pg_catalog.setval('commercial.journal_id_seq', 24, true);

SELECT pg_catalog.setval('commercial.meter_id_seq', 1, false);

SELECT pg_catalog.setval('commercial.meter_installation_id_seq', 1, false);

SELECT pg_catalog.setval('commercial.meter_reading_id_seq', 1, false);

SELECT pg_catalog.setval('commercial.neighbourhood_id_seq', 1, true);

SELECT pg_catalog.setval('commercial.payment_id_seq', 5, true);

SELECT pg_catalog.setval('commercial.premises_id_seq', 3, true);

SELECT pg_catalog.setval('commercial.print_job_id_seq', 1, false);

SELECT pg_catalog.setval('commercial.receipt_id_seq', 5, true);

SELECT pg_catalog.setval('commercial.receipt_void_id_seq', 2, true);

SELECT pg_catalog.setval('commercial.rule_set_id_seq', 4, true);

SELECT pg_catalog.setval('commercial.session_takeover_id_seq', 1, true);

SELECT pg_catalog.setval('commercial.session_verification_id_seq', 1, true);

SELECT pg_catalog.setval('commercial.sign_in_id_seq', 1, false);

SELECT pg_catalog.setval('commercial.surcharge_rate_id_seq', 1, true);

SELECT pg_catalog.setval('commercial.tap_id_seq', 3, true);

SELECT pg_catalog.setval('commercial.tariff_rate_id_seq', 1, false);

SELECT pg_catalog.setval('commercial.tax_rate_id_seq', 1, false);

SELECT pg_catalog.setval('commercial.voucher_export_id_seq', 1, true);

SELECT pg_catalog.setval('commercial.voucher_id_seq', 4, true);

SELECT pg_catalog.setval('commercial.withdrawal_id_seq', 2, true);
