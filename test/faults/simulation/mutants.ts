/** One text of a source, to be found exactly once there, and what stands there instead. */
export interface Replacement {
  readonly file: string;
  readonly find: string;
  readonly put: string;
}

/** A defect planted while the source is loaded; where one guard stands behind another, it takes both away. */
export interface Mutant {
  readonly name: string;
  readonly replacements: readonly Replacement[];
}

const issuer = 'electron/issuing/issuer.ts';
const answers = 'electron/issuing/record-answer.ts';
const invoices = 'electron/records/invoice-repository.ts';
const attempts = 'electron/records/attempt-repository.ts';
const schema = 'electron/records/migrations/0001-initial.ts';
const states = 'shared/invoice/state.ts';
const insert = 'electron/wechat/insert.ts';
const runner = 'electron/issuing/run-batch.ts';
const cards = 'electron/issuing/card-status.ts';
const insertAnswers = 'shared/wechat/insert-answers.ts';

const replace = (file: string, find: string, put: string): Replacement => ({ file, find, put });
/** The trigger that knows the legal moves once more. */
const withoutTrigger = replace(
  'electron/records/migrations/0002-doubt-and-cancel.ts',
  "AND OLD.state || '>' || NEW.state NOT IN (",
  "AND 0 AND OLD.state || '>' || NEW.state NOT IN (",
);

export const mutants: readonly Mutant[] = [
  {
    name: 'recovery does nothing',
    replacements: [
      replace(
        issuer,
        'const ids = records.invoices.sendingIds();',
        'return 0;\n      const ids = records.invoices.sendingIds();',
      ),
    ],
  },
  {
    name: 'recovery takes what was under way for not sent',
    replacements: [
      replace(
        issuer,
        "records.invoices.apply(id, 'sending', 'lose', isoNow(), {",
        "records.invoices.apply(id, 'sending', 'not-sent', isoNow(), {",
      ),
    ],
  },
  {
    name: 'recovery leaves attempts running',
    replacements: [replace(issuer, 'records.attempts.abandonRunning(isoNow());', '')],
  },
  {
    name: 'recovery leaves batches running',
    replacements: [replace(issuer, 'records.batches.stopRunning();', '')],
  },
  {
    name: 'no answer is taken for a refusal',
    replacements: [
      replace(
        answers,
        "        event: 'lose',\n        changes: { error: answer.error },",
        "        event: 'refuse',\n        changes: { error: answer.error },",
      ),
    ],
  },
  {
    name: 'a repeat that was not sent makes it ready to send',
    replacements: [
      replace(
        answers,
        ": { event: 'lose', changes: {}, attempt: { outcome: 'not-sent' }, error: answer.error };",
        ": { event: 'not-sent', changes: {}, attempt: { outcome: 'not-sent' }, error: answer.error };",
      ),
    ],
  },
  {
    name: 'a refused repeat rejects what is unknown',
    replacements: [
      replace(answers, "if (sent.event === 'ask-again') return { event: 'lose', changes: {}, attempt, error };", ''),
    ],
  },
  {
    name: 'the sending state is written after the call',
    replacements: [
      replace(
        issuer,
        'const begun = await records.inSharedTransaction(() => {',
        'const early = client.insert(body);\n    const begun = await records.inSharedTransaction(() => {',
      ),
      replace(issuer, 'const answer = await client.insert(body);', 'const answer = await early;'),
    ],
  },
  {
    name: 'the duplicate codes are refusals to a repeat, too',
    replacements: [replace(answers, 'if (sent.mayHaveLanded && landedErrcodes.includes(errcode))', 'if (false)')],
  },
  {
    name: 'the duplicate codes mean success to a first request, too',
    replacements: [
      replace(
        answers,
        'if (sent.mayHaveLanded && landedErrcodes.includes(errcode))',
        'if (landedErrcodes.includes(errcode))',
      ),
    ],
  },
  {
    name: 'the code of the card is dropped',
    replacements: [
      replace(
        answers,
        'changes: { error: null, cardCode, openid, unionid }',
        'changes: { error: null, openid, unionid }',
      ),
    ],
  },
  {
    name: 'the uniqueness of live orders and numbers is not looked at',
    replacements: [
      replace(schema, 'CREATE UNIQUE INDEX invoice_live_order', 'CREATE INDEX invoice_live_order'),
      replace(schema, 'CREATE UNIQUE INDEX invoice_live_number', 'CREATE INDEX invoice_live_number'),
      replace(
        'electron/issuing/issuable.ts',
        'return (\n    rejectedOrder',
        'if (invoice) return undefined;\n  return (\n    rejectedOrder',
      ),
    ],
  },
  {
    name: 'two calls for one invoice run at once',
    replacements: [
      replace(
        issuer,
        "if (busy.has(invoiceId)) return fail(appError('invoice.busy'));\n    busy.add(invoiceId);\n    try {\n      const locked",
        'busy.add(invoiceId);\n    try {\n      const locked',
      ),
    ],
  },
  {
    name: 'what was put off is repeated with other bytes',
    replacements: [
      replace(
        issuer,
        'result = await send(client, invoiceId, again, body);',
        'result = await send(client, invoiceId, again, new Uint8Array([...body, 32]));',
      ),
    ],
  },
  {
    name: 'an edit while the files are uploaded goes unnoticed',
    replacements: [replace(issuer, '|| contentOf(current) !== contentOf(invoice)', '')],
  },
  {
    name: 'no answer is repeated by the program',
    replacements: [
      replace(
        issuer,
        "return errcode === -1 ? 'ask-again' : undefined;",
        "return errcode === -1 || error.details['outcome'] ? 'ask-again' : undefined;",
      ),
    ],
  },
  {
    name: 'a lost connection is taken for not sent',
    replacements: [
      replace(
        insert,
        "if (!failure.sent) return { kind: 'not-sent', error };",
        "if (failure.kind !== 'timeout') return { kind: 'not-sent', error };",
      ),
    ],
  },
  {
    name: 'a timeout is taken for a refusal',
    replacements: [
      replace(
        insert,
        "if (!failure.sent) return { kind: 'not-sent', error };",
        "if (!failure.sent) return { kind: 'not-sent', error };\n  if (failure.kind === 'timeout') return { kind: 'refused', errcode: 1, error };",
      ),
    ],
  },
  {
    name: '"busy" is taken for a refusal',
    replacements: [replace(insert, 'if (errcode === -1)', 'if (errcode === -2)')],
  },
  {
    name: 'an older push wins over a newer one',
    replacements: [replace(cards, 'if (isNewestOf(records, invoice.id, stored))', 'if (stored)')],
  },
  {
    name: 'an edit is allowed while the outcome is unknown',
    replacements: [replace(states, "unknown: { 'ask-again'", "unknown: { edit: 'draft', 'ask-again'"), withoutTrigger],
  },
  {
    name: 'an edit is allowed while it is being sent',
    replacements: [replace(states, "sending: { 'not-sent'", "sending: { edit: 'draft', 'not-sent'"), withoutTrigger],
  },
  {
    name: 'issuing anew is allowed while the outcome is unknown',
    replacements: [
      replace(
        'electron/issuing/issuable.ts',
        "['draft', 'prepared', 'rejected'].includes(invoice.state)",
        "['draft', 'prepared', 'rejected', 'unknown'].includes(invoice.state)",
      ),
      replace(states, "unknown: { 'ask-again'", "unknown: { prepare: 'prepared', 'ask-again'"),
    ],
  },
  {
    name: '"it is not there" is taken of an issued invoice',
    replacements: [
      replace(states, 'issued: {},', "issued: { absent: 'prepared' },"),
      replace(
        'electron/issuing/settle.ts',
        "if (state === 'unknown')",
        "if (state === 'unknown' || state === 'issued')",
      ),
      replace(schema, "CHECK (card_code IS NULL OR state = 'issued'),", ''),
      withoutTrigger,
    ],
  },
  {
    name: 'the code of a push is given to whichever invoice lacks one',
    replacements: [replace('electron/issuing/card-codes.ts', '!candidate || candidates.length > 1', '!candidate')],
  },
  {
    name: 'a code that WeChat may have made at an unanswered request is given to another invoice',
    replacements: [replace(invoices, "WHERE unanswered.call = 'insert'", "WHERE 0 AND unanswered.call = 'insert'")],
  },
  {
    name: 'what was pushed before the code was known is forgotten',
    replacements: [
      replace(
        'electron/issuing/card-codes.ts',
        '  adoptEvents(records, invoice, cardId, now);\n  settleByCode',
        '  settleByCode',
      ),
    ],
  },
  {
    name: 'the attempt is not written',
    replacements: [replace(issuer, 'attempt: records.attempts.startInsert(invoiceId, card, isoNow())', 'attempt: 0')],
  },
  {
    name: 'the attempt is never finished',
    replacements: [replace(answers, 'records.attempts.finish(sent.attempt, sent.now, attempt);', '')],
  },
  {
    name: 'attempts that ended unknown are not remembered',
    replacements: [replace(attempts, 'selectUnknown.get(invoiceId, card) !== undefined', 'false')],
  },
  {
    name: 'a batch sends again what is unknown',
    replacements: [
      replace(runner, "retryRejected ? ['waiting', 'rejected'] : ['waiting']", "['waiting', 'unknown']"),
      replace(
        runner,
        'call: parts.issuer.issue }',
        "call: (id, before) => (records.invoices.find(id)?.state === 'unknown' ? parts.issuer.askAgain : parts.issuer.issue)(id, before) }",
      ),
      replace(
        runner,
        'parts.issuer.uploadAhead(invoiceId)',
        "records.invoices.find(invoiceId)?.state === 'unknown' ? ({ ok: true, value: undefined } as const) : parts.issuer.uploadAhead(invoiceId)",
      ),
    ],
  },
  {
    name: 'a batch may be run twice at once',
    replacements: [replace(runner, "runs.has(batchId) ? appError('batch.running') : undefined", 'undefined')],
  },
  {
    name: 'a draft that may have become a card can be removed',
    replacements: [replace(invoices, "(call = 'insert' AND outcome = 'unknown')", '0')],
  },
  {
    name: 'a draft can be removed while its files are uploaded',
    replacements: [replace(invoices, "(outcome = 'running' OR (call", '(0 OR (call')],
  },
  {
    name: 'a status set here wins over a newer one that was pushed',
    replacements: [replace(cards, 'isNewest ? { reimburseStatus: status } : {}', '{ reimburseStatus: status }')],
  },
  {
    name: 'what was put off is rejected',
    replacements: [replace(insertAnswers, '[45011, 72036, 72054]', '[]')],
  },
];
