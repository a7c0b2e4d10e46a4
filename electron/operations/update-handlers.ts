import type { Handlers } from '../../shared/contract/contract.ts';
import { ok } from '../../shared/result.ts';
import type { HandlerParts } from './handler-parts.ts';

type Names = 'update.state' | 'update.check' | 'update.download' | 'update.install';

/** The program's own updates, each step by a person's decision. */
export function createUpdateHandlers({ updates }: Pick<HandlerParts, 'updates'>): Pick<Handlers, Names> {
  return {
    'update.state': async () => ok(updates.read()),
    'update.check': () => updates.check(),
    'update.download': () => updates.download(),
    'update.install': () => updates.install(),
  };
}
