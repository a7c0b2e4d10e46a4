import type { Handlers } from '../../shared/contract/contract.ts';
import type { PackageLicence } from '../../shared/contract/licence-operations.ts';
import { appError } from '../../shared/errors/app-error.ts';
import { fail, ok } from '../../shared/result.ts';

export interface AboutWorld {
  licences: readonly (PackageLicence & { readonly text: string })[];
}

/** What the program says about itself as a product. */
export function createAboutHandlers(world: AboutWorld) {
  return {
    'app.licences': async () =>
      ok({ packages: world.licences.map(({ name, version, licence }) => ({ name, version, licence })) }),
    'app.licenceText': async ({ name }) => {
      const found = world.licences.find((one) => one.name === name);
      return found ? ok({ text: found.text }) : fail(appError('file.not-found', { file: name }));
    },
  } satisfies Partial<Handlers>;
}
