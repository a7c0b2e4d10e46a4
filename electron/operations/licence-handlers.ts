import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import type { Handlers } from '../../shared/contract/contract.ts';
import { appError } from '../../shared/errors/app-error.ts';
import { fail, ok } from '../../shared/result.ts';
import type { HandlerParts } from './handler-parts.ts';

/** What the build writes beside the main script. */
const licenceFileSchema = z.array(
  z.object({ name: z.string(), version: z.string(), licence: z.string(), text: z.string() }),
);

type Names = 'app.licences' | 'app.licenceText';

/** What the program is made with, from the file that ships with it. */
export function createLicenceHandlers({ licencesFile }: Pick<HandlerParts, 'licencesFile'>): Pick<Handlers, Names> {
  const read = async () =>
    licencesFile === undefined ? [] : licenceFileSchema.parse(JSON.parse(await readFile(licencesFile, 'utf8')));
  return {
    'app.licences': async () =>
      ok({ packages: (await read()).map(({ name, version, licence }) => ({ name, version, licence })) }),
    'app.licenceText': async ({ name, version }) => {
      const found = (await read()).find((one) => one.name === name && one.version === version);
      return found ? ok({ text: found.text }) : fail(appError('file.not-found', { file: `${name} ${version}` }));
    },
  };
}
