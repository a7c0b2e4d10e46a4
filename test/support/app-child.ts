/**
 * The program in a process of its own, to be killed in the middle of its work: issues the invoice named on the command
 * line from the data folder named before it.
 */
import { createEnvironmentSecretStore } from '../../electron/accounts/secret-store.ts';
import { createApp } from '../../electron/app.ts';
import { systemClock } from '../../electron/support/clock.ts';
import { createMemoryLog } from '../../electron/support/log.ts';

const [dataFolder = '', operation = '', invoiceId = ''] = process.argv.slice(2);
const app = createApp({
  dataFolder,
  version: '0.0.0-test',
  program: 'child',
  secrets: createEnvironmentSecretStore(process.env),
  clock: systemClock,
  log: createMemoryLog(),
  emit: () => {},
});
if (!app.ok) throw new Error(app.error.text.en);
const result = await app.value.call(operation, { invoiceId: Number(invoiceId) });
process.stdout.write(JSON.stringify(result));
await app.value.close();
