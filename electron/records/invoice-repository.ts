import type { Database } from 'better-sqlite3';
import type { Invoice } from '../../shared/contract/invoice-operations.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import type { InvoiceFields } from '../../shared/invoice/invoice.ts';
import { type EventIn, type InvoiceEvent, type InvoiceState, nextState } from '../../shared/invoice/state.ts';
import type { ReimburseStatus } from '../../shared/wechat/reimburse-status.ts';
import type { StoredAccount } from './account-repository.ts';
import { type InvoiceRow, type ItemRow, invoiceSelect, toInvoice } from './invoice-row.ts';
import { createOneStep } from './one-step.ts';

export interface InvoiceContent {
  readonly fields: InvoiceFields;
  readonly templateId: number | null;
  readonly batchId: number | null;
  readonly pdfId: number | null;
  readonly tripPdfId: number | null;
}

/** What a move of the state machine writes beside the state; what is not named stays. */
export interface InvoiceChanges {
  readonly requestBody?: Uint8Array;
  readonly cardCode?: string | null;
  readonly openid?: string | null;
  readonly unionid?: string | null;
  readonly reimburseStatus?: ReimburseStatus;
  readonly error?: AppError | null;
}

/** Which of some keys occur in the records; what is not among them needs no look at an invoice. */
export interface KeysInUse {
  readonly orderIds: ReadonlySet<string>;
  readonly billingNos: ReadonlySet<string>;
}

export interface InvoiceFilter {
  readonly accountId?: number | undefined;
  readonly batchId?: number | undefined;
  readonly state?: InvoiceState | undefined;
  readonly beforeId?: number | undefined;
  readonly limit: number;
}

const contentColumns = `template_id = :templateId, batch_id = coalesce(:batchId, batch_id), order_id = :orderId,
  title = :title, fee_fen = :feeFen, fee_without_tax_fen = :feeWithoutTaxFen, tax_fen = :taxFen,
  billing_time = :billingTime, billing_no = :billingNo, billing_code = :billingCode, check_code = :checkCode,
  buyer_number = :buyerNumber, buyer_address_and_phone = :buyerAddressAndPhone,
  buyer_bank_account = :buyerBankAccount, seller_number = :sellerNumber,
  seller_address_and_phone = :sellerAddressAndPhone, seller_bank_account = :sellerBankAccount,
  remarks = :remarks, cashier = :cashier, maker = :maker, pdf_id = :pdfId, trip_pdf_id = :tripPdfId`;

const insertSql = `INSERT INTO invoice (account_id, realm, appid, template_id, batch_id, state, order_id, title, fee_fen,
    fee_without_tax_fen, tax_fen, billing_time, billing_no, billing_code, check_code, buyer_number,
    buyer_address_and_phone, buyer_bank_account, seller_number, seller_address_and_phone, seller_bank_account,
    remarks, cashier, maker, pdf_id, trip_pdf_id, created_at, updated_at)
  VALUES (:accountId, :realm, :appid, :templateId, :batchId, 'draft', :orderId, :title, :feeFen,
    :feeWithoutTaxFen, :taxFen, :billingTime, :billingNo, :billingCode, :checkCode, :buyerNumber,
    :buyerAddressAndPhone, :buyerBankAccount, :sellerNumber, :sellerAddressAndPhone, :sellerBankAccount,
    :remarks, :cashier, :maker, :pdfId, :tripPdfId, :now, :now)`;

const liveStates = `('prepared', 'sending', 'issued', 'unknown')`;

function contentParams({ fields: { items: _items, ...fields }, ...references }: InvoiceContent) {
  return { ...fields, ...references };
}

function changeParams(changes: InvoiceChanges) {
  const { requestBody, cardCode, openid, unionid, reimburseStatus, error } = changes;
  return {
    requestBody: requestBody ?? null,
    cardCode: cardCode ?? null,
    openid: openid ?? null,
    unionid: unionid ?? null,
    reimburseStatus: reimburseStatus ?? null,
    errorGiven: error === undefined ? 0 : 1,
    error: error ? JSON.stringify(error) : null,
  };
}

export function createInvoiceRepository(database: Database) {
  const inOneStep = createOneStep(database);
  // The `+` before a parameter keeps SQLite from looking at its value while planning: having looked, it plans anew for
  // each other value, which takes many times as long as running the statement.
  const selectOne = database.prepare<[number], InvoiceRow>(`${invoiceSelect} WHERE invoice.id = +?`);
  const selectItems = database.prepare<[number], ItemRow>(
    'SELECT name, num, unit, price_fen FROM invoice_item WHERE invoice_id = +? ORDER BY position',
  );
  const selectState = database.prepare<[number], InvoiceState>('SELECT state FROM invoice WHERE id = ?').pluck();
  const selectBody = database.prepare<[number], Buffer | null>('SELECT request_body FROM invoice WHERE id = ?').pluck();
  const insert = database.prepare(insertSql);
  const updateContent = database.prepare(
    `UPDATE invoice SET ${contentColumns}, updated_at = :now WHERE id = +:id AND state = 'draft'`,
  );
  const updateState = database.prepare(
    `UPDATE invoice SET state = :next, updated_at = :now,
       request_body = coalesce(:requestBody, CASE WHEN :next = 'draft' THEN NULL ELSE request_body END),
       card_code = coalesce(:cardCode, card_code), openid = coalesce(:openid, openid),
       unionid = coalesce(:unionid, unionid), reimburse_status = coalesce(:reimburseStatus, reimburse_status),
       error = CASE WHEN :errorGiven THEN :error ELSE error END,
       doubted_at = CASE WHEN :next IN ('issued', 'unknown') THEN NULL ELSE doubted_at END,
       issued_at = CASE WHEN :next = 'issued' THEN coalesce(issued_at, :now) END
     WHERE id = +:id AND state = +:state`,
  );
  const updateFacts = database.prepare(
    `UPDATE invoice SET card_code = coalesce(:cardCode, card_code), openid = coalesce(:openid, openid),
       reimburse_status = coalesce(:reimburseStatus, reimburse_status), updated_at = :now
     WHERE id = :id AND state = 'issued'`,
  );
  const updateError = database.prepare(
    `UPDATE invoice SET error = :error, updated_at = :now WHERE id = :id AND state IN ('draft', 'prepared')`,
  );
  const updateDoubt = database.prepare(
    `UPDATE invoice SET doubted_at = NULL, updated_at = :now WHERE id = +:id AND doubted_at IS NOT NULL`,
  );
  // The last part: where WeChat makes a card at every request, each one that was not answered may have made one beside
  // the one that is known.
  const selectLoose = database
    .prepare<[{ accountId: number; cardId: string }], [id: number, state: InvoiceState, hasCode: 0 | 1]>(
      `SELECT invoice.id, invoice.state, 0 FROM template JOIN invoice ON invoice.template_id = template.id
       WHERE template.account_id = +:accountId AND template.card_id = +:cardId AND invoice.account_id = +:accountId
         AND invoice.card_code IS NULL AND invoice.state IN ('sending', 'issued', 'unknown')
       UNION
       SELECT id, state, 0 FROM invoice WHERE account_id = +:accountId AND doubted_at IS NOT NULL
       UNION
       SELECT invoice.id, invoice.state, invoice.card_code IS NOT NULL
       FROM attempt AS unanswered JOIN invoice ON invoice.id = unanswered.invoice_id
       WHERE unanswered.call = 'insert' AND unanswered.outcome = 'unknown' AND invoice.account_id = +:accountId
         AND (invoice.card_code IS NULL OR 1 < (SELECT count(*) FROM attempt WHERE attempt.invoice_id = invoice.id
           AND attempt.call = 'insert' AND attempt.outcome IN ('done', 'unknown')))`,
    )
    .raw();
  const deleteItems = database.prepare('DELETE FROM invoice_item WHERE invoice_id = +?');
  const insertItem = database.prepare(
    `INSERT INTO invoice_item (invoice_id, position, name, num, unit, price_fen)
     VALUES (:invoiceId, :position, :name, :num, :unit, :priceFen)`,
  );
  const removable = `state = 'draft' AND NOT EXISTS (SELECT 1 FROM batch_row WHERE batch_row.invoice_id = invoice.id)
    AND NOT EXISTS (SELECT 1 FROM attempt WHERE attempt.invoice_id = invoice.id
      AND (outcome = 'running' OR (call = 'insert' AND outcome = 'unknown')))`;
  const deleteAttempts = database.prepare(
    `DELETE FROM attempt WHERE invoice_id = (SELECT id FROM invoice WHERE id = ? AND ${removable})`,
  );
  const deleteDraft = database.prepare(`DELETE FROM invoice WHERE id = ? AND ${removable}`);
  const selectSending = database.prepare<[], number>(`SELECT id FROM invoice WHERE state = 'sending'`).pluck();
  const selectByOrder = database.prepare<[string, string, string], InvoiceRow>(
    `${invoiceSelect} WHERE invoice.realm = +? AND invoice.appid = +? AND invoice.order_id = +?
     ORDER BY invoice.state IN ${liveStates} DESC, invoice.id DESC LIMIT 1`,
  );
  // Whole invoices are looked for only where there is one: an import asks for each of its rows, mostly in vain.
  const selectHasOrder = database
    .prepare<[string, string, string], number>(
      'SELECT 1 FROM invoice WHERE realm = +? AND appid = +? AND order_id = +? LIMIT 1',
    )
    .pluck();
  const selectHasNumber = database
    .prepare<[string, string], number>('SELECT 1 FROM invoice WHERE billing_no = +? AND billing_code = +? LIMIT 1')
    .pluck();
  const selectOrdersInUse = database
    .prepare<[string, string, string], string>(
      `SELECT value FROM json_each(?) AS wanted
       WHERE EXISTS (SELECT 1 FROM invoice WHERE realm = +? AND appid = +? AND order_id = wanted.value)`,
    )
    .pluck();
  const selectNumbersInUse = database
    .prepare<[string], string>(
      `SELECT value FROM json_each(?) AS wanted
       WHERE EXISTS (SELECT 1 FROM invoice WHERE billing_no = wanted.value)`,
    )
    .pluck();
  const selectLiveByNumber = database.prepare<[string, string, string], InvoiceRow>(
    `${invoiceSelect} WHERE invoice.realm = +? AND invoice.billing_code = +? AND invoice.billing_no = +?
     AND invoice.state IN ${liveStates}`,
  );
  const selectLiveByPdf = database.prepare<[string, string], InvoiceRow>(
    `${invoiceSelect} WHERE invoice.realm = +? AND pdf.sha256 = +? AND invoice.state IN ${liveStates} LIMIT 1`,
  );
  const selectByCode = database.prepare<[number, string], InvoiceRow>(
    `${invoiceSelect} WHERE invoice.account_id = +? AND invoice.card_code = +? LIMIT 1`,
  );
  const listWhere = `WHERE (:accountId IS NULL OR invoice.account_id = :accountId)
    AND (:batchId IS NULL OR invoice.batch_id = :batchId) AND (:state IS NULL OR invoice.state = :state)`;
  type ListParams = Record<string, string | number | null>;
  const selectList = database.prepare<[ListParams], InvoiceRow>(
    `${invoiceSelect} ${listWhere} AND (:beforeId IS NULL OR invoice.id < :beforeId)
     ORDER BY invoice.id DESC LIMIT :limit`,
  );
  const selectCount = database.prepare<[ListParams], number>(`SELECT count(*) FROM invoice ${listWhere}`).pluck();

  const read = (row: InvoiceRow | undefined) => row && toInvoice(row, selectItems.all(row.id));

  function require(id: number): Invoice {
    const invoice = read(selectOne.get(id));
    if (!invoice) throw new Error(`invoice ${id} vanished`);
    return invoice;
  }

  function writeItems(invoiceId: number, { items }: InvoiceFields): void {
    deleteItems.run(invoiceId);
    for (const [position, item] of items.entries()) insertItem.run({ invoiceId, position, ...item });
  }

  function move(
    id: number,
    state: InvoiceState | undefined,
    event: InvoiceEvent,
    now: string,
    changes: InvoiceChanges,
  ) {
    const next = state && nextState(state, event);
    if (!next) return undefined;
    const { changes: moved } = updateState.run({ id, state, next, now, ...changeParams(changes) });
    return moved === 1 ? require(id) : undefined;
  }

  return {
    find: (id: number): Invoice | undefined => read(selectOne.get(id)),
    /** The exact bytes of insert, once prepared. */
    requestBody: (id: number): Uint8Array | undefined => selectBody.get(id) ?? undefined,
    createDraft(account: StoredAccount, content: InvoiceContent, now: string): Invoice {
      return inOneStep(() => {
        const { lastInsertRowid } = insert.run({
          accountId: account.id,
          realm: account.kind,
          appid: account.appid,
          now,
          ...contentParams(content),
        });
        const id = Number(lastInsertRowid);
        writeItems(id, content.fields);
        return require(id);
      });
    },
    /** Replaces the content; a prepared or rejected invoice becomes a draft again. Undefined where its state forbids it. */
    edit(id: number, content: InvoiceContent, now: string): Invoice | undefined {
      return inOneStep(() => {
        if (!move(id, selectState.get(id), 'edit', now, { error: null })) return undefined;
        updateContent.run({ id, now, ...contentParams(content) });
        writeItems(id, content.fields);
        return require(id);
      });
    },
    /**
     * Removes a draft and its attempts. False where it is none, has a row in a batch, may have become a card, or has a
     * call under way, whose attempt's id the next attempt would get.
     */
    removeDraft(id: number): boolean {
      return inOneStep(() => {
        deleteAttempts.run(id);
        return deleteDraft.run(id).changes === 1;
      });
    },
    /**
     * The only way an invoice changes its state: an event that may happen in the state it is in, by the table in
     * shared/invoice/state.ts, in one durable transaction. Undefined where it is in another state than `from`.
     * @throws SqliteError SQLITE_CONSTRAINT_UNIQUE where another live invoice has its order or number
     */
    apply<From extends InvoiceState>(
      id: number,
      from: From,
      event: EventIn<From>,
      now: string,
      changes: InvoiceChanges = {},
    ): Invoice | undefined {
      return inOneStep(() => move(id, from, event, now, changes));
    },
    /** After a restore: a person looked, and no card of this invoice exists. */
    removeDoubt: (id: number, now: string): Invoice | undefined =>
      updateDoubt.run({ id, now }).changes === 1 ? require(id) : undefined,
    /** Invoices to which a card of this template (by its card_id) may belong whose code is no invoice's. */
    listLoose: (accountId: number, cardId: string) =>
      selectLoose.all({ accountId, cardId }).map(([id, state, hasCode]) => ({ id, state, hasCode: hasCode === 1 })),
    /** Adds facts to an issued invoice that leave its state as it is. */
    addFacts(
      id: number,
      facts: Pick<InvoiceChanges, 'cardCode' | 'openid' | 'reimburseStatus'>,
      now: string,
    ): Invoice | undefined {
      const { cardCode, openid, reimburseStatus } = changeParams(facts);
      const { changes } = updateFacts.run({ id, now, cardCode, openid, reimburseStatus });
      return changes === 1 ? require(id) : undefined;
    },
    /** Writes down why an invoice could not be sent; one that WeChat has answered keeps what WeChat said. */
    noteError(id: number, error: AppError, now: string): void {
      updateError.run({ id, now, error: JSON.stringify(error) });
    },
    /** Ids of the invoices whose request was under way; after a start these are the ones nobody knows about. */
    sendingIds: (): number[] => selectSending.all(),
    /** The invoice of this order that may have a card, else the newest. Practice and real accounts are apart. */
    findByOrder: ({ kind, appid }: Pick<StoredAccount, 'kind' | 'appid'>, orderId: string): Invoice | undefined =>
      selectHasOrder.get(kind, appid, orderId) ? read(selectByOrder.get(kind, appid, orderId)) : undefined,
    findLiveByNumber: (realm: string, billingCode: string, billingNo: string): Invoice | undefined =>
      selectHasNumber.get(billingNo, billingCode)
        ? read(selectLiveByNumber.get(realm, billingCode, billingNo))
        : undefined,
    /** Which of these orders of the account, and which of these numbers of anybody, any invoice has, whatever its state. */
    keysInUse: (
      { kind, appid }: Pick<StoredAccount, 'kind' | 'appid'>,
      orderIds: readonly string[],
      billingNos: readonly string[],
    ): KeysInUse => ({
      orderIds: new Set(selectOrdersInUse.all(JSON.stringify(orderIds), kind, appid)),
      billingNos: new Set(selectNumbersInUse.all(JSON.stringify(billingNos))),
    }),
    findLiveByPdf: (realm: string, sha256: string): Invoice | undefined => read(selectLiveByPdf.get(realm, sha256)),
    findByCardCode: (accountId: number, code: string): Invoice | undefined => read(selectByCode.get(accountId, code)),
    list(filter: InvoiceFilter): { readonly invoices: Invoice[]; readonly total: number } {
      const params = {
        accountId: filter.accountId ?? null,
        batchId: filter.batchId ?? null,
        state: filter.state ?? null,
      };
      const rows = selectList.all({ ...params, beforeId: filter.beforeId ?? null, limit: filter.limit });
      return {
        invoices: rows.map((row) => toInvoice(row, selectItems.all(row.id))),
        total: selectCount.get(params) ?? 0,
      };
    },
  };
}
