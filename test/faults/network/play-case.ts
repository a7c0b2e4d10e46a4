import type { Random } from '../../../scripts/samples/random.ts';
import type { Invoice } from '../../../shared/contract/invoice-operations.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import type { Result } from '../../../shared/result.ts';
import { digitalInvoice, olderInvoice } from '../../support/app-invoices.ts';
import { chanceOf } from './chance.ts';
import type { Desk, HeldName } from './desk.ts';
import { type Decision, endingsOf, expected, misfitOf, timesOf } from './expectation.ts';
import type { Fault } from './fault.ts';
import type { FaultServer } from './fault-server.ts';
import type { Semantics } from './ledger.ts';

/** Where cases of one fault under one semantics are played, one after the other. */
export interface Lane {
  readonly fault: Fault;
  readonly how: Semantics;
  readonly desk: Desk;
  readonly server: FaultServer;
  readonly name: HeldName;
  readonly accountId: number;
  readonly templateId: number;
}

export interface Played {
  /** The case is replayed by this. */
  readonly id: string;
  /** What contradicts the ledger; empty: nothing. */
  readonly faults: readonly string[];
  /** Cards beyond the decisions, made because WeChat said "busy, try later" after its work: the known doubt. */
  readonly doubtful: number;
  readonly inserts: number;
  readonly decisions: number;
}

/** More than a truthful person ever needs. */
const mostTurns = 12;

interface Play extends Lane {
  readonly chance: Random;
  readonly orderId: string;
  readonly invoiceId: number;
  readonly faults: string[];
  inserts: number;
  decisions: number;
  /** Repeats of the program's own after -1. */
  busyRepeats: number;
}

function contentOf({ desk }: Lane, chance: Random) {
  const make = chance.pick([digitalInvoice, olderInvoice]);
  const lines = chance.pick([1, 3, 40]);
  const items = Array.from({ length: lines }, (_, line) => ({
    name: `*日用品*牙膏 ${line}`,
    num: 1 + chance.below(9),
    unit: '支',
    priceFen: 1 + chance.below(9000),
  }));
  return make(desk.nextSerial(), { items, remarks: chance.pick(['', '备注：“测试”\\', '😀 long '.repeat(4)]) });
}

const look = async ({ desk, invoiceId }: Play): Promise<Invoice> =>
  (await desk.succeed('invoice.get', { invoiceId })).invoice;

/** Sets the fault, or none, for the decision that follows. */
async function arm(play: Play, fault: Fault | undefined, times: number): Promise<void> {
  const { server, desk, accountId, name, how, chance } = play;
  // Token and file go over a connection that stands, so that only the insert meets what befalls connections.
  if (fault?.outside || fault?.strike?.onConnection) await desk.warmUp(accountId);
  server.arm({ strike: fault?.strike, times: fault ? times : 0, how, repeated: chance.pick([72018, 72056]), chance });
  if (fault?.outside === 'port-shut') server.shut();
  if (fault?.outside === 'name-lost') name.lose(times, chance.pick(['ENOTFOUND', 'EAI_AGAIN']));
}

/** A person decides that an insert goes out, under a fault or none; what is shown and sent must fit the truth. */
async function decide(play: Play, decision: Decision, fault: Fault | undefined): Promise<void> {
  const { server, desk, invoiceId, chance, name, faults } = play;
  const times = fault ? chance.pick(timesOf(fault)) : 0;
  await arm(play, fault, times);
  play.decisions += 1;
  const result: Result<Invoice, AppError> = await desk.call(
    decision === 'send' ? 'invoice.issue' : 'invoice.askAgain',
    { invoiceId },
  );
  await server.settled();
  // There is one name for all lanes: only who lost it finds it again.
  if (fault?.outside === 'name-lost') name.lose(0, 'ENOTFOUND');
  await server.openAgain();
  const seen = server.seen();
  play.inserts += seen.inserts;
  if (fault?.kind === 'busy') play.busyRepeats += seen.inserts - 1;
  const invoice = await look(play);
  const where = `${decision} under ${fault ? `${fault.name} ×${times}` : 'no fault'}`;
  const misfit = misfitOf(invoice.state, seen, endingsOf(expected(fault, times, decision), play.fault, decision));
  const told = result.ok ? 'no error' : `${result.error.code} ${JSON.stringify(result.error.details)}`;
  if (misfit) faults.push(`${where}: ${misfit} (${told})`);
  compare(play, invoice, where);
}

/** Whether what is shown can be true by the ledger. */
function compare({ server, orderId, faults }: Play, { state, cardCode, error }: Invoice, where: string): void {
  const cards = server.ledger.cardsOf(orderId);
  if (state === 'issued') {
    if (cards.length === 0) faults.push(`${where}: shows issued, and there is no card`);
    if (cardCode !== null && !cards.some(({ code }) => code === cardCode))
      faults.push(`${where}: shows a code that no card has`);
    if (error !== null) faults.push(`${where}: issued, with an error beside it`);
  } else if (state === 'unknown') {
    if (error?.code !== 'issue.outcome-unknown') faults.push(`${where}: unknown without its reason`);
  } else if (state === 'sending') faults.push(`${where}: still sending`);
  else if (cards.length > 0) faults.push(`${where}: shows ${state}, and there is a card`);
}

/** What a person does who looks at the customer's phone and tells the truth. */
async function resolve(play: Play, turn: number): Promise<void> {
  const { desk, server, invoiceId, orderId, chance, fault } = play;
  const { state } = await look(play);
  if (state !== 'unknown') return decide(play, 'send', undefined);
  const [card] = server.ledger.cardsOf(orderId);
  if (chance.below(2) === 0) {
    const cardCode = card && chance.below(2) === 0 ? { cardCode: card.code } : {};
    await desk.succeed('invoice.settle', { invoiceId, outcome: card ? 'found' : 'absent', ...cardCode });
    return compare(play, await look(play), 'settled');
  }
  return decide(play, 'ask-again', turn === 0 && chance.below(3) === 0 ? fault : undefined);
}

function judge({ server, orderId, how, faults, decisions, busyRepeats }: Play): number {
  const cards = server.ledger.cardsOf(orderId).length;
  const most = how === 'accepts' ? decisions : 1;
  const doubtful = Math.max(0, cards - most);
  if (cards === 0) faults.push('in the end there is no card');
  if (doubtful > (how === 'accepts' ? busyRepeats : 0)) faults.push(`${cards} cards after ${decisions} decisions`);
  return doubtful;
}

/** One invoice through one fault, to its end by a truthful person, measured with the ledger at every step. */
export async function playCase(lane: Lane, seed: number, number: number): Promise<Played> {
  const { fault, how, desk, accountId, templateId } = lane;
  const id = `${fault.name}/${how}/${number}`;
  const chance = chanceOf(seed, id);
  const fields = contentOf(lane, chance);
  const pdf = await desk.newPdf(fields.orderId);
  const draft = await desk.succeed('invoice.saveDraft', { accountId, templateId, fields, pdf });
  const play: Play = {
    ...lane,
    chance,
    orderId: fields.orderId,
    invoiceId: draft.id,
    faults: [],
    inserts: 0,
    decisions: 0,
    busyRepeats: 0,
  };
  await decide(play, 'send', fault);
  for (let turn = 0; turn < mostTurns && (await look(play)).state !== 'issued'; turn += 1) await resolve(play, turn);
  const last = await look(play);
  if (last.state !== 'issued') play.faults.push(`in the end it shows ${last.state}`);
  const doubtful = judge(play);
  return { id, faults: play.faults, doubtful, inserts: play.inserts, decisions: play.decisions };
}
