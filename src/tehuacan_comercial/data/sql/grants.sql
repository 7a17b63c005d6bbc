-- Who reads what, and which acts each job may ask for (roles y permisos, N1).
-- Staff have no INSERT, UPDATE or DELETE anywhere: acts are functions (D2).

REVOKE ALL ON ALL TABLES IN SCHEMA commercial FROM PUBLIC, staff, counter, cashier, head_cashier,
    registry, metering, field_collector, manager, director, auditor, administrator;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA commercial FROM PUBLIC, staff, counter, cashier,
    head_cashier, registry, metering, field_collector, manager, director, auditor, administrator;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA commercial FROM PUBLIC;

-- Everybody: the rules, the catalogues, who is who, and what changed.
GRANT SELECT ON commercial.rule_set, commercial.concept, commercial.tariff_rate,
    commercial.tax_rate, commercial.surcharge_rate, commercial.uma_value,
    commercial.non_working_day, commercial.office_setting, commercial.billing_period,
    commercial.use_class, commercial.zone, commercial.neighbourhood, commercial.route,
    commercial.authorisation_kind, commercial.authority_limit, commercial.authorisation_reason,
    commercial.station, commercial.till, commercial.staff_member, commercial.change_notice,
    commercial.schema_stamp, commercial.alembic_version TO staff;
GRANT EXECUTE ON FUNCTION commercial.holds_job(text[]), commercial.office_today(),
    commercial.declared_station(), commercial.office_setting_on(text, date),
    commercial.fold(text), commercial.sort_key(text), commercial.may_administer(),
    commercial.refuse(text, text, jsonb), commercial.sign_in(jsonb),
    commercial.set_staff_password(jsonb), commercial.session_step_allowed(text, text),
    commercial.authorisation_step_allowed(text, text),

    commercial.withdrawal_step_allowed(text, text) TO staff;

-- The registry without identity numbers: those who serve or visit an account.
GRANT SELECT ON commercial.account, commercial.account_holding, commercial.account_state,
    commercial.account_terms, commercial.customer_card,
    commercial.premises, commercial.tap, commercial.meter, commercial.meter_installation,
    commercial.meter_reading
    TO counter, cashier, head_cashier, registry, metering, field_collector, manager, director,
       auditor;
-- The directory without the telephone and the text of the search; find_accounts reads those.
GRANT SELECT (account_id, account_number, holder_id, holder_name, address, neighbourhood,
    postal_code, meter_serial, state, use_class, zone, modality, sector, route_code, sequence,
    sort_key)
    ON commercial.account_directory
    TO counter, cashier, head_cashier, registry, metering, field_collector, manager, director,
       auditor;
GRANT EXECUTE ON FUNCTION commercial.find_accounts(text[], text, integer)
    TO counter, cashier, head_cashier, registry, metering, field_collector, manager, director,
       auditor;
-- The registry with identity numbers.
GRANT SELECT ON commercial.customer, commercial.account_directory
    TO registry, manager, director, auditor;

-- What is owed and was paid: those who serve an account. Not metering, not the administrator.
GRANT SELECT ON commercial.bill, commercial.billing_run, commercial.charge, commercial.allocation,
    commercial.credit_movement, commercial.payment, commercial.payment_tender, commercial.receipt,
    commercial.issued_document, commercial.print_job, commercial.receipt_void,
    commercial.receipt_refund, commercial.receipt_replacement, commercial.tender_return,
    commercial.cheque_ban, commercial.payment_transfer
    TO counter, cashier, head_cashier, registry, manager, director, auditor;
GRANT SELECT ON commercial.charge, commercial.bill TO field_collector;
GRANT SELECT ON commercial.bill TO metering;

-- Sessions and closings: rows are limited in policies.sql.
GRANT SELECT ON commercial.cash_session, commercial.cash_count, commercial.cash_closing,
    commercial.cash_closing_line, commercial.held_sale,
    commercial.discarded_command, commercial.withdrawal, commercial.session_takeover,
    commercial.session_verification, commercial.session_verification_line,
    commercial.interim_report, commercial.handover, commercial.handover_item,
    commercial.session_reopening, commercial.issued_content, commercial.cashier_difference,
    commercial.shortage_settlement, commercial.cashier_debt
    TO cashier, head_cashier, manager, director, auditor;

-- What was asked of whom and decided: rows are limited in policies.sql.
GRANT SELECT ON commercial.authorisation, commercial.delegation
    TO counter, cashier, head_cashier, registry, manager, director, auditor;

-- The manager's window reads with the reader's own rights; these are its views and functions.
GRANT SELECT ON commercial.dashboard_session, commercial.dashboard_till,
    commercial.dashboard_difference, commercial.dashboard_receipt, commercial.dashboard_void,
    commercial.dashboard_transit, commercial.dashboard_waiting
    TO head_cashier, manager, director, auditor;
GRANT EXECUTE ON FUNCTION commercial.dashboard(jsonb), commercial.dashboard_past(jsonb),
    commercial.dashboard_takings(date, bigint, bigint), commercial.dashboard_cash(),
    commercial.dashboard_moment(), commercial.last_backup()
    TO head_cashier, manager, director, auditor;

-- Vouchers and the sheet that verifies them.
GRANT SELECT ON commercial.voucher, commercial.voucher_line, commercial.voucher_export
    TO head_cashier, manager, director, auditor;
GRANT EXECUTE ON FUNCTION commercial.verification_sheet(date), commercial.day_receipts(date),
    commercial.voucher_facts(text, date), commercial.voucher_lines(text, date, jsonb),
    commercial.voucher_day_locked(date, text)
    TO head_cashier, manager, director, auditor;
GRANT EXECUTE ON FUNCTION commercial.issue_voucher(jsonb) TO head_cashier, manager;
GRANT EXECUTE ON FUNCTION commercial.decide_voucher(jsonb) TO manager, director;
GRANT EXECUTE ON FUNCTION commercial.record_voucher_export(jsonb)
    TO head_cashier, manager, director;
GRANT EXECUTE ON FUNCTION commercial.voucher_step_allowed(text, text) TO staff;

-- From the drawers to the bank.
GRANT SELECT ON commercial.bank_account, commercial.deposit_batch, commercial.deposit_batch_session,
    commercial.deposit_step, commercial.deposit_list, commercial.deposit_slip
    TO head_cashier, manager, director, auditor;
GRANT EXECUTE ON FUNCTION commercial.batch_money(bigint), commercial.session_deposit(bigint)
    TO head_cashier, manager, director, auditor;
GRANT EXECUTE ON FUNCTION commercial.open_batch(jsonb), commercial.change_batch(jsonb),
    commercial.count_batch(jsonb), commercial.reopen_batch(jsonb), commercial.balance_batch(jsonb),
    commercial.deposit_batch_at_bank(jsonb) TO head_cashier, manager;
GRANT EXECUTE ON FUNCTION commercial.deposit_step_allowed(text, text) TO staff;
GRANT EXECUTE ON FUNCTION commercial.save_bank_account(jsonb), commercial.save_channel(jsonb)
    TO administrator;

-- Files of banks and shops; whoever serves an account sees what was assigned to it.
GRANT SELECT ON commercial.bank_statement, commercial.bank_statement_line, commercial.slip_match,
    commercial.channel_file, commercial.channel_row TO head_cashier, manager, director, auditor;
GRANT SELECT ON commercial.channel, commercial.unidentified_payment
    TO counter, cashier, head_cashier, registry, manager, director, auditor;
GRANT EXECUTE ON FUNCTION commercial.import_statement(jsonb), commercial.match_slip(jsonb),
    commercial.import_channel(jsonb), commercial.assign_unidentified(jsonb)
    TO head_cashier, manager;

-- The books.
GRANT SELECT ON commercial.journal, commercial.journal_line, commercial.ledger_account,
    commercial.folio_series TO head_cashier, manager, director, auditor;

-- The attention queue.
GRANT EXECUTE ON FUNCTION commercial.request_step_allowed(text, text) TO staff;
GRANT SELECT ON commercial.queue_series, commercial.queue_ticket, commercial.service_request,
    commercial.service_period, commercial.service_interval, commercial.desk_shift
    TO counter, cashier, head_cashier, registry, manager, director, auditor;
GRANT EXECUTE ON FUNCTION commercial.queue_rules(), commercial.desk_name(text),
    commercial.desk_line(text), commercial.desk_run(text), commercial.turn_answer(bigint)
    TO counter, cashier, head_cashier, registry, manager, director, auditor;
GRANT EXECUTE ON FUNCTION commercial.take_ticket(jsonb), commercial.revive_turn(jsonb),
    commercial.abandon_turn(jsonb), commercial.take_desk(jsonb), commercial.leave_desk(jsonb),
    commercial.call_next(jsonb), commercial.call_chosen(jsonb), commercial.recall_turn(jsonb),
    commercial.begin_turn(jsonb), commercial.hold_turn(jsonb), commercial.resume_turn(jsonb),
    commercial.finish_turn(jsonb), commercial.transfer_turn(jsonb),
    commercial.add_service(jsonb), commercial.mark_no_show(jsonb)
    TO counter, cashier, head_cashier, registry, manager;
GRANT EXECUTE ON FUNCTION commercial.free_desk(jsonb) TO head_cashier, manager;

-- Who did what.
GRANT SELECT ON commercial.sign_in, commercial.audit_entry
    TO manager, director, auditor, administrator;

-- Auditing reads everything; verify, run by audit or the management, also what the directory
-- should say.
GRANT SELECT ON ALL TABLES IN SCHEMA commercial TO auditor;
GRANT SELECT ON commercial.account_today TO manager;

-- Acts.
GRANT EXECUTE ON FUNCTION commercial.post_payment(jsonb), commercial.ask_payment(jsonb),
    commercial.discard_payment(jsonb), commercial.open_session(jsonb),
    commercial.begin_count(jsonb), commercial.resume_session(jsonb), commercial.hold_sale(jsonb), commercial.release_sale(jsonb)
    TO cashier, head_cashier;
GRANT EXECUTE ON FUNCTION commercial.request_authorisation(jsonb),
    commercial.preview_authorisation(jsonb), commercial.withdraw_authorisation(jsonb)
    TO counter, cashier, head_cashier, registry, manager, director;
GRANT EXECUTE ON FUNCTION commercial.decide_authorisation(jsonb),
    commercial.record_delegation(jsonb), commercial.end_delegation(jsonb)
    TO head_cashier, manager, director;
GRANT EXECUTE ON FUNCTION commercial.record_cheque_return(jsonb) TO head_cashier, manager;
GRANT EXECUTE ON FUNCTION commercial.lift_cheque_ban(jsonb) TO manager, director;
GRANT EXECUTE ON FUNCTION commercial.cheque_fee_rule(date), commercial.cheque_fee(numeric, jsonb)
    TO head_cashier, manager, director, auditor;
GRANT EXECUTE ON FUNCTION commercial.send_withdrawal(jsonb), commercial.send_handover(jsonb),
    commercial.take_back_withdrawal(jsonb), commercial.receive_shortage(jsonb)
    TO cashier, head_cashier;
GRANT EXECUTE ON FUNCTION commercial.decide_withdrawal(jsonb), commercial.count_by_surprise(jsonb),
    commercial.take_over_session(jsonb), commercial.verify_session(jsonb),
    commercial.settle_shortage(jsonb)
    TO head_cashier, manager;
GRANT EXECUTE ON FUNCTION commercial.close_session(jsonb), commercial.finish_closing(jsonb),
    commercial.take_interim_report(jsonb), commercial.decide_handover(jsonb)
    TO cashier, head_cashier, manager;
GRANT EXECUTE ON FUNCTION commercial.closing_blockers(bigint), commercial.cash_level(bigint),
    commercial.session_proofs(bigint), commercial.handover_receivers(),
    commercial.handover_parties(bigint)
    TO cashier, head_cashier, manager, director, auditor;
GRANT EXECUTE ON FUNCTION commercial.open_period(jsonb), commercial.bill_route(jsonb)
    TO registry, manager;
GRANT EXECUTE ON FUNCTION commercial.record_readings(jsonb) TO registry, metering, manager;
GRANT EXECUTE ON FUNCTION commercial.load_rules(jsonb) TO manager, administrator;
GRANT EXECUTE ON FUNCTION commercial.accrue_surcharges(jsonb)
    TO counter, cashier, head_cashier, registry, manager, director;
GRANT EXECUTE ON FUNCTION commercial.session_expected(bigint), commercial.session_summary(bigint)
    TO head_cashier, manager, director, auditor;
GRANT EXECUTE ON FUNCTION commercial.issue_document(jsonb), commercial.seal_document(jsonb),
    commercial.report_print(jsonb)
    TO counter, cashier, head_cashier, registry, manager, director;
GRANT EXECUTE ON FUNCTION commercial.add_staff(jsonb), commercial.disable_staff(jsonb),
    commercial.save_station(jsonb), commercial.save_till(jsonb) TO administrator;

-- The keeper of staff touches only the people, and asks the owner's helpers.
GRANT SELECT, INSERT, UPDATE ON commercial.staff_member TO tehuacan_staff_keeper;
GRANT INSERT ON commercial.change_notice TO tehuacan_staff_keeper;
GRANT EXECUTE ON FUNCTION commercial.refuse(text, text, jsonb), commercial.check_verifier(text),
    commercial.adoptable(oid), commercial.leave_only_job(text, text),
    commercial.announce(text, text), commercial.record_act(text, text, jsonb),
    commercial.may_administer(), commercial.holds_job(text[]) TO tehuacan_staff_keeper;

-- Loading a registry: those who load may only insert into the staging table, not as somebody else.
REVOKE ALL ON ALL TABLES IN SCHEMA intake FROM PUBLIC, staff, registry, manager;
GRANT INSERT (load_id, line, account_number, holder_name, holder_kind, rfc, curp, phone, email,
    street, exterior_number, interior_number, neighbourhood, postal_code, cadastral_key, sector,
    route, block, sequence, use_class, zone, modality, water, sewerage, sanitation, meter_serial,
    meter_brand, meter_digits, meter_installed_on, last_reading, last_reading_on, contract_on,
    state, opening_balance, opening_balance_since, credit_balance)
    ON intake.registry_row TO registry, manager;
GRANT EXECUTE ON FUNCTION commercial.load_registry(jsonb) TO registry, manager;
-- The loader writes the registry and the opening balances, and nothing else.
GRANT SELECT, DELETE ON intake.registry_row TO tehuacan_loader;
GRANT SELECT, INSERT ON commercial.neighbourhood, commercial.route, commercial.customer,
    commercial.premises, commercial.tap, commercial.account, commercial.account_holding,
    commercial.account_state, commercial.account_terms, commercial.meter,
    commercial.meter_installation, commercial.journal, commercial.journal_line,
    commercial.charge, commercial.credit_movement, commercial.account_directory
    TO tehuacan_loader;
GRANT SELECT ON commercial.use_class, commercial.zone TO tehuacan_loader;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA commercial TO tehuacan_loader;
GRANT EXECUTE ON FUNCTION commercial.refuse(text, text, jsonb), commercial.holds_job(text[]),
    commercial.office_today(), commercial.record_act(text, text, jsonb),
    commercial.announce(text, text), commercial.fold(text), commercial.sort_key(text),
    commercial.drop_search_index(), commercial.make_search_index()
    TO tehuacan_loader;
