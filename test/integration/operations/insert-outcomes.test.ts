import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { expectPureTexts } from '../../support/app-expectations.ts';
import { type Fault, impatient, named, shortMs } from '../../support/app-faults.ts';
import { insertPath, openStage, type Stage } from '../../support/app-under-test.ts';

let patientStage: Stage;
let impatientStage: Stage;

beforeAll(async () => {
  patientStage = await openStage();
  impatientStage = await openStage({ timeouts: impatient });
  return () => Promise.all([patientStage.close(), impatientStage.close()]);
});

afterEach(async () => {
  await patientStage.control.behave();
  await impatientStage.control.behave();
});

const cardsOf = (stage: Stage, orderId: string) => stage.books().cards.filter((card) => card.orderId === orderId);
const insertsOf = (stage: Stage, orderId: string) =>
  stage.callsTo(insertPath).filter(({ body }) => body.includes(`"${orderId}"`));

describe('insert, disturbed but answered', () => {
  const rows = named<{ readonly rule: Fault; readonly inserts: number }>([
    { rule: { kind: 'delay-ms', milliseconds: 50 }, inserts: 1 },
    { rule: { kind: 'late-reply', milliseconds: 50 }, inserts: 1 },
    { rule: { kind: 'slow-drip', milliseconds: 1 }, inserts: 1 },
    // Turned away for its token before anything was done, renewed once, repeated once.
    { rule: { kind: 'token-expired' }, inserts: 2 },
  ]);
  test.each(rows)('$name: the card is made and known', async ({ rule, inserts }) => {
    const stage = patientStage;
    const { id: invoiceId, fields } = await stage.draft();
    await stage.control.misbehave({ ...rule, path: insertPath });
    const issued = await stage.app().succeed('invoice.issue', { invoiceId });
    const [card, ...others] = cardsOf(stage, fields.orderId);
    expect(issued).toMatchObject({ state: 'issued', error: null, cardCode: card?.code, openid: card?.openid });
    expect(others).toEqual([]);
    expect(insertsOf(stage, fields.orderId)).toHaveLength(inserts);
  });
});

describe('insert, whose answer never came', () => {
  const both = (rule: Fault, reason: string) => [
    { rule: { ...rule, processed: true }, reason, made: 1 },
    { rule: { ...rule, processed: false }, reason, made: 0 },
  ];
  const rows = named<{ readonly rule: Fault; readonly reason: string; readonly made: number; readonly short?: true }>([
    ...both({ kind: 'drop-before', end: 'fin' }, 'connection-lost'),
    ...both({ kind: 'drop-before', end: 'rst' }, 'connection-lost'),
    ...both({ kind: 'drop-after', end: 'fin' }, 'connection-lost'),
    ...both({ kind: 'drop-after', end: 'rst' }, 'connection-lost'),
    ...both({ kind: 'truncated-body', end: 'fin' }, 'connection-lost'),
    ...both({ kind: 'truncated-body', end: 'rst' }, 'connection-lost'),
    ...both({ kind: 'garbage-body' }, 'not-understood'),
    ...both({ kind: 'html-200' }, 'not-understood'),
    ...both({ kind: 'gzip-junk' }, 'not-understood'),
    ...both({ kind: 'http-status', status: 500 }, 'http-status'),
    ...both({ kind: 'http-status', status: 502 }, 'http-status'),
    { rule: { kind: 'http-status', status: 404 }, reason: 'http-status', made: 0 },
    { rule: { kind: 'wrong-content-length' }, reason: 'not-understood', made: 1 },
    { rule: { kind: 'hang', processed: true }, reason: 'timeout', made: 1, short: true },
    { rule: { kind: 'hang', processed: false }, reason: 'timeout', made: 0, short: true },
    { rule: { kind: 'late-reply', milliseconds: 600_000 }, reason: 'timeout', made: 1, short: true },
    { rule: { kind: 'slow-drip', milliseconds: shortMs / 2 }, reason: 'timeout', made: 1, short: true },
  ]);

  test.each(rows)('$name: unknown, and asking again finds the truth', async ({ rule, reason, made, short }) => {
    const stage = short ? impatientStage : patientStage;
    const { id: invoiceId, fields } = await stage.draft();
    // Counted by number: of a request that was cut off unread the books know no content.
    const insertsBefore = stage.callsTo(insertPath).length;
    const inserts = () => stage.callsTo(insertPath).length - insertsBefore;
    await stage.control.misbehave({ ...rule, path: insertPath });
    const error = await stage.app().refuse('invoice.issue', { invoiceId });
    expect(error).toMatchObject({ code: 'issue.outcome-unknown', class: 'outcome-unknown', action: 'ask-again' });
    expect(error.details['outcome']).toBe(reason);
    expect(error.retryable).toBe(false);
    expectPureTexts(error);
    expect(error.nextStep.zhCN).toContain('再问一次微信');
    expect(await stage.look(invoiceId)).toMatchObject({ state: 'unknown', cardCode: null, issuedAt: null, error });
    expect((await stage.attempts(invoiceId)).at(-1)).toMatchObject({ call: 'insert', outcome: 'unknown' });
    expect(inserts()).toBe(1);
    expect(cardsOf(stage, fields.orderId)).toHaveLength(made);

    // Nothing but a person's decision sends it again.
    expect(await stage.app().refuse('invoice.issue', { invoiceId })).toMatchObject({ code: 'invoice.wrong-state' });
    expect(inserts()).toBe(1);

    const settled = await stage.app().succeed('invoice.askAgain', { invoiceId });
    const [card, ...others] = cardsOf(stage, fields.orderId);
    expect(others).toEqual([]);
    expect(inserts()).toBe(2);
    expect(settled).toMatchObject({ state: 'issued', error: null, cardCode: made === 1 ? null : card?.code });
  });
});
