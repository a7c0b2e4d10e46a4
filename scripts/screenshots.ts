import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { _electron as electron, type Page } from '@playwright/test';
import { pageNames } from '../renderer/app/page-names.ts';
import { type Language, languages } from '../shared/text.ts';
import { dropFiles, invoke, samplePdfs } from '../test/support/e2e-app.ts';
import { standInPath } from '../test/support/electron/stand-in-path.ts';
import { ensureChromium } from './ensure-chromium.ts';
import { findElectron } from './find-electron.ts';
import { fillForm, makeUnknown } from './guide/stage-pictures.ts';
import { projectRoot, run } from './run.ts';

// npm run screenshots [-- --page records] [--size 1024x700], or -- --guide for the pictures of the guide
const { values } = parseArgs({
  options: {
    page: { type: 'string', multiple: true },
    size: { type: 'string', multiple: true },
    guide: { type: 'boolean', default: false },
  },
});
const forGuide = values.guide;
const sizes = (values.size ?? (forGuide ? ['1024x700'] : ['1280x800', '1024x700'])).map((size) => {
  const [width = 0, height = 0] = size.split('x').map(Number);
  if (!(width > 0 && height > 0)) throw new RangeError(`--size ${size}: e.g. 1280x800 is wanted`);
  return { width, height };
});
/** The relay and the customer's side have pages of their own inside of another. */
const allNames = forGuide
  ? ['orders', 'batch', 'invoice', 'unknown', 'records', 'issue']
  : [...pageNames, 'settings/relay', 'settings/customer', 'settings/about'];
const names = allNames.filter((name) => values.page?.includes(name) ?? true);
const themes = forGuide ? (['light'] as const) : (['light', 'dark'] as const);
const target = join(projectRoot, 'test-results', 'screenshots', 'pages');

interface Shot {
  readonly name: string;
  readonly language: Language;
  readonly theme: string;
  readonly width: number;
}

const pathOf = ({ name, language, theme, width }: Shot) =>
  forGuide
    ? join(projectRoot, 'docs', 'guide', language, 'images', `${name}.png`)
    : join(target, `${name.replace('/', '-')}-${language}-${theme}-${width}.png`);

/** Whatever is read, drawn or moved has come to rest; what never rests is photographed as it is. */
async function settle(page: Page): Promise<void> {
  await page
    .waitForFunction(() => document.querySelector('.loading, .ant-spin-spinning, .ag-loading') === null, undefined, {
      timeout: 10_000,
    })
    .catch(() => undefined);
  await page.waitForTimeout(600);
}

/** Some pages are about one record: the demo's first ones. */
const addressOf = (name: string) => (name === 'invoice' || name === 'batch' ? `#/${name}/1` : `#/${name}`);

/** The form as it is while somebody works: filled from a PDF, with one field in focus. */
async function workOn(page: Page): Promise<void> {
  await dropFiles(page, '.documents', [join(samplePdfs, '031002600111-00412080.pdf')]);
  await page.locator('.pdf-page canvas').waitFor();
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#invoice-billingNo')?.value !== '');
  await page.locator('#invoice-title').fill('杭州知行教育咨询公司');
  await page.locator('#invoice-billingNo').focus();
}

/** Orders at two of their stages: the demo has none. */
async function askCustomers(page: Page): Promise<void> {
  const accountId = 1;
  await invoke(page, 'merchant.saveContact', {
    accountId,
    contact: { phone: '0571-88001122', timeOutSeconds: 86_400 },
  });
  for (const [index, note] of ['王女士', '3 号桌', '李先生'].entries())
    await invoke(page, 'order.create', {
      accountId,
      order: { orderId: `WX2026112500${index + 1}`, moneyFen: 12_850 * (index + 1), note, kind: 'apply' },
    });
  await invoke(page, 'practice.authorise', { accountId, orderId: 'WX20261125002' });
  await invoke(page, 'order.check', { id: 2 });
}

const dataFolder = await mkdtemp(join(tmpdir(), 'fapiao-shots-'));
try {
  await mkdir(target, { recursive: true });
  const built = await run('vite', ['build', '--app', '--logLevel', 'warn']);
  if (built !== 0) process.exit(built);
  // Sixty orders, five of them faulty, the others issued to the practice server.
  await run(process.execPath, ['electron/cli.ts', 'demo'], { FAPIAO_DATA_DIR: dataFolder });
  const app = await electron.launch({
    executablePath: findElectron() ?? standInPath(),
    args: ['.'],
    cwd: projectRoot,
    env: { ...process.env, FAPIAO_DATA_DIR: dataFolder, FAPIAO_CHROMIUM: await ensureChromium() },
  });
  const page = await app.firstWindow();
  await page.getByRole('navigation').waitFor();
  await askCustomers(page);
  const unknownAddress = forGuide ? await makeUnknown(page) : '';
  let count = 0;
  for (const language of languages)
    for (const theme of themes) {
      await invoke(page, 'settings.write', { language, theme });
      for (const name of names) {
        await page.evaluate(
          (address) => {
            location.hash = address;
          },
          name === 'unknown' ? unknownAddress : addressOf(name),
        );
        if (name === 'issue') await (forGuide ? fillForm(page, 'WX202610130009') : workOn(page));
        for (const size of sizes) {
          await page.setViewportSize(size);
          await settle(page);
          await page.screenshot({ path: pathOf({ name, language, theme, width: size.width }) });
          count += 1;
        }
      }
    }
  await app.close();
  console.log(
    `${count} screenshots of ${names.length} pages in ${forGuide ? 'docs/guide' : 'test-results/screenshots/pages'}`,
  );
} finally {
  await rm(dataFolder, { recursive: true, force: true });
}
