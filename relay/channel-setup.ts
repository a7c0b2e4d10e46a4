import { randomBytes, randomInt } from 'node:crypto';
import { type Pairing, writePairingCode } from '../electron/accounts/pairing-code.ts';
import { createKey, hashOfKey } from './admit-device.ts';
import type { Channel, RelayStore } from './store/store.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Chance letters and digits, as WeChat's console wants them. */
const randomLetters = (length: number): string =>
  Array.from({ length }, () => letters[randomInt(letters.length)]).join('');

export interface NewChannel {
  /** Where the relay is reached from outside, without a slash at its end. */
  readonly url: string;
  readonly forwardUrl: string | null;
  readonly mode: Channel['mode'];
  /** Of an account whose console has these already; absent: new ones. */
  readonly token?: string | undefined;
  readonly encodingAesKey?: string | undefined;
}

/** What is entered in WeChat's console, and the word that is entered in the program. */
export interface ChannelWords {
  /** URL of WeChat's console. */
  readonly pushUrl: string;
  readonly token: string;
  /** Known to WeChat and the program only: the relay keeps it nowhere. */
  readonly encodingAesKey: string;
  readonly pairingCode: string;
  readonly channel: string;
}

/** Makes a channel and its first device. */
export async function setUpChannel(store: RelayStore, wanted: NewChannel, now: number): Promise<ChannelWords> {
  const { url, forwardUrl, mode, token = randomLetters(32), encodingAesKey = randomLetters(43) } = wanted;
  const channel = randomBytes(9).toString('base64url').replaceAll(/[-_]/g, '0');
  await store.saveChannel({ id: channel, token, mode, forwardUrl });
  const pairingCode = await addDevice(store, { url, channel, token, encodingAesKey }, now);
  return { pushUrl: `${url}/wechat/${channel}`, token, encodingAesKey, pairingCode, channel };
}

/** Lets another desktop read a channel. @returns its pairing code */
export async function addDevice(store: RelayStore, pairing: Omit<Pairing, 'key'>, now: number): Promise<string> {
  const key = createKey();
  const id = randomBytes(6).toString('hex');
  await store.addDevice({ id, channel: pairing.channel }, hashOfKey(key), now);
  return writePairingCode({ ...pairing, key });
}
