import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Invoice } from '../../../shared/contract/invoice-operations.ts';
import { digitalInvoice } from '../../support/app-invoices.ts';
import type { Desk } from '../kill/desk.ts';
import { type KillStage, smallPdf } from '../kill/stage.ts';

export const drafts = 3;
export const batchRows = 4;
const concurrency = 2;

/** What a caller was told. */
export interface Told {
  readonly call: string;
  /** The error's code, or ok. */
  readonly outcome: string;
  /** All of the error, as it crosses the border. */
  readonly said: string;
}

/** One case: a data folder of its own, and the program over it. */
export interface Scene {
  readonly desk: Desk;
  readonly stage: KillStage;
  readonly number: number;
}

export interface Flow {
  readonly name: string;
  /** Before anything fails. */
  readonly prepare?: (scene: Scene) => Promise<void>;
  /** What a person asks for while writes fail. */
  readonly act: (scene: Scene) => Promise<Told>;
  /** What the person does once the disk is mended, all of which has to succeed. */
  readonly again: (scene: Scene, first: Told) => Promise<readonly Told[]>;
  /** What has to be so at the next start, besides that cards and records agree. */
  readonly judge: (scene: Scene, told: readonly Told[]) => Promise<readonly string[]>;
}

async function ask({ desk }: Scene, call: string, input: object): Promise<Told> {
  const result = await desk.callByName(call, input);
  return result.ok
    ? { call, outcome: 'ok', said: '' }
    : { call, outcome: result.error.code, said: JSON.stringify(result.error) };
}

const first = ({ stage }: Scene) => ({ invoiceId: stage.invoiceIds[0] });
const look = async ({ desk }: Scene, invoiceId: number): Promise<Invoice> =>
  (await desk.succeed('invoice.get', { invoiceId })).invoice;
const issue = (scene: Scene) => ask(scene, 'invoice.issue', first(scene));
const run = (scene: Scene) => ask(scene, 'batch.run', { batchId: scene.stage.batchId, concurrency });

const issuing: Flow = {
  name: 'issue',
  act: issue,
  async again(scene) {
    const other = await ask(scene, 'invoice.issue', { invoiceId: scene.stage.invoiceIds[1] });
    const { state } = await look(scene, scene.stage.invoiceIds[0] ?? 0);
    return state === 'issued' ? [other] : [other, await issue(scene)];
  },
  async judge(scene, told) {
    const { state } = await look(scene, scene.stage.invoiceIds[0] ?? 0);
    return told.at(-1)?.outcome === 'ok' && state !== 'issued' ? [`it was told ok, and is ${state}`] : [];
  },
};

const batch: Flow = {
  name: 'batch',
  act: run,
  again: async (scene) => [await run(scene)],
  async judge({ desk, stage }, told) {
    const { batch: found } = await desk.succeed('batch.get', { batchId: stage.batchId });
    const problems = found.state === 'running' ? ['the batch is running after a start'] : [];
    // What was under way when the first write failed may be unknown, and nothing that came after it.
    if (found.counts.unknown > concurrency)
      problems.push(`${found.counts.unknown} are unknown, ${concurrency} were under way`);
    const isDone = told.at(-1)?.outcome === 'ok';
    if (isDone && found.counts.issued !== batchRows) problems.push(`told ok, with ${JSON.stringify(found.counts)}`);
    return problems;
  },
};

const status = 'INVOICE_REIMBURSE_LOCK';
const setStatus = (scene: Scene) => ask(scene, 'invoice.updateStatus', { ...first(scene), status });
const setting: Flow = {
  name: 'status',
  async prepare(scene) {
    const issued = await issue(scene);
    if (issued.outcome !== 'ok') throw new Error(issued.said);
  },
  act: setStatus,
  async again(scene) {
    // Whatever is asked for first writes what was kept.
    const other = await ask(scene, 'invoice.issue', { invoiceId: scene.stage.invoiceIds[1] });
    const { reimburseStatus } = await look(scene, scene.stage.invoiceIds[0] ?? 0);
    return reimburseStatus === status ? [other] : [other, await setStatus(scene)];
  },
  async judge(scene, told) {
    const { reimburseStatus, cardCode } = await look(scene, scene.stage.invoiceIds[0] ?? 0);
    const card = scene.stage.practice.books().cards.find(({ code }) => code === cardCode);
    const isTold = told.some(({ outcome }) => outcome === 'answer.not-saved');
    if (told.at(-1)?.outcome === 'ok' && reimburseStatus !== status) return [`told ok, and is ${reimburseStatus}`];
    if (card?.status === status && reimburseStatus !== status && !isTold) return ['set at WeChat, and nobody was told'];
    return reimburseStatus === status && card?.status !== status ? ['set here, and not at WeChat'] : [];
  },
};

async function save(scene: Scene): Promise<Told> {
  const { desk, stage, number } = scene;
  const path = join(stage.dataFolder, '..', `saved-${number}.pdf`);
  await writeFile(path, smallPdf(`saved ${number}`));
  const { accountId, templateId } = await look(scene, stage.invoiceIds[0] ?? 0);
  const fields = digitalInvoice(number, { orderId: `SAVED-${number}` });
  return ask(scene, 'invoice.saveDraft', { accountId, templateId, fields, pdf: await desk.admit(path) });
}

const saving: Flow = {
  name: 'save',
  act: save,
  again: async (scene, told) => (told.outcome === 'ok' ? [] : [await save(scene)]),
  async judge({ desk, number }, told) {
    const { invoices } = await desk.succeed('invoice.list', {});
    const saved = invoices.filter(({ fields }) => fields.orderId === `SAVED-${number}`);
    const wanted = told.at(-1)?.outcome === 'ok' ? 1 : 0;
    if (saved.length !== wanted) return [`${saved.length} drafts were saved, wanted ${wanted}`];
    return saved.every(({ fields, pdf }) => fields.items.length === 1 && pdf !== null)
      ? []
      : ['half a draft was saved'];
  },
};

async function importTable(scene: Scene): Promise<Told> {
  const { desk, stage } = scene;
  const folder = join(stage.dataFolder, '..');
  const { accountId, templateId } = await look(scene, stage.invoiceIds[0] ?? 0);
  const table = await desk.admit(join(folder, 'invoices.csv'));
  return ask(scene, 'batch.import', { accountId, templateId, table, pdfFolder: await desk.admit(join(folder, 'pdf')) });
}

const importing: Flow = {
  name: 'import',
  act: importTable,
  again: async (scene, told) => (told.outcome === 'ok' ? [] : [await importTable(scene)]),
  async judge({ desk, stage }, told) {
    const { batches } = await desk.succeed('batch.list', {});
    const { total } = await desk.succeed('invoice.list', {});
    const imported = batches.filter(({ id }) => id !== stage.batchId);
    const problems: string[] = [];
    // Once all rows are read the import is decided: what is told then is that it goes on at the next start.
    if (told.at(-1)?.outcome === 'ok' && imported.length === 0) problems.push('it was told ok, and there is no batch');
    if (batches.some(({ counts }) => counts.total !== batchRows || counts.faulty > 0))
      problems.push(`half a batch was imported: ${JSON.stringify(batches.map(({ counts }) => counts))}`);
    // The stage's table has orders of its own, which are new once, however often it is imported.
    const wanted = drafts + batchRows + (imported.length > 0 ? batchRows : 0);
    if (total !== wanted) problems.push(`${total} invoices after ${imported.length} imports, wanted ${wanted}`);
    return problems;
  },
};

export const flows: readonly Flow[] = [issuing, batch, setting, saving, importing];
