import type { mayCarryKey } from '../../../electron/accounts/pairing-code.ts';
import type { allowedOutside } from '../../../electron/shell/guard-contents.ts';
import type { checkBaseUrl } from '../../../electron/wechat/base-url.ts';
import type { FaultOptions, FaultResult, FaultRow } from '../row.ts';
import { oddUrls } from '../security/odd-urls.ts';
import { biteAll, importShell, type Played } from '../security/plays.ts';
import type { SourcePlant } from '../source-plant.ts';

const sources = {
  outside: 'electron/shell/guard-contents.ts',
  base: 'electron/wechat/base-url.ts',
  relay: 'electron/accounts/pairing-code.ts',
} as const;

const isLoopback = (hostname: string) => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);

/** What may be, said once more and in another way, from the address as the system reads it. */
function expected(address: string) {
  const url = URL.parse(address);
  if (!url) return { outside: false, secret: false };
  const isBare = url.href === `${url.protocol}//${url.host}${url.pathname}${url.search}${url.hash}`;
  const isSecure = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  const known = ['https://mp.weixin.qq.com', 'https://developers.weixin.qq.com'];
  return {
    outside: isBare && known.includes(url.origin) && url.protocol === 'https:',
    secret: isBare && isSecure && !address.includes('?') && !address.includes('#'),
  };
}

async function play(plant: SourcePlant | undefined): Promise<Played> {
  const of = (source: string) => importShell(source, plant?.file === source ? plant : undefined);
  const [outside, base, relay] = [await of(sources.outside), await of(sources.base), await of(sources.relay)];
  const isOutside = outside['allowedOutside'] as typeof allowedOutside; // as exported there, these three
  const check = base['checkBaseUrl'] as typeof checkBaseUrl;
  const mayCarry = relay['mayCarryKey'] as typeof mayCarryKey;
  const wrong: string[] = [];
  for (const url of oddUrls) {
    const right = expected(url);
    if ((isOutside(url) !== undefined) !== right.outside) wrong.push(`opened in the browser: ${url.slice(0, 80)}`);
    const checked = check(url);
    if (checked.ok !== right.secret) wrong.push(`takes secrets: ${url.slice(0, 80)}`);
    if (!checked.ok && /user:pass|x=1/.test(JSON.stringify(checked.error))) wrong.push(`told with its secrets: ${url}`);
    if (
      URL.canParse(url) &&
      mayCarry(url) &&
      !/^(https|http:\/\/(127\.0\.0\.1|localhost|\[::1\]))/.test(URL.parse(url)?.href ?? '')
    )
      wrong.push(`takes a relay's key: ${url.slice(0, 80)}`);
  }
  return { cases: oddUrls.length, wrong };
}

const plants: readonly SourcePlant[] = [
  {
    name: 'the host is compared by its beginning',
    file: sources.outside,
    from: 'outsideHosts.has(hostname)',
    to: '[...outsideHosts].some((host) => hostname.startsWith(host))',
  },
  { name: 'a user name in the address is no matter', file: sources.base, from: "parsed.username === '' &&", to: '' },
  {
    name: 'http is allowed everywhere',
    file: sources.base,
    from: "(parsed.protocol === 'http:' && loopback.test(parsed.hostname))",
    to: "parsed.protocol === 'http:'",
  },
  {
    name: "a relay's key travels in the clear",
    file: sources.relay,
    from: "return protocol === 'https:' ||",
    to: "return protocol.startsWith('http') ||",
  },
];

async function run({ say }: FaultOptions): Promise<FaultResult> {
  const { cases, wrong } = await play(undefined);
  for (const one of wrong.slice(0, 20)) say(one);
  return {
    figure: `${cases} addresses: ${wrong.length} opened, trusted or told wrongly`,
    ok: cases >= 200 && wrong.length === 0,
    bites: await biteAll(plants, play, say),
  };
}

export const row: FaultRow = {
  id: 'I5',
  title: 'which addresses are opened, and which are trusted with a secret',
  run,
};
