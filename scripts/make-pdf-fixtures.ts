import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFixtures } from './pdf-fixtures/kinds.ts';
import { projectRoot } from './run.ts';

/** Writes the invoice PDFs of the tests with what they truly say, and removes those of earlier runs. */
async function writeFixtures(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) await rm(join(folder, name));
  const fixtures = await makeFixtures();
  for (const { name, pdf, truth } of fixtures) {
    await writeFile(join(folder, `${name}.pdf`), pdf);
    await writeFile(join(folder, `${name}.json`), `${JSON.stringify(truth, null, 2)}\n`);
  }
  console.log(`${fixtures.length} invoices in ${folder}`);
}

await writeFixtures(join(projectRoot, 'test', 'fixtures', 'pdf'));
