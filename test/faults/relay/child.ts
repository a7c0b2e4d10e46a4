/** The program without a window, following its relays until it is killed or told to end. */
import { oneSecret, openDesktop } from './desktop.ts';

const [dataFolder = ''] = process.argv.slice(2);
const app = openDesktop(dataFolder, oneSecret(process.env['FAULT_RELAY_SECRET']));
const alive = setInterval(() => undefined, 60_000);
process.once('SIGTERM', () => {
  clearInterval(alive);
  void app.close();
});
await app.followRelays();
process.send?.('following');
// The channel alone would keep it alive after it was told to end.
process.channel?.unref();
