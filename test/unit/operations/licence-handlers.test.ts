import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLicenceHandlers } from '../../../electron/operations/licence-handlers.ts';
import { ok } from '../../../shared/result.ts';
import { createTempFolder } from '../../support/temp-folder.ts';

const shipped = [
  { name: 'zod', version: '4.6.7', licence: 'MIT', text: 'MIT of zod' },
  { name: 'undici', version: '8.12.4', licence: 'MIT', text: 'MIT of undici' },
];

function handlersOf(content: string) {
  const licencesFile = join(createTempFolder(), 'licences.json');
  writeFileSync(licencesFile, content);
  return createLicenceHandlers({ licencesFile });
}

test('the list comes without the texts, and each text by name and version', async () => {
  const handlers = handlersOf(JSON.stringify(shipped));
  expect(await handlers['app.licences']({})).toEqual(
    ok({ packages: shipped.map(({ name, version, licence }) => ({ name, version, licence })) }),
  );
  expect(await handlers['app.licenceText']({ name: 'undici', version: '8.12.4' })).toEqual(
    ok({ text: 'MIT of undici' }),
  );
  expect(await handlers['app.licenceText']({ name: 'undici', version: '1.0.0' })).toMatchObject({
    ok: false,
    error: { code: 'file.not-found' },
  });
});

test('the sources have no list, and a file that is not one is no list either', async () => {
  expect(await createLicenceHandlers({ licencesFile: undefined })['app.licences']({})).toEqual(ok({ packages: [] }));
  await expect(handlersOf('{"packages":1}')['app.licences']({})).rejects.toThrow();
});
