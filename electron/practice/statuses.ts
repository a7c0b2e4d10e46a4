import { type Call, type Endpoints, textOf } from './call.ts';
import type { PracticeContext } from './context.ts';
import { type CardRecord, type ReimburseStatusName, reimburseStatusNames } from './practice-types.ts';
import { accept, type Reply, refuse, refuseEmpty } from './replies.ts';
import { openCode } from './seal.ts';

function toStatus(text: string): ReimburseStatusName | undefined {
  return reimburseStatusNames.find((name) => name === text);
}

/**
 * Whether the issuer may set a status. WeChat publishes no table; this one follows from its error codes and texts:
 * INIT → LOCK or CANCEL (and INIT again, as in the document's sample), LOCK → INIT, CLOSURE or CANCEL if the issuer
 * locked it (72023 if a company did), nothing after CLOSURE (72061) and CANCEL (72060), CLOSURE only after LOCK (72039).
 */
function checkMove({ status, lockedBy }: CardRecord, wanted: ReimburseStatusName): Reply | undefined {
  switch (status) {
    case 'INVOICE_REIMBURSE_CLOSURE':
      return refuse(72061);
    case 'INVOICE_REIMBURSE_CANCEL':
      return refuse(72060);
    case 'INVOICE_REIMBURSE_LOCK':
      if (lockedBy === 'company') return refuse(72023);
      return wanted === 'INVOICE_REIMBURSE_LOCK' ? refuse(72024) : undefined;
    case 'INVOICE_REIMBURSE_INIT':
      return wanted === 'INVOICE_REIMBURSE_CLOSURE' ? refuse(72039) : undefined;
  }
}

/** Writes a new status with its history. */
export function setStatus(
  context: PracticeContext,
  card: CardRecord,
  status: ReimburseStatusName,
  by: 'issuer' | 'company',
): CardRecord {
  const changed: CardRecord = {
    ...card,
    status,
    lockedBy: status === 'INVOICE_REIMBURSE_LOCK' ? by : null,
    history: [...card.history, { at: context.now(), status, by }],
  };
  context.books.cards.put(card.code, changed);
  return changed;
}

function updateStatus({ context, app, json }: Call): Reply {
  for (const field of ['card_id', 'code', 'reimburse_status']) {
    const value = json[field];
    if (value === undefined || value === null || value === '') return refuseEmpty(field);
    if (typeof value !== 'string') return refuse(47001);
  }
  const wanted = toStatus(textOf(json, 'reimburse_status') ?? '');
  if (wanted === undefined) return refuse(72031, 'invalid params, reimburse_status is error');
  const template = context.books.templates.get(textOf(json, 'card_id') ?? '');
  if (template === undefined) return refuse(40073);
  const card = context.books.cards.get(textOf(json, 'code') ?? '');
  // People pass the invoice's code, its number or the order here; the real one then says the order was never authorised.
  if (card === undefined || card.cardId !== template.cardId || card.appid !== app.appid) return refuse(72038);
  const refusal = checkMove(card, wanted);
  if (refusal !== undefined) return refusal;
  setStatus(context, card, wanted, 'issuer');
  return accept();
}

function decryptCode({ context, app, json }: Call): Reply {
  const sealed = json['encrypt_code'];
  if (sealed === undefined || sealed === '') return refuseEmpty('encrypt_code');
  if (typeof sealed !== 'string') return refuse(47001);
  const code = openCode(context, sealed);
  const card = code === undefined ? undefined : context.books.cards.get(code);
  return card === undefined || card.appid !== app.appid ? refuse(40056) : accept({ code: card.code });
}

export const statusEndpoints: Endpoints = {
  '/card/invoice/platform/updatestatus': { method: 'POST', body: 'json', needs: 'plugin', handle: updateStatus },
  '/card/code/decrypt': { method: 'POST', body: 'json', needs: 'plugin', handle: decryptCode },
};
