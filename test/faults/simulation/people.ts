import type { Invoice } from '../../../shared/contract/invoice-operations.ts';
import type { InvoiceFields } from '../../../shared/invoice/invoice.ts';
import { reimburseStatuses } from '../../../shared/wechat/reimburse-status.ts';
import { digitalInvoice } from '../../support/app-invoices.ts';
import { createBuyers } from './buyers.ts';
import { CrashSignal } from './crashing-records.ts';
import type { Card } from './fates.ts';
import { BrokenRule, type InvoiceLine } from './observer.ts';
import type { World } from './world.ts';

const mostInvoices = 10;
const mostBatches = 3;

/** A double click. */
function twice<On>(act: (on: On) => void, on: On): void {
  act(on);
  act(on);
}

/** What people, WeChat and misfortune do to the program, one thing a step. */
export function createPeople(world: World) {
  const { random, timeline, wechat, observer, intents, note } = world;
  let serial = 0;
  let isEnding = false;
  let life = world.lives();
  /** Their invoices, by the batch's id. */
  const batches = new Map<number, readonly number[]>();
  const push = createBuyers(world);

  const anyBatch = () => random.pickAny([...batches.keys()]);
  const anyInvoice = () => random.pickAny(world.lines());
  const invoiceIn = (...states: readonly string[]) => {
    const fitting = world.lines().filter(([, state]) => states.includes(state));
    return random.chance(0.9) ? (random.pickAny(fitting) ?? anyInvoice()) : anyInvoice();
  };
  const wasEverUnknown = ([id]: InvoiceLine) =>
    [...observer.everUnknown].some((key) => key.startsWith(observer.key(id, '')));
  const draftThat = (fits: (line: InvoiceLine) => boolean) =>
    random.pickAny(world.lines().filter((line) => line[1] === 'draft' && fits(line)));
  const isAtWork = ([id]: InvoiceLine) => intents.calling.has(id);

  function newFields(): InvoiceFields {
    serial += 1;
    const number = serial;
    const other = random.chance(0.2) ? anyInvoice() : undefined;
    const isSameOrder = random.chance(0.5);
    return digitalInvoice(number, {
      title: `title ${number}`,
      ...(other && isSameOrder ? { orderId: other[2] } : {}),
      ...(other && !isSameOrder ? { billingNo: other[3] } : {}),
    });
  }

  function saveDraft(existing: InvoiceLine | undefined): void {
    const fields = existing ? editedFields(existing) : newFields();
    const id = existing?.[0];
    const offer = { orderId: fields.orderId, billingNo: fields.billingNo, title: fields.title };
    note(`save ${id ?? 'new'} ${fields.orderId} ${fields.billingNo.slice(-3)} ${fields.title}`);
    if (id !== undefined) intents.offered.set(id, offer);
    const pdf = random.chance(0.9) ? `pdf-${timeline.now()}-${serial}` : random.pick([null, 'pdf-shared']);
    const { program } = world;
    world.follow<Invoice>({
      what: 'save',
      work: () =>
        program().handlers['invoice.saveDraft']({
          ...(id === undefined ? {} : { invoiceId: id }),
          accountId: world.account.id,
          templateId: 1,
          fields,
          ...(id === undefined || random.chance(0.3) ? { pdf } : {}),
        }),
      ended: (result) => {
        if (result.ok) intents.accepted.set(result.value.id, offer);
      },
    });
  }

  function editedFields([, , orderId, billingNo, title]: InvoiceLine): InvoiceFields {
    const kept = { orderId, billingNo, title };
    const fresh = newFields();
    switch (random.between(0, 3)) {
      case 0:
        return { ...fresh, ...kept, orderId: fresh.orderId };
      case 1:
        return { ...fresh, ...kept, billingNo: fresh.billingNo };
      default:
        return { ...fresh, ...kept, title: fresh.title };
    }
  }

  function issue(line: InvoiceLine | undefined): void {
    if (!line) return;
    const [invoiceId] = line;
    note(`issue ${invoiceId} ${line[1]}`);
    world.follow({
      what: 'issue',
      invoiceId,
      isAlone: true,
      decision: observer.decide('issue', [invoiceId]),
      work: () => world.program().handlers['invoice.issue']({ invoiceId }),
    });
  }

  function askAgain(line: InvoiceLine | undefined): void {
    if (!line) return;
    const [invoiceId] = line;
    note(`ask again ${invoiceId} ${line[1]}`);
    world.follow({
      what: 'ask again',
      invoiceId,
      isAlone: true,
      decision: observer.decide('ask again', [invoiceId]),
      work: () => world.program().handlers['invoice.askAgain']({ invoiceId }),
    });
  }

  /** What a person sees in Cards & Offers; undefined while a request is still on its way there. */
  function look([, , orderId, billingNo]: InvoiceLine): Card | 'absent' | undefined {
    const isIt = (one: { readonly orderId: string; readonly billingNo: string }) =>
      one.orderId === orderId && one.billingNo === billingNo;
    const card = wechat.cards.find(isIt);
    if (card) return card;
    return wechat.wires.some((wire) => wire.isPending && isIt(wire)) ? undefined : 'absent';
  }

  function settle(line: InvoiceLine | undefined): void {
    if (!line) return;
    const [invoiceId, state] = line;
    const seen = look(line);
    // Somebody who looked a while ago may say so of an invoice that has been issued meanwhile: that must change nothing.
    const isStale = state !== 'unknown' && random.chance(0.5);
    if (seen === undefined && !isStale) return;
    const isFound = !isStale && seen !== 'absent' && seen !== undefined;
    const outcome = isFound ? 'found' : 'absent';
    note(`settle ${invoiceId} ${state} ${outcome}`);
    if (state === 'unknown') intents.settling.add(invoiceId);
    const cardCode = isFound && random.chance(0.5) ? { cardCode: seen.code } : {};
    world.follow({
      what: 'settle',
      invoiceId,
      isAlone: true,
      work: () => world.program().handlers['invoice.settle']({ invoiceId, outcome, ...cardCode }),
    });
  }

  function remove(line: InvoiceLine | undefined): void {
    if (!line) return;
    const [invoiceId] = line;
    note(`remove ${invoiceId} ${line[1]}`);
    const isCalled = observer.hasRunningAttempt(invoiceId);
    // Before it is told: a crash may come between.
    const wasWanted = intents.accepted.get(invoiceId);
    intents.accepted.delete(invoiceId);
    world.follow({
      what: 'remove',
      work: () => world.program().handlers['invoice.removeDraft']({ invoiceId }),
      ended: (result) => {
        if (!result.ok && wasWanted) intents.accepted.set(invoiceId, wasWanted);
        if (result.ok && wasEverUnknown(line))
          world.problems.push(new BrokenRule(`invoice ${invoiceId} is removed with all that is known of its requests`));
        if (result.ok && isCalled)
          world.problems.push(new BrokenRule(`invoice ${invoiceId} is removed while a call is made for it`));
      },
    });
  }

  function setStatus(line: InvoiceLine | undefined): void {
    if (!line) return;
    const [invoiceId] = line;
    const status = random.pick(reimburseStatuses);
    note(`set ${invoiceId} ${line[1]} ${status}`);
    // The buyer may do something with the same card in the same moment.
    const code = line[5];
    if (code !== null && random.chance(0.4)) timeline.after(random.between(100, 1500), () => push(code));
    world.follow({
      what: 'set',
      invoiceId,
      work: () => world.program().handlers['invoice.updateStatus']({ invoiceId, status }),
    });
  }

  function makeBatch(): void {
    if (batches.size >= mostBatches) return;
    const rows = world.lines().filter(([, state]) => state === 'draft' || random.chance(0.3));
    if (rows.length === 0) return;
    const { records } = world.program();
    try {
      const id = records.inTransaction(() => {
        const source = { path: 'a.csv', name: 'a.csv', encoding: 'utf-8', delimiter: ',', header: [] } as const;
        const batchId = records.batches.create(world.account.id, 1, source, new Date(timeline.now()).toISOString());
        for (const [index, [invoiceId, , orderId]] of rows.entries())
          records.batches.addRow(batchId, {
            rowNumber: index + 2,
            cells: '[]',
            orderId,
            title: '',
            importState: 'linked',
            invoiceId,
            findings: [],
            change: null,
            changedFields: [],
          });
        return batchId;
      });
      const invoiceIds = rows.map(([invoiceId]) => invoiceId);
      batches.set(id, invoiceIds);
      note(`batch ${id} of ${invoiceIds.join(' ')}`);
    } catch (error) {
      if (!(error instanceof CrashSignal)) throw error;
    }
  }

  /** What somebody who looks at a batch expects to be issued. */
  function waitingOf(batchId: number): number[] {
    const rows = batches.get(batchId) ?? [];
    const waiting = world.lines().filter(([id, state]) => rows.includes(id) && ['draft', 'prepared'].includes(state));
    return waiting.map(([id]) => id);
  }

  function runBatch(batchId: number | undefined): void {
    if (batchId === undefined) return;
    const program = world.program();
    const { runningBatches } = world;
    const isRunning = runningBatches.has(batchId);
    const decision = observer.decide('batch', waitingOf(batchId));
    note(`run ${batchId}`);
    runningBatches.add(batchId);
    world.follow({
      what: 'run',
      decision,
      work: () => program.batchRunner.run(batchId, random.between(1, 4)),
      ended: (result) => {
        if (!isRunning) runningBatches.delete(batchId);
        else if (result.ok || result.error.code !== 'batch.running')
          world.problems.push(new BrokenRule(`batch ${batchId} ran twice at once`));
      },
    });
  }

  function end(): void {
    note('end');
    isEnding = true;
    world.program().end();
  }

  /** A program that ends finishes what is under way; then it is started again. */
  function finishEnding(): void {
    if (intents.calling.size + observer.decisions.size > 0 && timeline.step()) return;
    note('start');
    isEnding = false;
    world.program().kill();
  }

  const actions: readonly (readonly [weight: number, act: () => void])[] = [
    [6, () => saveDraft(world.lines().length < mostInvoices ? undefined : anyInvoice())],
    [4, () => saveDraft(invoiceIn('draft', 'prepared', 'rejected'))],
    [10, () => issue(invoiceIn('draft', 'prepared', 'rejected'))],
    [3, () => twice(issue, invoiceIn('draft', 'prepared', 'rejected'))],
    [7, () => askAgain(invoiceIn('unknown'))],
    [4, () => settle(invoiceIn('unknown'))],
    [2, () => settle(anyInvoice())],
    [2, () => remove(draftThat(wasEverUnknown) ?? draftThat(isAtWork) ?? invoiceIn('draft'))],
    [5, () => setStatus(invoiceIn('issued'))],
    [6, () => push()],
    [3, makeBatch],
    [5, () => runBatch(anyBatch())],
    [1, () => twice(runBatch, anyBatch())],
    [1, () => void world.program().batchRunner.stop(anyBatch() ?? 0)],
    [2, () => world.program().kill()],
    [6, () => world.program().killAtWritePoint(random.between(1, 14))],
    [0.5, end],
    [1, () => wechat.rotateToken()],
    [0.5, () => void timeline.after(random.between(3_600_000, 90_000_000), () => undefined)],
  ];
  // Each seed has its own habits: some things are done often, some never.
  const habits = actions.map(
    ([weight, act]) => [random.chance(0.15) ? 0 : weight * (0.2 + random.next()), act] as const,
  );

  // Cards that another desk of the merchant made.
  if (wechat.semantics === 'by-order' && random.chance(0.5))
    for (const orderId of ['ORDER-2', 'ORDER-3']) wechat.addForeignCard(orderId);
  saveDraft(undefined);

  return {
    /** One step: time passes, or somebody does something. */
    step(): void {
      if (world.lives() !== life) isEnding = false;
      life = world.lives();
      if (isEnding) {
        finishEnding();
        return;
      }
      if (random.chance(0.62) && timeline.step()) return;
      random.weighted(habits)();
    },
    askAgain,
    runBatch,
    batches: (): readonly number[] => [...batches.keys()],
  };
}

export type People = ReturnType<typeof createPeople>;
