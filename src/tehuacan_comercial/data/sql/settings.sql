-- Stations and tills (estaciones y cajas): settings, no money.

-- command: {code, name, desk}
CREATE OR REPLACE FUNCTION commercial.save_station(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    INSERT INTO station AS s (code, name, desk)
    VALUES (command ->> 'code', command ->> 'name', coalesce(command ->> 'desk', ''))
    ON CONFLICT (code) DO UPDATE SET name = excluded.name, desk = excluded.desk;
    RETURN jsonb_build_object('code', command ->> 'code');
END
$$;

-- command: {code, name, station, opening_float, cash_limit, tenders, active}
-- A new till gets its own receipt and closing series, so that tills never wait for each other.
CREATE OR REPLACE FUNCTION commercial.save_till(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    till_code text := command ->> 'code';
BEGIN
    IF till_code IS NULL OR till_code !~ '^[A-Z][A-Z0-9]{0,5}$' THEN
        PERFORM refuse('TC023', 'Not a till code', jsonb_build_object(
            'field', 'code', 'problem', coalesce(till_code, '')));
    END IF;
    INSERT INTO folio_series (code, name) VALUES
        (till_code, 'Recibos de ' || (command ->> 'name')),
        ('Z' || till_code, 'Cortes de ' || (command ->> 'name'))
    ON CONFLICT (code) DO NOTHING;
    INSERT INTO till AS t (code, name, station, receipt_series, closing_series, opening_float,
                           cash_limit, tenders, active)
    VALUES (till_code, command ->> 'name', command ->> 'station', till_code, 'Z' || till_code,
            to_pesos(coalesce(command ->> 'opening_float', '0'), 'opening_float'),
            to_pesos(command ->> 'cash_limit', 'cash_limit'),
            coalesce(ARRAY(SELECT jsonb_array_elements_text(command -> 'tenders')), '{}'),
            coalesce((command ->> 'active')::boolean, true))
    ON CONFLICT (code) DO UPDATE SET
        name = excluded.name, station = excluded.station, opening_float = excluded.opening_float,
        cash_limit = excluded.cash_limit, tenders = excluded.tenders, active = excluded.active;
    RETURN jsonb_build_object('code', till_code);
END
$$;

-- Accounts of the double entry the posting functions write to (cuentas contables).
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
    ('UNIDENTIFIED', 'Pagos por identificar', 'credit'),
    ('OPENING', 'Saldos iniciales', 'credit')
ON CONFLICT (code) DO NOTHING;
