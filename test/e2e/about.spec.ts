import { expect } from '@playwright/test';
import { en } from '../../renderer/i18n/en.ts';
import { zhCN } from '../../renderer/i18n/zh-CN.ts';
import type { Language } from '../../shared/text.ts';
import { openPractised, openSection, seriousFaults, test } from '../support/e2e-app.ts';
import { exceptMeasuring } from '../support/e2e-cards.ts';

for (const language of ['zh-CN', 'en'] as const satisfies readonly Language[]) {
  const texts = language === 'en' ? en : zhCN;
  const { licences, update } = texts.about;
  const fill = (text: string, name: string) => text.replace('{{name}}', name);

  test(`${language}: what the program is made with is listed and read by keyboard; a copy from the sources says that it does not update itself`, async ({
    openDesk,
  }) => {
    const { page, complaints } = await openPractised(openDesk, language);
    await openSection(page, texts.nav.settings);
    await page.getByRole('tab', { name: texts.settings.section.about }).click();

    const updates = page.getByRole('region', { name: update.title });
    await expect(updates.getByText(update.off['not-packaged'])).toBeVisible();
    await expect(updates.getByRole('button')).toHaveCount(0);

    const panel = page.getByRole('region', { name: licences.title });
    await panel.getByRole('button', { name: licences.show }).focus();
    await page.keyboard.press('Enter');
    await expect(panel.getByRole('row')).toHaveCount(11);
    const first = panel.getByRole('button', { name: fill(licences.readName, '@ant-design/colors') });
    await first.focus();
    await page.keyboard.press('Enter');
    const text = page.getByRole('region', { name: fill(licences.textName, '@ant-design/colors') });
    await expect(text).toContainText('Permission is hereby granted');
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(text).toHaveCount(0);
    expect(await seriousFaults(page)).toEqual([]);
    expect(exceptMeasuring(complaints)).toEqual([]);
  });
}
