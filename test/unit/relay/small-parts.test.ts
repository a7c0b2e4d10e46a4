import { describe, expect, it } from 'vitest';
import { type Pairing, readPairingCode, writePairingCode } from '../../../electron/accounts/pairing-code.ts';
import { createBell } from '../../../relay/bell.ts';
import { readCursor, writeCursor } from '../../../relay/cursor.ts';
import { createLimiter } from '../../../relay/limits.ts';
import { sampleFiles } from '../../../relay/samples.ts';

const pairing: Pairing = {
  url: 'https://relay.example.com/fapiao',
  channel: 'abcd1234',
  key: 'k'.repeat(43),
  token: 't'.repeat(32),
  encodingAesKey: 'a'.repeat(43),
};

describe('a pairing code', () => {
  it('is one word that reads back as what was written', () => {
    const code = writePairingCode(pairing);
    expect(code).toMatch(/^fapiao-relay-1\.[\w-]+$/);
    expect(readPairingCode(` ${code.slice(0, 50)}\n${code.slice(50)}\t`)).toEqual({ ok: true, value: pairing });
  });

  it('loses the slash at the end of its address', () => {
    const code = writePairingCode({ ...pairing, url: 'https://relay.example.com/' });
    expect(readPairingCode(code)).toMatchObject({ value: { url: 'https://relay.example.com' } });
  });

  it.each([
    ['', 'not-a-code'],
    ['fapiao-relay-2.abc', 'not-a-code'],
    ['fapiao-relay-1.%%%', 'not-a-code'],
    [`fapiao-relay-1.${Buffer.from('{').toString('base64url')}`, 'incomplete'],
    [`fapiao-relay-1.${Buffer.from('{}').toString('base64url')}`, 'incomplete'],
    [writePairingCode({ ...pairing, encodingAesKey: 'short' }), 'incomplete'],
    [writePairingCode({ ...pairing, url: 'ftp://relay.example.com' }), 'incomplete'],
    [writePairingCode({ ...pairing, url: 'http://relay.example.com' }), 'insecure-address'],
    [writePairingCode({ ...pairing, url: 'http://127.0.0.1.example.com' }), 'insecure-address'],
  ])('%s is refused as %s', (code, fault) => {
    expect(readPairingCode(code)).toEqual({ ok: false, error: fault });
  });

  it.each(['http://127.0.0.1:8787', 'http://localhost:1', 'http://[::1]:1'])('may lead to this computer, %s', (url) => {
    expect(readPairingCode(writePairingCode({ ...pairing, url })).ok).toBe(true);
  });
});

describe('a cursor', () => {
  it.each(['12', '1700000000000-0'])('at %s reads back as what was written', (position) => {
    const cursor = { epoch: 'e-_1', channel: 'c', position, check: 'x_-' };
    expect(readCursor(writeCursor(cursor))).toEqual(cursor);
  });

  it.each(['', 'a.b.c', 'a.b.c.d.e', 'a b.c.d.e', "a.b.1' OR.e"])('is not %j', (text) => {
    expect(readCursor(text)).toBeUndefined();
  });
});

describe('the limiter', () => {
  const limits = { perSecond: 2, burst: 3, wrongKeysPerMinute: 2 };

  it('lets a burst through, then as many as the rate, each address for itself', () => {
    let now = 0;
    const limiter = createLimiter(limits, () => now);
    const asks = (address: string, times: number) =>
      Array.from({ length: times }, () => limiter.mayAsk(address)).filter(Boolean).length;
    expect(asks('a', 5)).toBe(3);
    expect(asks('b', 5)).toBe(3);
    now += 1000;
    expect(asks('a', 5)).toBe(2);
    now += 3_600_000;
    expect(asks('a', 9)).toBe(3);
  });

  it('looks at no more keys of somebody who brings wrong ones, for a while', () => {
    let now = 0;
    const limiter = createLimiter(limits, () => now);
    expect(limiter.mayTryKeys('a')).toBe(true);
    limiter.noteWrongKey('a');
    limiter.noteWrongKey('a');
    expect(limiter.mayTryKeys('a')).toBe(false);
    expect(limiter.mayTryKeys('b')).toBe(true);
    now += 30_000;
    expect(limiter.mayTryKeys('a')).toBe(true);
  });

  it('gives nobody more by a clock that is put back', () => {
    let now = 10_000;
    const limiter = createLimiter(limits, () => now);
    for (let count = 0; count < 3; count += 1) limiter.mayAsk('a');
    now = 0;
    expect(limiter.mayAsk('a')).toBe(false);
  });

  it('forgets the address that it has not heard of for longest, not the one that asks all the time', () => {
    const limiter = createLimiter({ ...limits, burst: 1 }, () => 0);
    expect(limiter.mayAsk('busy')).toBe(true);
    for (let number = 0; number < 20_000; number += 1) {
      limiter.mayAsk(`address ${number}`);
      if (number % 1000 === 0) expect(limiter.mayAsk('busy')).toBe(false);
    }
  });
});

describe('the bell', () => {
  const never = new AbortController().signal;

  it('wakes those who wait for the channel, and those only', async () => {
    const bell = createBell();
    const [one, other] = [bell.watch('a'), bell.watch('b')];
    const woken: string[] = [];
    const first = one.next(60_000, never).then(() => woken.push('a'));
    const stop = new AbortController();
    const second = other.next(60_000, stop.signal).then(() => woken.push('b'));
    bell.ring('a');
    await first;
    expect(woken).toEqual(['a']);
    stop.abort();
    await second;
  });

  it('is not missed between two waits', async () => {
    const bell = createBell();
    const watch = bell.watch('a');
    bell.ring('a');
    await watch.next(3_600_000, never);
    const stop = new AbortController();
    const again = watch.next(3_600_000, stop.signal);
    stop.abort();
    await again;
    watch.end();
    bell.ring('a');
  });

  it('lets nobody wait for longer than they will', async () => {
    await createBell().watch('a').next(1, never);
  });
});

it('the sample files name the address and keep the store where it outlives the container', () => {
  const files = sampleFiles('https://relay.example.com');
  expect(Object.keys(files)).toEqual(['Dockerfile', 'fapiao-relay.service', 'Caddyfile']);
  expect(files['Caddyfile']).toContain('relay.example.com {');
  expect(files['Dockerfile']).toContain('VOLUME /data');
});
