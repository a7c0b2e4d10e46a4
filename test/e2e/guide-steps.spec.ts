import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { sectionOf } from '../../renderer/pages/guide/section-of.ts';
import { plainText } from '../../scripts/guide/read-page.ts';
import { languages } from '../../shared/text.ts';
import { dropFiles, samplePdfs, test } from '../support/e2e-app.ts';
import { goTo, makeCard, makeUnknown, openPractised, succeed } from '../support/e2e-cards.ts';
import { elementsOf, quotedIn, readPage } from '../support/guide-files.ts';

/** A button of the guide, whatever number it happens to carry. */
const button = (words: string) => ({
  name: new RegExp(`^${words.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&').replaceAll(/\d+/g, '\\d+')}$`),
});

for (const language of languages)
  test.describe(`who follows the guide word by word in ${language}`, () => {
    test('has issued the first invoice', async ({ openDesk }) => {
      const section = sectionOf(readPage(language, 'start'), 'practice');
      const [practise = '', choose = '', order = '', issue = '', confirm = '', issued = ''] = quotedIn(section);
      const [code] = elementsOf(section).filter(({ tag }) => tag === 'code');
      const { page } = await openDesk();
      if (language === 'en') await page.getByText('English', { exact: true }).click();
      await page.getByRole('button', button(practise)).click();
      await page.getByRole('button', button(choose)).waitFor();
      await dropFiles(page, '.documents', [join(samplePdfs, 'WX202610130009.pdf')]);
      await expect(page.locator('#invoice-billingNo')).not.toHaveValue('');
      await page.getByLabel(order, { exact: true }).fill(plainText(code?.children ?? []));
      await page.getByRole('button', button(issue)).click();
      await page.getByRole('button', button(confirm)).click();
      await expect(page.getByRole('heading', { name: issued })).toBeVisible();
    });

    test('has issued the sample as a batch', async ({ openDesk, dataFolder }) => {
      const batch = readPage(language, 'batch');
      const [sample = ''] = quotedIn(sectionOf(batch, 'practice'));
      const [
        table = '',
        folder = '',
        template = '',
        good = '',
        faulty = '',
        fix = '',
        take = '',
        start = '',
        yes = '',
      ] = quotedIn(sectionOf(batch, 'steps'));
      const [report = ''] = quotedIn(sectionOf(batch, 'report'));
      const { app, page, accountId } = await openPractised(openDesk, language);
      await goTo(page, '/batch');
      await expect(page.getByRole('button', button(table))).toBeVisible();
      await expect(page.getByRole('button', button(folder))).toBeVisible();
      await app.evaluate(({ dialog }, path) => {
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
      }, dataFolder);
      await page.getByRole('button', button(sample)).click();
      await expect(page.getByLabel(template, { exact: true })).toBeVisible();
      for (const state of [good, faulty]) await expect(page.getByText(state, { exact: true }).first()).toBeVisible();
      await page.getByRole('button', button(fix)).click();
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.getByRole('button', button(take)).click();
      await page.getByRole('button', button(start)).click();
      await page.getByRole('button', button(yes)).click();
      await expect(page.getByRole('button', button(report))).toBeVisible();
      await expect
        .poll(async () => (await succeed(page, 'batch.list', { accountId })).batches[0]?.state, { timeout: 60_000 })
        .toBe('finished');
    });

    test('has settled an invoice whose outcome was unknown', async ({ openDesk }) => {
      const [found = '', yes = ''] = quotedIn(sectionOf(readPage(language, 'invoice'), 'settle'));
      const desk = await openPractised(openDesk, language);
      const { id } = await makeUnknown(desk);
      await goTo(desk.page, `/invoice/${id}`);
      await desk.page.getByRole('button', button(found)).click();
      await desk.page.getByRole('button', button(yes)).click();
      await expect
        .poll(async () => (await succeed(desk.page, 'invoice.get', { invoiceId: id })).invoice.state)
        .toBe('issued');
    });

    test('has voided an invoice', async ({ openDesk }) => {
      const [voiding = '', sure = ''] = quotedIn(sectionOf(readPage(language, 'invoice'), 'void'));
      const desk = await openPractised(openDesk, language);
      const { id, fields } = await makeCard(desk);
      await goTo(desk.page, `/invoice/${id}`);
      await desk.page.getByRole('button', button(voiding)).click();
      await desk.page.getByRole('dialog').getByRole('textbox').fill(fields.billingNo);
      await desk.page.getByRole('dialog').getByRole('button', button(sure)).click();
      await expect
        .poll(async () => (await succeed(desk.page, 'invoice.get', { invoiceId: id })).invoice.reimburseStatus)
        .toBe('INVOICE_REIMBURSE_CANCEL');
    });

    test('has made a backup, gone back to it, checked the program, and saved the diagnostics', async ({
      openDesk,
      dataFolder,
    }) => {
      const settings = readPage(language, 'settings');
      const [data = '', make = '', folder = ''] = quotedIn(sectionOf(settings, 'backup'));
      const [restore = '', afterwards = '', now = '', atNextStart = ''] = quotedIn(sectionOf(settings, 'restore'));
      const [about = '', check = '', save = '', show = '', copy = ''] = quotedIn(sectionOf(settings, 'check'));
      const desk = await openPractised(openDesk, language);
      await goTo(desk.page, '/settings');
      await desk.page.getByRole('tab', { name: data }).click();
      await expect(desk.page.getByRole('button', button(folder))).toBeVisible();
      await desk.page.getByRole('button', button(make)).click();
      const restores = desk.page.getByText(restore, { exact: true });
      await expect(restores.first()).toBeVisible();
      await makeCard(desk);
      await restores.first().click();
      for (const words of [afterwards, now])
        await expect(desk.page.getByRole('dialog').getByText(words, { exact: true })).toBeVisible();
      await desk.page.getByRole('dialog').getByRole('button', button(atNextStart)).click();
      await desk.page.getByRole('dialog').waitFor({ state: 'hidden' });
      await desk.app.close();

      const { app, page } = await openDesk();
      expect((await succeed(page, 'invoice.list', { limit: 10 })).invoices).toEqual([]);
      await goTo(page, '/settings');
      await page.getByRole('tab', { name: about }).click();
      await page.getByRole('button', button(check)).click();
      const file = join(dataFolder, 'diagnostics.txt');
      await app.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = async () => ({ canceled: false, filePath });
      }, file);
      await page.getByRole('button', button(save)).click();
      await expect(page.getByText('diagnostics.txt')).toBeVisible();
      expect(existsSync(file)).toBe(true);
      await page.getByRole('button', button(show)).click();
      await expect(page.getByRole('button', button(copy))).toBeVisible();
    });
  });
