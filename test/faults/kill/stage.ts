import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { createPracticeControl } from '../../../electron/practice/practice-control.ts';
import { type PracticeApp, startPracticeServer } from '../../../electron/practice/practice-server.ts';
import { digitalInvoice } from '../../support/app-invoices.ts';
import { writeTable } from '../../support/app-table.ts';
import { shopSecret } from './desk.ts';
import type { ProgramBundle } from './program-bundle.ts';
import { startWire } from './wire.ts';

const shop: PracticeApp = { appid: 'wx0123456789abcdef', secret: shopSecret, customerMustAuthorise: false };

/** The smallest file that a reader, and the practice server, takes for a PDF of one page; other words, another file. */
export function smallPdf(words: string): string {
  return [
    `%PDF-1.4\n% ${words}`,
    '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj',
    '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj',
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>endobj',
    'xref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF\n',
  ].join('\n');
}

const silentEnd = { recursive: true, force: true } as const;

export type KillStage = Awaited<ReturnType<typeof openKillStage>>;

export interface StageOptions {
  readonly bundle: Pick<ProgramBundle, 'openDesk'>;
  /** In which everything of the stage is made. */
  readonly root: string;
  readonly drafts: number;
  readonly batchRows: number;
  /** Whether the program speaks to the practice server directly, since what crosses is not of interest. */
  readonly isDirect?: boolean;
}

/**
 * A practice server, the wire to it, and a data folder with drafts and a batch from which each case gets a copy with
 * orders of its own, so that one set of books serves thousands of cases.
 */
export async function openKillStage({ bundle, root, drafts, batchRows, isDirect = false }: StageOptions) {
  const folder = await mkdtemp(join(root, 'stage-'));
  const started = await startPracticeServer({ apps: [shop] });
  if (!started.ok) throw new Error(started.error.text.en);
  const practice = started.value;
  const wire = await startWire(practice);
  const original = join(folder, 'data');
  const desk = bundle.openDesk({ dataFolder: original, program: 'the stage' });
  const { id: accountId } = await desk.succeed('account.create', {
    name: '青禾商贸',
    kind: 'wechat',
    appid: shop.appid,
    baseUrl: isDirect ? practice.url : wire.url,
  });
  const { id: templateId } = await desk.succeed('template.create', {
    accountId,
    content: {
      payee: '青禾商贸有限公司',
      type: '增值税电子普通发票',
      title: '青禾商贸',
      logoUrl: 'http://mmbiz.qpic.cn/mmbiz/abc/0',
    },
  });
  const invoiceIds: number[] = [];
  for (let serial = 1; serial <= drafts; serial += 1) {
    const path = join(folder, `draft-${serial}.pdf`);
    await writeFile(path, smallPdf(`draft ${serial}`));
    const fields = digitalInvoice(serial);
    const draft = await desk.succeed('invoice.saveDraft', {
      accountId,
      templateId,
      fields,
      pdf: await desk.admit(path),
    });
    invoiceIds.push(draft.id);
  }
  const pdfFolder = join(folder, 'pdf');
  const table = join(folder, 'invoices.csv');
  await mkdir(pdfFolder);
  const rows = Array.from({ length: batchRows }, (_, row) => digitalInvoice(drafts + 1 + row));
  for (const { orderId } of rows) await writeFile(join(pdfFolder, `${orderId}.pdf`), smallPdf(orderId));
  await writeTable(table, rows);
  const batch = await desk.succeed('batch.import', {
    accountId,
    templateId,
    table: await desk.admit(table),
    pdfFolder: await desk.admit(pdfFolder),
  });
  if (batch.counts.waiting !== batchRows) throw new Error(`not all rows wait: ${JSON.stringify(batch.counts)}`);
  const { rows: stored } = await desk.succeed('batch.get', { batchId: batch.id });
  await desk.close();
  await wire.settled();

  return {
    practice,
    control: createPracticeControl(practice.url),
    wire,
    dataFolder: original,
    invoiceIds,
    batchId: batch.id,
    /** The invoices of the batch, in its order. */
    rowIds: stored.flatMap(({ invoiceId }) => invoiceId ?? []),
    /** A data folder of this case's own. Its orders have its number; the PDFs are the stage's. */
    async copyFor(caseNumber: number): Promise<string> {
      const copy = join(folder, `case-${caseNumber}`);
      await mkdir(copy);
      await copyFile(join(original, 'fapiao-desk.db'), join(copy, 'fapiao-desk.db'));
      await symlink(join(original, 'pdf'), join(copy, 'pdf'), 'junction');
      const database = new BetterSqlite3(join(copy, 'fapiao-desk.db'));
      database.pragma('synchronous = OFF');
      database
        .prepare(
          `UPDATE invoice SET order_id = order_id || '-' || :number,
             billing_no = '26312' || printf('%015d', :number * 1000 + id)`,
        )
        .run({ number: BigInt(caseNumber) });
      database.prepare(`UPDATE batch_row SET order_id = order_id || '-' || ?`).run(String(caseNumber));
      database.close();
      return copy;
    },
    remove: (path: string) => rm(path, silentEnd),
    async close(): Promise<void> {
      await wire.close();
      await practice.close();
      await rm(folder, silentEnd);
    },
  };
}
