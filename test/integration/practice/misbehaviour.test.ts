import { connect } from 'node:net';
import { expect, test } from 'vitest';
import type { MisbehaviourInput } from '../../../electron/practice/practice-types.ts';
import { insertRequest, type RawClient, startShop } from './practice-client.ts';

interface Seen {
  readonly text: string;
  readonly end: 'fin' | 'rst' | 'open';
}

/** Sends bytes by hand and tells what came back and how the connection ended. */
function talk(port: number, request: string, waitMs = 2000): Promise<Seen> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    let text = '';
    const done = (end: Seen['end']) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ text, end });
    };
    const timer = setTimeout(() => done('open'), waitMs);
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    socket.on('end', () => done('fin'));
    socket.on('error', () => done('rst'));
  });
}

async function startWithInsert(rule?: Omit<MisbehaviourInput, 'path'>) {
  const stage = await startShop();
  const body = insertRequest(stage.cardId, await stage.client.pdf());
  if (rule !== undefined) await stage.control.misbehave({ path: '/card/invoice/insert', ...rule });
  const bytes = JSON.stringify(body);
  const request = `POST ${stage.client.withToken('/card/invoice/insert')} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(bytes)}\r\nConnection: close\r\n\r\n${bytes}`;
  const cards = async () => (await stage.control.books()).cards.length;
  return { ...stage, body, cards, talk: (waitMs?: number) => talk(stage.server.port, request, waitMs) };
}

const bodyOf = ({ text }: Seen) => text.split('\r\n\r\n').slice(1).join('\r\n\r\n');
const lengthOf = ({ text }: Seen) => Number(/content-length: (\d+)/i.exec(text)?.[1]);

test('left alone, the raw client sees a whole answer', async () => {
  const { talk: say, cards } = await startWithInsert();
  const seen = await say();
  expect(seen.end).toBe('fin');
  expect(bodyOf(seen)).toHaveLength(lengthOf(seen));
  expect(JSON.parse(bodyOf(seen))).toMatchObject({ errcode: 0 });
  expect(await cards()).toBe(1);
});

test.each([
  ['drop-before', 'fin', 0],
  ['drop-before', 'rst', 0],
  ['drop-after', 'fin', 1],
  ['drop-after', 'rst', 1],
] as const)('%s by %s sends nothing and leaves %i card(s)', async (kind, end, made) => {
  const { talk: say, cards } = await startWithInsert({ kind, end });
  expect(await say()).toEqual({ text: '', end });
  expect(await cards()).toBe(made);
});

test('errcode answers any code without doing the work, or after doing it', async () => {
  const { client, control, body, cards } = await startWithInsert({ kind: 'errcode', errcode: 45009 });
  expect(await client.insert(body)).toMatchObject({
    errcode: 45009,
    errmsg: expect.stringMatching(/^reach max.* rid: /),
  });
  expect(await cards()).toBe(0);
  await control.misbehave({ kind: 'errcode', errcode: -1, errmsg: 'system busy', processed: true });
  expect(await client.insert(body)).toMatchObject({ errcode: -1, errmsg: expect.stringMatching(/^system busy rid/) });
  expect(await cards()).toBe(1);
});

test('delay-ms answers late but rightly', async () => {
  const { client, body } = await startWithInsert({ kind: 'delay-ms', milliseconds: 60 });
  const before = performance.now();
  expect((await client.insert(body))['errcode']).toBe(0);
  expect(performance.now() - before).toBeGreaterThan(55);
});

test('late-reply does the work at once and answers when nobody waits any more', async () => {
  const { talk: say, cards } = await startWithInsert({ kind: 'late-reply', milliseconds: 1500 });
  expect(await say(200)).toEqual({ text: '', end: 'open' });
  expect(await cards()).toBe(1);
});

test('token-expired makes the token really expire', async () => {
  const { client, body, cards } = await startWithInsert({ kind: 'token-expired' });
  expect((await client.insert(body))['errcode']).toBe(42001);
  expect((await client.insert(body))['errcode']).toBe(42001);
  await client.login();
  expect((await client.insert(body))['errcode']).toBe(0);
  expect(await cards()).toBe(1);
});

test('garbage-body is no text, html-200 is a page', async () => {
  const { talk: say, control } = await startWithInsert({ kind: 'garbage-body' });
  const garbage = await say();
  expect(garbage.text.startsWith('HTTP/1.1 200')).toBe(true);
  expect(bodyOf(garbage)).toContain('\x00');
  await control.misbehave({ kind: 'html-200' });
  const page = await say();
  expect(page.text).toMatch(/^HTTP\/1\.1 200[\s\S]*content-type: text\/html/i);
  expect(bodyOf(page)).toContain('<!DOCTYPE html>');
});

test('http-status answers that status, by default without doing the work', async () => {
  const { talk: say, cards, control } = await startWithInsert({ kind: 'http-status', status: 503 });
  expect((await say()).text.startsWith('HTTP/1.1 503')).toBe(true);
  expect(await cards()).toBe(0);
  await control.misbehave({ kind: 'http-status', processed: true });
  expect((await say()).text.startsWith('HTTP/1.1 502')).toBe(true);
  expect(await cards()).toBe(1);
});

test('truncated-body promises more than it sends, by FIN', async () => {
  const { talk: say, cards } = await startWithInsert({ kind: 'truncated-body' });
  const seen = await say();
  expect(seen.end).toBe('fin');
  expect(bodyOf(seen).length).toBeGreaterThan(0);
  expect(bodyOf(seen).length).toBeLessThan(lengthOf(seen));
  expect(await cards()).toBe(1);
});

test('truncated-body can end by RST', async () => {
  const { talk: say } = await startWithInsert({ kind: 'truncated-body', end: 'rst' });
  expect((await say()).end).toBe('rst');
});

test('wrong-content-length sends more than it promises', async () => {
  const { talk: say } = await startWithInsert({ kind: 'wrong-content-length' });
  const seen = await say();
  expect(bodyOf(seen).length).toBeGreaterThan(lengthOf(seen));
});

test('gzip-junk says gzip and is none', async () => {
  const { client, body, cards } = await startWithInsert({ kind: 'gzip-junk' });
  const answer = await client.send('POST', client.withToken('/card/invoice/insert'), JSON.stringify(body));
  expect(answer.headers['content-encoding']).toBe('gzip');
  expect(answer.bytes.subarray(0, 2).toString('hex')).toBe('1f8b');
  expect(await cards()).toBe(1);
});

test('slow-drip sends the right answer byte by byte', async () => {
  const { talk: say } = await startWithInsert({ kind: 'slow-drip', milliseconds: 1 });
  const seen = await say(10_000);
  expect(JSON.parse(bodyOf(seen))).toMatchObject({ errcode: 0 });
});

test('hang never answers, and the server still closes', async () => {
  const { talk: say, server, cards } = await startWithInsert({ kind: 'hang' });
  expect(await say(300)).toEqual({ text: '', end: 'open' });
  expect(await cards()).toBe(0);
  const waiting = say(5000);
  await server.close();
  expect((await waiting).end).not.toBe('open');
});

async function errcodes(client: RawClient, count: number): Promise<unknown[]> {
  const found = [];
  for (let done = 0; done < count; done += 1) found.push((await client.post('/card/invoice/seturl', {}))['errcode']);
  return found;
}

test('a misbehaviour skips, counts and ends, on its path only', async () => {
  const { client, control } = await startShop();
  await control.misbehave({ kind: 'errcode', errcode: 45011, path: '/card/invoice/seturl', skip: 1, times: 2 });
  expect((await client.template())['errcode']).toBe(0);
  expect(await errcodes(client, 5)).toEqual([0, 45011, 45011, 0, 0]);
});

test('a chance with a seed hits the same calls at every run', async () => {
  const rule = { kind: 'errcode', errcode: 45011, path: '/card/', times: 100, probability: 0.4, seed: 7 } as const;
  const runs = [];
  for (let run = 0; run < 2; run += 1) {
    const { client, control } = await startShop();
    await control.misbehave(rule);
    runs.push(await errcodes(client, 30));
  }
  expect(runs[0]).toEqual(runs[1]);
  expect(new Set(runs[0])).toEqual(new Set([0, 45011]));
});

test('behave ends everything that was still to come', async () => {
  const { client, control } = await startShop();
  await control.misbehave({ kind: 'errcode', times: 50 });
  expect(await control.misbehaviours()).toMatchObject([{ kind: 'errcode', times: 50 }]);
  await control.behave();
  expect(await errcodes(client, 2)).toEqual([0, 0]);
});

test('the books tell of every call what was answered and whether the work was done', async () => {
  const { client, control, body } = await startWithInsert({ kind: 'drop-before' });
  await expect(client.insert(body)).rejects.toThrow();
  await control.misbehave({ kind: 'html-200' });
  await client.send('POST', client.withToken('/card/invoice/insert'), JSON.stringify(body));
  await client.insert(body);
  const calls = (await control.books()).calls.filter(({ path }) => path === '/card/invoice/insert');
  expect(calls.map(({ misbehaviour, processed, errcode }) => [misbehaviour, processed, errcode])).toEqual([
    ['drop-before', false, null],
    ['html-200', true, 0],
    [null, true, 72056],
  ]);
  expect(calls[1]?.body).toContain(body.order_id);
});
