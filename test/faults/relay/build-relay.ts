import { join } from 'node:path';
import { createBuilder } from 'vite';
import { projectRoot } from '../../../scripts/run.ts';

/** Builds the relay as it is deployed, beside what is built for people. @returns its script, from the project's root */
export async function buildRelay(): Promise<string> {
  const folder = join('test-results', 'faults', 'relay');
  const builder = await createBuilder({
    configFile: join(projectRoot, 'vite.config.ts'),
    logLevel: 'warn',
    environments: { relay: { build: { outDir: join(projectRoot, folder) } } },
  });
  const { relay } = builder.environments;
  if (!relay) throw new Error('the configuration has no relay');
  await builder.build(relay);
  return join(folder, 'main.js');
}
