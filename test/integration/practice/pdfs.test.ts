import { PDFDocument, StandardFonts } from 'pdf-lib';
import { expect, test } from 'vitest';
import { insertRequest, shop, smallPdf, startShop } from './practice-client.ts';

async function writtenPdf(text: string, useObjectStreams: boolean): Promise<Buffer> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  document.addPage([300, 300]).drawText(text, { x: 20, y: 200, size: 12, font });
  return Buffer.from(await document.save({ useObjectStreams }));
}

test.each([
  ['written by hand', () => Promise.resolve(smallPdf())],
  ['with a cross-reference table', () => writtenPdf('hello', false)],
  ['whose pages are compressed', () => writtenPdf('hello', true)],
])('a PDF %s is taken', async (_, make) => {
  const { client } = await startShop();
  const answer = await client.upload({ content: await make() });
  expect(answer).toEqual({ errcode: 0, errmsg: 'ok', s_media_id: expect.stringMatching(/^[1-9]\d*$/) });
  expect(BigInt(String(answer['s_media_id'])) < 2n ** 63n).toBe(true);
});

test('most media ids are beyond what a JavaScript number holds, and none is given twice', async () => {
  const { client } = await startShop();
  const ids = await Promise.all(Array.from({ length: 30 }, () => client.pdf('same')));
  expect(new Set(ids).size).toBe(30);
  expect(ids.filter((id) => BigInt(id) > 2n ** 53n).length).toBeGreaterThan(15);
});

test.each([
  ['nothing', Buffer.alloc(0), 44001],
  ['text', Buffer.from('this is no PDF'), 72040],
  ['a cut PDF', smallPdf().subarray(0, 200), 72040],
  ['a header alone', Buffer.from('%PDF-1.4\n%%EOF\n'), 72040],
  [
    'a PDF without pages',
    Buffer.from(smallPdf().toString('latin1').replaceAll('/Type /Page ', '/Type /Leaf '), 'latin1'),
    72040,
  ],
  [
    'a locked PDF',
    Buffer.from(smallPdf().toString('latin1').replace('/Root', '/Encrypt 9 0 R /Root'), 'latin1'),
    72040,
  ],
])('setpdf refuses %s', async (_, content, errcode) => {
  const { client } = await startShop();
  expect((await client.upload({ content }))['errcode']).toBe(errcode);
});

test('setpdf wants the part named pdf, a file name and the right type', async () => {
  const { client, control } = await startShop();
  const content = smallPdf();
  expect((await client.upload({ content, name: 'media' }))['errcode']).toBe(41005);
  expect((await client.upload({ content, fileName: null }))['errcode']).toBe(41005);
  expect((await client.upload({ content, contentType: 'application/json' }))['errcode']).toBe(72040);
  expect((await client.upload({ content, fileName: '发票 1.pdf' }))['errcode']).toBe(0);
  expect((await control.books()).pdfs.map(({ fileName }) => fileName)).toEqual(['发票 1.pdf']);
});

test('a PDF over the limit is refused, one at the limit is taken', async () => {
  const { client, control } = await startShop();
  await control.settings({ pdfLimitBytes: smallPdf().length });
  expect((await client.upload({ content: smallPdf() }))['errcode']).toBe(0);
  expect((await client.upload({ content: smallPdf('x') }))['errcode']).toBe(45001);
});

test('getpdf wants the action in both places and the id as text', async () => {
  const { client } = await startShop();
  const path = '/card/invoice/platform/getpdf';
  const id = await client.pdf();
  const both = { action: 'get_url', s_media_id: id };
  expect((await client.post(path, both))['errmsg']).toContain('action is empty');
  expect((await client.post(`${path}?action=get_url`, { s_media_id: id }))['errmsg']).toContain('action is empty');
  expect((await client.post(`${path}?action=get_url`, { action: 'get_url' }))['errmsg']).toContain(
    's_media_id is empty',
  );
  const asNumber = `{"action":"get_url","s_media_id":${id}}`;
  expect((await client.post(`${path}?action=get_url`, asNumber))['errcode']).toBe(47001);
  expect((await client.post(`${path}?action=get_url`, { ...both, s_media_id: '75195574948725301' }))['errcode']).toBe(
    72040,
  );
  expect((await client.post(`${path}?action=get_url`, both))['errcode']).toBe(0);
});

test('a forged PDF address serves nothing', async () => {
  const { client } = await startShop();
  const id = await client.pdf();
  const forged = `/intp/invoice/getpdf?action=media_pdf&media_key=${id}.9999999999999.x`;
  expect((await client.send('GET', forged)).bytes.toString()).toContain('链接过期');
});

test('an unlinked PDF is gone after three days, a linked one stays', async () => {
  const { client, control, cardId } = await startShop();
  const [linked, loose] = [await client.pdf(), await client.pdf()];
  expect((await client.insert(insertRequest(cardId, linked)))['errcode']).toBe(0);
  await control.advance(3 * 86_400);
  await client.login();
  const ask = async (id: string) =>
    (await client.post('/card/invoice/platform/getpdf?action=get_url', { action: 'get_url', s_media_id: id }))[
      'errcode'
    ];
  expect([await ask(linked), await ask(loose)]).toEqual([0, 72040]);
  expect((await client.insert(insertRequest(cardId, loose)))['errcode']).toBe(72040);
});

test('told to, insert compares the number with what the PDF shows', async () => {
  const strict = { ...shop, checkPdfNumber: true };
  const { client, cardId } = await startShop({ apps: [strict] });
  const upload = async (content: Buffer) => String((await client.upload({ content }))['s_media_id']);
  const right = await upload(await writtenPdf('No. 24112000000012345678', true));
  const fields = { billing_no: '24112000000012345678' };
  const wrong = await upload(await writtenPdf('No. 24112000000012345679', false));
  expect((await client.insert(insertRequest(cardId, wrong, { fields })))['errcode']).toBe(72047);
  expect((await client.insert(insertRequest(cardId, await client.pdf(), { fields })))['errcode']).toBe(72040);
  expect((await client.insert(insertRequest(cardId, right, { fields })))['errcode']).toBe(0);
});
