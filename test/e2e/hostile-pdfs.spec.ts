import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { zhCN } from '../../renderer/i18n/zh-CN.ts';
import { startCountingServer } from '../faults/hostile/counting-server.ts';
import { oddPdfs } from '../faults/hostile/odd-pdfs.ts';
import { dropFiles, openPractised, test } from '../support/e2e-app.ts';

/** Of each sort one that the preview could fall for. */
const tried = [
  'script when opened',
  'script in a field',
  'address when the page is shown',
  'program when opened',
  'other file at a link',
  'a picture that is elsewhere',
  'a font that is elsewhere',
  'a form of XFA',
  'metadata with an entity',
  'a page as large as a country',
  'a letter that paints itself',
  'arrays in one another',
  'forms that paint one another without end',
];

test('hostile PDFs run nothing, reach nothing, and leave the page at work', async ({ openDesk, dataFolder }) => {
  const server = await startCountingServer();
  try {
    const { app, page } = await openPractised(openDesk, 'zh-CN');
    const title = await page.title();
    const alerts: string[] = [];
    page.on('dialog', (dialog) => {
      alerts.push(dialog.message());
      void dialog.dismiss();
    });
    const odd = await oddPdfs(server.url);
    for (const [index, name] of tried.entries()) {
      const bytes = odd.find((one) => one.name === name)?.bytes;
      if (!bytes) throw new Error(`no PDF of this name: ${name}`);
      const file = `odd-${index}.pdf`;
      writeFileSync(join(dataFolder, file), bytes);
      await dropFiles(page, '.documents', [join(dataFolder, file)]);
      await expect(page.getByText(file).first()).toBeVisible();
      await expect(page.getByText(zhCN.reading.now)).toHaveCount(0);
    }
    await expect(page.getByText(zhCN.pdf.failed['too-complex'])).toBeVisible();
    expect(server.came).toEqual([]);
    expect(alerts).toEqual([]);
    expect(await page.title()).toBe(title);
    expect(app.windows()).toHaveLength(1);
    const order = page.getByLabel(zhCN.field.orderId, { exact: false }).first();
    await order.fill('STILL-HERE');
    await expect(order).toHaveValue('STILL-HERE');
  } finally {
    server.close();
  }
});
