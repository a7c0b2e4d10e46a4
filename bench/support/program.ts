import { createEnvironmentSecretStore } from '../../electron/accounts/secret-store.ts';
import { type App, createApp } from '../../electron/app.ts';
import { systemClock } from '../../electron/support/clock.ts';
import { createStderrLog } from '../../electron/support/log.ts';
import type { OperationName, OutputOf, RequestOf } from '../../shared/contract/contract.ts';

/** The program without a window; whoever opens it closes it. */
export function openProgram(dataFolder: string): App {
  const created = createApp({
    dataFolder,
    version: '0.0.0-bench',
    program: 'bench',
    secrets: createEnvironmentSecretStore({}),
    clock: systemClock,
    log: createStderrLog('error'),
    emit: () => {},
    ticker: { every: () => () => {} },
  });
  if (!created.ok) throw new Error(created.error.text.en);
  return created.value;
}

/** The output of an operation that has to succeed. */
export async function succeed<Name extends OperationName>(app: App, name: Name, request: RequestOf<Name>) {
  const answer = await app.call(name, request);
  if (!answer.ok) throw new Error(`${name} failed: ${JSON.stringify(answer.error)}`);
  return answer.value as OutputOf<Name>; // the handler's own output type
}

/** Milliseconds until every invoice can be found by its texts. */
export async function prepareIndex(app: App): Promise<number> {
  const begun = performance.now();
  for (;;) {
    const { preparing } = await succeed(app, 'record.search', { text: '没有这样的公司' });
    if (!preparing) return performance.now() - begun;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
