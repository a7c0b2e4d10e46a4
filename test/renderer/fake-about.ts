import type { Handlers } from '../../shared/contract/contract.ts';
import type { PackageLicence } from '../../shared/contract/licence-operations.ts';
import type { UpdateState } from '../../shared/contract/update-operations.ts';
import { appError } from '../../shared/errors/app-error.ts';
import { fail, ok } from '../../shared/result.ts';

export interface AboutWorld {
  update: UpdateState;
  licences: readonly (PackageLicence & { readonly text: string })[];
}

/** A copy that can be updated, and has not looked yet. */
export function fakeUpdate(part: Partial<UpdateState> = {}): UpdateState {
  return {
    stage: 'idle',
    offReason: null,
    current: '0.1.0',
    offered: null,
    percent: 0,
    checkedAt: null,
    error: null,
    ...part,
  };
}

/** What the program says about itself as a product. */
export function createAboutHandlers(world: AboutWorld) {
  const move = async (part: Partial<UpdateState>) => {
    world.update = { ...world.update, ...part };
    return ok(world.update);
  };
  return {
    'update.state': async () => ok(world.update),
    'update.check': () => move({ stage: 'idle', checkedAt: '2026-11-27T08:00:00.000Z', error: null }),
    'update.download': () => move({ stage: 'ready', percent: 100 }),
    'update.install': () => move({ stage: 'installing' }),
    'app.licences': async () =>
      ok({ packages: world.licences.map(({ name, version, licence }) => ({ name, version, licence })) }),
    'app.licenceText': async ({ name }) => {
      const found = world.licences.find((one) => one.name === name);
      return found ? ok({ text: found.text }) : fail(appError('file.not-found', { file: name }));
    },
  } satisfies Partial<Handlers>;
}
