import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { _electron as electron, type Page } from '@playwright/test';
import { pageNames } from '../renderer/app/page-names.ts';
import { languages } from '../shared/text.ts';
import { standInPath } from '../test/support/electron/stand-in-path.ts';
import { ensureChromium } from './ensure-chromium.ts';
import { findElectron } from './find-electron.ts';
import { projectRoot, run } from './run.ts';

// npm run screenshots [-- --page records] [--size 1024x700]
const { values } = parseArgs({
  options: { page: { type: 'string', multiple: true }, size: { type: 'string', multiple: true } },
});
const sizes = (values.size ?? ['1280x800', '1024x700']).map((size) => {
  const [width = 0, height = 0] = size.split('x').map(Number);
  if (!(width > 0 && height > 0)) throw new RangeError(`--size ${size}: e.g. 1280x800 is wanted`);
  return { width, height };
});
const names = pageNames.filter((name) => values.page?.includes(name) ?? true);
const themes = ['light', 'dark'] as const;
const target = join(projectRoot, 'test-results', 'screenshots', 'pages');

/** Whatever is read, drawn or moved has come to rest; what never rests is photographed as it is. */
async function settle(page: Page): Promise<void> {
  await page
    .waitForFunction(() => document.querySelector('.loading, .ant-spin-spinning, .ag-loading') === null, undefined, {
      timeout: 10_000,
    })
    .catch(() => undefined);
  await page.waitForTimeout(600);
}

const invoke = (page: Page, name: string, input: unknown) =>
  page.evaluate(
    ([operation, argument]) =>
      // The preload script put it there.
      (window as unknown as { bridge: { invoke(name: string, input: unknown): Promise<unknown> } }).bridge.invoke(
        operation,
        argument,
      ),
    [name, input] as const,
  );

/** Some pages are about one record: the demo's first ones. */
const addressOf = (name: string) => (name === 'invoice' || name === 'batch' ? `#/${name}/1` : `#/${name}`);

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
  let count = 0;
  for (const language of languages)
    for (const theme of themes) {
      await invoke(page, 'settings.write', { language, theme });
      for (const name of names) {
        await page.evaluate((address) => {
          location.hash = address;
        }, addressOf(name));
        for (const size of sizes) {
          await page.setViewportSize(size);
          await settle(page);
          await page.screenshot({ path: join(target, `${name}-${language}-${theme}-${size.width}.png`) });
          count += 1;
        }
      }
    }
  await app.close();
  console.log(`${count} screenshots of ${names.length} pages in test-results/screenshots/pages`);
} finally {
  await rm(dataFolder, { recursive: true, force: true });
}
