import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeSamples } from './samples/make-samples.ts';

/** Writes the sample table and its PDFs into a folder, and removes PDFs of earlier runs. */
async function writeSamples(folder: string): Promise<void> {
  const pdfFolder = join(folder, 'pdf');
  await mkdir(pdfFolder, { recursive: true });
  const samples = await makeSamples();
  for (const name of await readdir(pdfFolder)) if (!samples.has(`pdf/${name}`)) await rm(join(pdfFolder, name));
  for (const [name, bytes] of samples) await writeFile(join(folder, name), bytes);
  console.log(`${samples.size} files in ${folder}`);
}

const resources = join(dirname(fileURLToPath(import.meta.url)), '..', 'resources');
await writeSamples(join(resources, 'samples'));
