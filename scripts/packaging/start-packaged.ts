import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron as electron } from '@playwright/test';
import { dropFiles, samplePdfs } from '../../test/support/e2e-app.ts';
import { makeCard, openPractised, succeed } from '../../test/support/e2e-cards.ts';
import { judge, type Outcome } from './report.ts';

export interface PackagedProgram {
  readonly executable: string;
  /** The archive, or the folder it was taken out to. */
  readonly app: string;
}

/** A PDF whose values are in its text and in its QR code: reading it takes the worker, the maps and the decoder. */
const sample = '26312000000010100556.pdf';

/**
 * Starts what was packed in a data folder of its own, issues a card to the practice server, reads a PDF with the packed worker
 * and asks for the licences; then quits.
 */
export async function startPackaged({ executable, app }: PackagedProgram): Promise<Outcome> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'fapiao-packaged-'));
  const program = await electron.launch({
    executablePath: executable,
    args: ['--force-prefers-reduced-motion', app],
    cwd: dataFolder,
    env: { ...process.env, FAPIAO_DATA_DIR: dataFolder, LANG: 'zh_CN.UTF-8' },
    timeout: 120_000,
  });
  try {
    const page = await program.firstWindow();
    await page.getByRole('navigation').waitFor({ timeout: 60_000 });
    const desk = await openPractised(async () => ({ app: program, page, complaints: [] }), 'zh-CN');
    await dropFiles(page, '.documents', [join(samplePdfs, sample)]);
    await page.waitForFunction(
      (number) => document.querySelector<HTMLInputElement>('#invoice-billingNo')?.value.replaceAll(' ', '') === number,
      sample.replace('.pdf', ''),
      { timeout: 60_000 },
    );
    const card = await makeCard(desk);
    const { packages } = await succeed(page, 'app.licences', {});
    const info = await succeed(page, 'app.info', {});
    return judge(
      [
        ...(card.state === 'issued' ? [] : [`the card is ${card.state}`]),
        ...(packages.length > 0 ? [] : ['the licences are not found']),
      ],
      `${info.version}, a PDF read, card of ${card.fields.orderId} issued, ${packages.length} licences`,
    );
  } finally {
    await program.close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}
