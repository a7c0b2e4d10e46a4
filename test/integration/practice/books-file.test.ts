import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startPracticeServer } from '../../../electron/practice/practice-server.ts';
import { createRawClient, insertRequest, shop, smallPdf, startShop } from './practice-client.ts';

async function temporaryBooks(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'practice-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'deep', 'books.json');
}

test('after a restart everything is as it was: cards, PDFs, tokens, settings, clock', async () => {
  const booksFile = await temporaryBooks();
  const { server, client, control, cardId } = await startShop({ booksFile });
  const token = await client.login();
  const content = smallPdf('kept');
  const mediaId = String((await client.upload({ content }))['s_media_id']);
  const body = insertRequest(cardId, mediaId);
  const { code } = await client.insert(body);
  await control.advance(60);
  await control.settings({ pdfLimitBytes: 12_345 });
  const link = await control.redirectLink({ code: String(code) });
  const before = server.books();
  await server.close();
  const again = await startShop({ booksFile });
  const after = again.server.books();
  expect(after.cards).toEqual(before.cards);
  expect(after.pdfs).toEqual(before.pdfs);
  expect(after.settings).toEqual(before.settings);
  again.client.setToken(token);
  expect((await again.client.insert(body))['errcode']).toBe(72056);
  const decrypted = await again.client.post('/card/code/decrypt', { encrypt_code: link.encryptCode });
  expect(decrypted['code']).toBe(code);
  const asked = { action: 'get_url', s_media_id: mediaId };
  const { pdf_url: url } = await again.client.post('/card/invoice/platform/getpdf?action=get_url', asked);
  const { pathname, search } = new URL(String(url));
  expect((await again.client.send('GET', `${pathname}${search}`)).bytes.equals(content)).toBe(true);
});

test('a card is on the disk before its answer leaves', async () => {
  const booksFile = await temporaryBooks();
  const { client, cardId } = await startShop({ booksFile });
  const bodies = [];
  for (let count = 0; count < 5; count += 1) bodies.push(insertRequest(cardId, await client.pdf()));
  const codes = await Promise.all(
    bodies.map(async (body) => {
      const { code } = await client.insert(body);
      const stored = (await readFile(`${booksFile}.journal`, 'utf8')).includes(`["cards","${code}",`);
      return { code, stored };
    }),
  );
  expect(codes.map(({ stored }) => stored)).toEqual([true, true, true, true, true]);
});

test('a copy of the files taken without closing holds every answered card, torn last line or not', async () => {
  const booksFile = await temporaryBooks();
  const { client, cardId } = await startShop({ booksFile });
  const { code } = await client.insert(insertRequest(cardId, await client.pdf()));
  const copy = await temporaryBooks();
  await (await startPracticeServerOrThrow(copy)).close();
  await writeFile(copy, await readFile(booksFile));
  await writeFile(`${copy}.journal`, await readFile(`${booksFile}.journal`));
  await appendFile(`${copy}.journal`, '[["cards","torn",{"code":"to');
  const server = await startPracticeServerOrThrow(copy);
  expect(server.books().cards.map((card) => card.code)).toEqual([code]);
  await server.close();
});

async function startPracticeServerOrThrow(booksFile: string) {
  const started = await startPracticeServer({ booksFile });
  if (!started.ok) throw new Error(started.error.text.en);
  return started.value;
}

test('a journal of an older generation is not applied to a newer snapshot', async () => {
  const booksFile = await temporaryBooks();
  const { server, client, control, cardId } = await startShop({ booksFile });
  await client.insert(insertRequest(cardId, await client.pdf()));
  const journal = await readFile(`${booksFile}.journal`);
  await control.reset();
  await server.close();
  await writeFile(`${booksFile}.journal`, journal);
  const again = await startPracticeServerOrThrow(booksFile);
  expect(again.books().cards).toEqual([]);
  await again.close();
});

test('books that cannot be read stop the start and stay untouched', async () => {
  const booksFile = await temporaryBooks();
  await (await startPracticeServerOrThrow(booksFile)).close();
  await writeFile(booksFile, '{"generation":1,"tables":');
  const started = await startPracticeServer({ booksFile });
  expect(started).toMatchObject({ ok: false, error: { code: 'file.not-readable' } });
  expect(await readFile(booksFile, 'utf8')).toBe('{"generation":1,"tables":');
});

test('reset empties everything but the accounts, on the disk as well', async () => {
  const booksFile = await temporaryBooks();
  const { server, client, control, cardId } = await startShop({ booksFile });
  await client.insert(insertRequest(cardId, await client.pdf()));
  await control.advance(500);
  await control.misbehave({ kind: 'hang' });
  await control.reset();
  expect(await control.books()).toMatchObject({ apps: [shop.appid], cards: [], pdfs: [], templates: [], calls: [] });
  expect(await control.misbehaviours()).toEqual([]);
  await server.close();
  const again = await startPracticeServerOrThrow(booksFile);
  expect(again.books()).toMatchObject({ apps: [shop.appid], cards: [], pdfs: [] });
  await again.close();
});

test('changes that come while the books are rewritten are not lost', async () => {
  const booksFile = await temporaryBooks();
  const { server, control } = await startShop({ booksFile });
  const ids = Array.from({ length: 20 }, (_, index) => `wx${String(index).padStart(16, '0')}`);
  const adding = ids.map((appid) => control.putApp({ ...shop, appid }));
  await Promise.all([control.reset(), ...adding, control.reset()]);
  await server.close();
  const again = await startPracticeServerOrThrow(booksFile);
  expect([...again.books().apps].sort()).toEqual([...ids, shop.appid].sort());
  await again.close();
});

test('a taken port is told by its catalogue entry', async () => {
  const { server } = await startShop();
  const second = await startPracticeServer({ port: server.port });
  expect(second).toMatchObject({ ok: false, error: { code: 'practice.port-taken', details: { port: server.port } } });
  expect((await createRawClient(server.url).send('GET', '/practice/books')).status).toBe(200);
});
