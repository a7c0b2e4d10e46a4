import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { ensureChromium } from './ensure-chromium.ts';
import { icnsFile, icoFile, type Picture } from './packaging/icon-files.ts';
import { projectRoot } from './run.ts';

// npm run icons: the native icons, drawn from resources/icons/icon.svg
const folder = join(projectRoot, 'resources', 'icons');
const svg = readFileSync(join(folder, 'icon.svg'), 'utf8');
/** macOS leaves the air around an icon to the icon. */
const macShare = 824 / 1024;

async function draw(page: Page, size: number, share: number): Promise<Picture> {
  const drawn = await page.evaluate(
    async ([source, side, part]) => {
      const image = new Image();
      image.src = `data:image/svg+xml;base64,${btoa(String.fromCharCode(...new TextEncoder().encode(source)))}`;
      await image.decode();
      const canvas = new OffscreenCanvas(side, side);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      const edge = Math.round((side * (1 - part)) / 2);
      context.drawImage(image, edge, edge, side - 2 * edge, side - 2 * edge);
      const png = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
      return { png: [...png], pixels: [...context.getImageData(0, 0, side, side).data] };
    },
    [svg, size, share] as const,
  );
  return { size, png: Buffer.from(drawn.png), pixels: Buffer.from(drawn.pixels) };
}

async function drawAll(page: Page, sizes: readonly number[], share: number): Promise<readonly Picture[]> {
  const pictures: Picture[] = [];
  for (const size of sizes) pictures.push(await draw(page, size, share));
  return pictures;
}

const browser = await chromium.launch({ executablePath: await ensureChromium() });
try {
  const page = await browser.newPage();
  writeFileSync(join(folder, 'icon.ico'), icoFile(await drawAll(page, [16, 24, 32, 48, 64, 128, 256], 1)));
  writeFileSync(join(folder, 'icon.icns'), icnsFile(await drawAll(page, [16, 32, 64, 128, 256, 512, 1024], macShare)));
} finally {
  await browser.close();
}
console.log(`icon.ico and icon.icns written to ${folder}`);
