import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import type { Language } from '../../../shared/text.ts';
import { bundleFakeBridge, servePage } from './serve.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const target = join(root, 'test-results', 'harness');
const samplePdf = process.env['SAMPLE_PDF'] ?? join(root, 'resources/samples/pdf/26312000000010100556.pdf');

const names = {
  'zh-CN': {
    order: '订单号',
    number: '发票号码',
    code: '发票代码',
    title: '发票抬头',
    fee: '价税合计',
    issue: '开具',
    confirm: '确认开具',
    add: '添加明细',
    choose: '选择发票 PDF',
    template: '新建模板',
    date: '开票日期',
    net: '不含税金额',
    tax: '税额',
    card: '卡券预览',
    check: '校验码',
  },
  en: {
    order: 'Order number',
    number: 'Invoice number',
    code: 'Invoice code',
    title: 'Invoice title',
    fee: 'Total with tax',
    issue: 'Issue',
    confirm: 'Issue it',
    add: 'Add an item',
    choose: 'Choose invoice PDF',
    template: 'New template',
    date: 'Invoice date',
    net: 'Net amount',
    tax: 'Tax',
    card: 'Card preview',
    check: 'Check code',
  },
} as const;

interface Look {
  readonly language: Language;
  readonly theme: 'light' | 'dark';
  readonly width: number;
  readonly height: number;
}

async function open(browser: Browser, url: string, script: string, look: Look, start: 'nothing' | 'ready') {
  const page = await browser.newPage({ viewport: { width: look.width, height: look.height } });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') console.log(`  console: ${message.text()}`);
  });
  page.on('pageerror', (error) => console.log(`  page error: ${error.message}`));
  const scenario = { language: look.language, theme: look.theme, start };
  await page.addInitScript(`window.scenario = ${JSON.stringify(scenario)};`);
  await page.addInitScript({ content: script });
  await page.goto(url);
  return page;
}

async function choosePdf(page: Page, button: string) {
  const { readFile } = await import('node:fs/promises');
  const bytes = [...(await readFile(samplePdf))];
  await page.evaluate((data) => {
    window.fake.world.chosen = new File([new Uint8Array(data)], '26312000000010100556.pdf');
  }, bytes);
  await page.getByRole('button', { name: button }).click();
}

async function fill(page: Page, n: (typeof names)[Language]) {
  await choosePdf(page, n.choose);
  await page.getByLabel(n.order, { exact: true }).fill('WX202611230001');
  await page.getByLabel(n.title, { exact: true }).fill('杭州青禾茶叶有限公司');
  await page.getByLabel(n.number, { exact: true }).fill('2631 2000 0000 1010 0556');
  await page.getByLabel(n.date, { exact: true }).fill('2026-11-20');
  await page.keyboard.press('Enter');
  await page.getByLabel(n.net, { exact: true }).fill('1000');
  await page.getByLabel(n.tax, { exact: true }).fill('130');
  await page.getByLabel(n.fee, { exact: true }).fill('1130');
  for (const [line, [name, num, unit, price]] of [
    ['*茶叶*明前龙井', '2', '盒', '365'],
    ['*茶具*白瓷盖碗', '2', '套', '200'],
  ].entries()) {
    await page.getByRole('button', { name: n.add }).click();
    for (const [part, text] of [
      ['name', name],
      ['num', num],
      ['unit', unit],
      ['price', price],
    ] as const)
      await page.locator(`#invoice-items-${line}-${part}`).fill(text ?? '');
  }
  await page.waitForTimeout(1200);
}

async function shots(browser: Browser, url: string, script: string, look: Look) {
  const n = names[look.language];
  const tag = `${look.width}-${look.language}-${look.theme}`;
  const shoot = (page: Page, name: string) => page.screenshot({ path: join(target, `${tag}-${name}.png`) });
  console.log(tag);
  const first = await open(browser, url, script, look, 'nothing');
  await first.waitForTimeout(2000);
  await shoot(first, '1-first');
  await first
    .getByRole('button', { name: /真实账号|real account/ })
    .first()
    .click();
  await first.waitForTimeout(600);
  await shoot(first, '1b-account');
  await first.close();

  const page = await open(browser, url, script, look, 'ready');
  await page.getByLabel(n.order, { exact: true }).waitFor();
  await shoot(page, '2-empty');
  await page.getByRole('button', { name: n.issue, exact: true }).click();
  await page.getByLabel(n.number, { exact: true }).fill('031002600111');
  await page.getByLabel(n.code, { exact: true }).fill('00412080');
  await page.waitForTimeout(300);
  await shoot(page, '3-faults');
  await page.getByLabel(n.code, { exact: true }).fill('');
  await fill(page, n);
  await shoot(page, '4-filled');
  await page.locator('.issue-scroll').evaluate((element) => element.scrollTo(0, 1e5));
  await page.waitForTimeout(200);
  await shoot(page, '5-filled-bottom');
  await page.getByRole('tab', { name: n.card }).click();
  await page.waitForTimeout(300);
  await shoot(page, '6-card');
  await page.getByRole('button', { name: n.template }).click();
  await page.waitForTimeout(600);
  await shoot(page, '7-template');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.waitForTimeout(300);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: n.confirm }).waitFor();
  await page.waitForTimeout(500);
  await shoot(page, '8-confirm');
  await page.evaluate(() => {
    window.fake.world.issueEnd = {
      kind: 'rejected',
      error: {
        code: 'wechat.72038',
        class: 'fix-input',
        text: { zhCN: '客户还没有授权这个订单开票', en: 'The customer has not authorised this order' },
        nextStep: {
          zhCN: '请核对订单号、AppID 与授权时是否一致，再让客户授权。',
          en: 'Compare order number and AppID with the authorisation, then have the customer authorise.',
        },
        action: 'edit-input',
        retryable: false,
        details: { errcode: 72038 },
      },
    };
  });
  await page.getByRole('button', { name: n.confirm }).click();
  await page.waitForTimeout(600);
  await shoot(page, '9-rejected');
  await page.evaluate(() => {
    window.fake.world.issueEnd = { kind: 'unknown' };
  });
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: n.confirm }).click();
  await page.waitForTimeout(600);
  await shoot(page, '10-unknown');
  await page.evaluate(() => {
    window.fake.world.issueEnd = { kind: 'issued', cardCode: '018692165859' };
  });
  await page.getByRole('button', { name: /再问一次微信|Ask WeChat again/ }).click();
  await page.waitForTimeout(800);
  await shoot(page, '11-issued');
  await page.close();
}

const looks: readonly Look[] = [
  { language: 'zh-CN', theme: 'light', width: 1280, height: 800 },
  { language: 'en', theme: 'light', width: 1024, height: 700 },
  { language: 'zh-CN', theme: 'dark', width: 1024, height: 700 },
  { language: 'en', theme: 'dark', width: 1280, height: 800 },
];

await mkdir(target, { recursive: true });
const script = await bundleFakeBridge();
const { url, server } = await servePage(join(root, 'dist', 'renderer'));
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ],
});
const wanted = Number(process.env['LOOKS'] ?? looks.length);
try {
  for (const look of looks.slice(0, wanted)) await shots(browser, url, script, look);
} finally {
  await browser.close();
  server.close();
}
