import { setImmediate } from 'node:timers/promises';
import type { Invoice } from '../../../shared/contract/invoice-operations.ts';
import type { Desk, OpenDesk } from './desk.ts';
import type { Aftermath, KillPlan, Person } from './kill-case.ts';
import type { KillStage } from './stage.ts';

export interface Verdict {
  /** Where records and books contradict each other. */
  readonly problems: readonly string[];
  readonly unknown: number;
  readonly restartMs: number;
}

interface JudgeParts {
  readonly openDesk: OpenDesk;
  readonly stage: KillStage;
  readonly plan: KillPlan;
  readonly awakePlants: readonly string[];
}

/** Starts the program again after its death, compares what it shows with the books, and lets a person finish. */
export async function judge(parts: JudgeParts, aftermath: Aftermath): Promise<Verdict> {
  const { openDesk, stage, plan } = parts;
  const problems: string[] = [];
  stage.wire.behave();
  Object.assign(globalThis, { awakePlants: ['no-backups', ...parts.awakePlants] });
  const startedAt = performance.now();
  const desk = openDesk({ dataFolder: aftermath.dataFolder, program: 'the next start' });
  const restartMs = performance.now() - startedAt;
  try {
    const wireBefore = stage.wire.inserts().length;
    await setImmediate();
    const invoices = await readInvoices(desk, aftermath.invoiceIds);
    problems.push(...compare(stage, aftermath, invoices));
    problems.push(...(await judgeBatch(desk, stage, plan)));
    if (stage.wire.inserts().length !== wireBefore) problems.push('the start sent an insert by itself');
    await setDuplicates(stage, plan.person);
    problems.push(...(await finish(desk, parts, aftermath, invoices)));
    return { problems, unknown: invoices.filter(({ state }) => state === 'unknown').length, restartMs };
  } finally {
    await desk.close();
    await stage.wire.settled();
  }
}

async function readInvoices(desk: Desk, ids: readonly number[]): Promise<Invoice[]> {
  return Promise.all(ids.map(async (invoiceId) => (await desk.succeed('invoice.get', { invoiceId })).invoice));
}

function cardsOf({ practice }: KillStage, orderId: string) {
  return practice.books().cards.filter((card) => card.orderId === orderId);
}

/** Inserts on the wire for an order; those that broke before their order came count for everybody who may be meant. */
function onWire({ wire }: KillStage, orderId: string): { readonly certain: number; readonly possible: number } {
  const certain = wire.inserts().filter((insert) => insert.orderId === orderId).length;
  return { certain, possible: certain + wire.inserts().filter((insert) => insert.orderId === undefined).length };
}

const reached = ({ steps }: Aftermath, move: string) => steps.includes(`after ${move} commit`);

/** What the program shows right after its start, against books and wire. */
function compare(stage: KillStage, aftermath: Aftermath, invoices: readonly Invoice[]): string[] {
  const problems: string[] = [];
  for (const invoice of invoices) {
    const { id, state, cardCode, fields } = invoice;
    const say = (text: string) => problems.push(`invoice ${id} (${fields.orderId}) is ${state}: ${text}`);
    const cards = cardsOf(stage, fields.orderId);
    const { certain, possible } = onWire(stage, fields.orderId);
    if (cards.length > 1) say(`${cards.length} cards`);
    if (certain > (aftermath.decisions.get(id) ?? 0)) say(`${certain} inserts on the wire`);
    if (state === 'sending') say('nobody is sending');
    if (state === 'rejected') say('nobody refused it');
    if (state === 'issued' && cards.length === 0) say('there is no card');
    if (state === 'issued' && cardCode !== null && cardCode !== cards[0]?.code) say(`its code is ${cards[0]?.code}`);
    if ((state === 'draft' || state === 'prepared') && cards.length > 0) say('there is a card');
    if ((state === 'draft' || state === 'prepared') && certain > 0) say('its request was on the wire');
    if (state === 'unknown' && sendingsIn(aftermath) === 0) say('nothing was ever about to be sent');
    const wasTold = aftermath.told.find(({ invoiceId }) => invoiceId === id);
    if (wasTold?.state === 'issued' && state !== 'issued') say('its caller was told that it is issued');
    if (invoices.length === 1) problems.push(...compareOne(aftermath, invoice, possible));
  }
  const shown = invoices.filter(({ state }) => state === 'issued' || state === 'unknown').length;
  if (shown < new Set(stage.wire.inserts().map(({ orderId }) => orderId)).size)
    problems.push(`${stage.wire.inserts().length} inserts were on the wire, and ${shown} invoices show it`);
  const issued = invoices.filter(({ state }) => state === 'issued').length;
  const committed = aftermath.steps.filter((step) => step === 'after sending>issued commit').length;
  if (issued < committed) problems.push(`${committed} outcomes were committed, ${issued} are there`);
  return problems;
}

const sendingsIn = ({ steps }: Aftermath) => steps.filter((step) => step.endsWith('>sending commit')).length;

/** With one invoice each committed step is that invoice's. */
function compareOne(aftermath: Aftermath, { id, state, error }: Invoice, possible: number): string[] {
  const problems: string[] = [];
  const say = (text: string) => problems.push(`invoice ${id} is ${state}: ${text}`);
  if (reached(aftermath, 'draft>prepared') && state === 'draft') say('its bytes were committed');
  if (reached(aftermath, 'prepared>sending') && state !== 'unknown' && state !== 'issued') say('sending was committed');
  if (reached(aftermath, 'sending>issued') && state !== 'issued') say('issued was committed');
  if ((state === 'draft' || state === 'prepared') && possible > 0) say('a request was on the wire');
  if (state === 'unknown' && error === null) say('nobody is told why');
  return problems;
}

async function judgeBatch(desk: Desk, { batchId }: KillStage, { work }: KillPlan): Promise<string[]> {
  const { batch, rows } = await desk.succeed('batch.get', { batchId });
  const problems: string[] = [];
  if (rows.some(({ invoiceId }) => invoiceId === null) || rows.length !== batch.counts.total)
    problems.push('the batch lost rows');
  if (batch.state === 'running') problems.push('nobody runs the batch, but it is shown as running');
  if (work === 'batch' && batch.state === 'finished' && batch.counts.waiting > 0)
    problems.push(`the batch is shown as finished with ${batch.counts.waiting} waiting rows`);
  return problems;
}

async function setDuplicates({ control }: KillStage, person: Person): Promise<void> {
  const { duplicates } = person;
  await control.settings('errcode' in person ? { duplicates, repeatedOrderErrcode: person.errcode } : { duplicates });
}

/** A person who tells the truth settles what is unknown and issues the rest; then there is one card for each order. */
async function finish(
  desk: Desk,
  { stage, plan }: JudgeParts,
  { invoiceIds, decisions }: Aftermath,
  invoices: readonly Invoice[],
): Promise<string[]> {
  const problems: string[] = [];
  const counts = new Map(decisions);
  const issue = async (invoiceId: number, operation: 'invoice.issue' | 'invoice.askAgain') => {
    counts.set(invoiceId, (counts.get(invoiceId) ?? 0) + 1);
    const result = await desk.call(operation, { invoiceId });
    if (!result.ok) problems.push(`invoice ${invoiceId}: ${operation} failed: ${result.error.text.en}`);
  };
  for (const { id, state, fields } of invoices) {
    if (state === 'unknown' && plan.person.does === 'asks again') await issue(id, 'invoice.askAgain');
    if (state === 'unknown' && plan.person.does === 'looks') {
      const [card] = cardsOf(stage, fields.orderId);
      const outcome = card ? { outcome: 'found' as const, cardCode: card.code } : { outcome: 'absent' as const };
      await desk.succeed('invoice.settle', { invoiceId: id, ...outcome });
      if (!card) await issue(id, 'invoice.issue');
    }
  }
  if (plan.work === 'batch') await resumeBatch(desk, stage, plan, problems);
  else
    for (const { id, state } of invoices)
      if (state === 'draft' || state === 'prepared') await issue(id, 'invoice.issue');
  for (const { id, state, cardCode, fields } of await readInvoices(desk, invoiceIds)) {
    const cards = cardsOf(stage, fields.orderId);
    const { certain } = onWire(stage, fields.orderId);
    const say = (text: string) => problems.push(`in the end invoice ${id} (${fields.orderId}) is ${state}: ${text}`);
    if (state !== 'issued') say('it should be issued');
    if (cards.length !== 1) say(`${cards.length} cards`);
    if (cardCode !== null && cardCode !== cards[0]?.code) say(`its code is ${cards[0]?.code}, shown is ${cardCode}`);
    if (certain > (counts.get(id) ?? 0)) say(`${certain} inserts for ${counts.get(id)} decisions`);
  }
  return problems;
}

async function resumeBatch(desk: Desk, { batchId }: KillStage, { concurrency }: KillPlan, problems: string[]) {
  const result = await desk.call('batch.run', { batchId, concurrency });
  if (!result.ok) return void problems.push(`the batch cannot be resumed: ${result.error.text.en}`);
  if (result.value.counts.waiting > 0) problems.push(`${result.value.counts.waiting} rows still wait`);
}
