import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { expectJsonCall, jsonOf, startTapped } from '../../support/app-tapped-stage.ts';
import { startStage } from '../../support/app-under-test.ts';

test('section 6: invoice.updateStatus sends the card code of the insert, never the invoice code', async () => {
  const { app, draft, tap, template, books, attempts } = await startTapped();
  const { id: invoiceId } = await draft();
  const { cardCode, fields } = await app().succeed('invoice.issue', { invoiceId });
  const updated = await app().succeed('invoice.updateStatus', {
    invoiceId,
    status: 'INVOICE_REIMBURSE_CANCEL',
    confirmedNumber: fields.billingNo,
  });
  const sent = tap.last('/card/invoice/platform/updatestatus');
  expectJsonCall(sent);
  expect(jsonOf(sent)).toEqual({
    card_id: template.cardId,
    code: cardCode,
    reimburse_status: 'INVOICE_REIMBURSE_CANCEL',
  });
  expect(updated.reimburseStatus).toBe('INVOICE_REIMBURSE_CANCEL');
  expect(books().cards).toMatchObject([{ code: cardCode, status: 'INVOICE_REIMBURSE_CANCEL' }]);
  expect((await attempts(invoiceId)).at(-1)).toMatchObject({ call: 'updatestatus', outcome: 'done' });
});

test('section 7: push.receive reads the sample of the document', async () => {
  const { app, accountId } = await startStage();
  const body = `<xml>
	<ToUserName><![CDATA[gh_9e1765b5568e]]></ToUserName>
	<FromUserName><![CDATA[ojZ8Ytz4lESgdWZ34L_R1TvB2Kds]]></FromUserName>
	<CreateTime>1478068440</CreateTime> <MsgType><![CDATA[event]]></MsgType>
	<Event><![CDATA[update_invoice_status]]></Event>
	<Status><![CDATA[INVOICE_REIMBURSE_INIT]]></Status>
	<CardId><![CDATA[pjZ8Yt7Um2jYxzneP8GomnxoVFWo]]></CardId>
	<Code><![CDATA[186921658591]]></Code>
</xml>`;
  const signature = createHash('sha1').update(['1478068441', '42', 'shop-token'].sort().join('')).digest('hex');
  const answer = await app().succeed('push.receive', {
    accountId,
    body,
    token: 'shop-token',
    query: { signature, timestamp: '1478068441', nonce: '42' },
  });
  expect(answer).toMatchObject({ type: 'update_invoice_status', duplicate: false });
  expect(answer.event).toMatchObject({
    invoiceId: null,
    event: 'update_invoice_status',
    openid: 'ojZ8Ytz4lESgdWZ34L_R1TvB2Kds',
    createTime: 1_478_068_440,
    status: 'INVOICE_REIMBURSE_INIT',
    cardId: 'pjZ8Yt7Um2jYxzneP8GomnxoVFWo',
    code: '186921658591',
    source: 'push',
    authenticated: false,
  });
  expect((await app().succeed('event.list', { accountId })).events).toEqual([answer.event]);
});

test('section 8: code.decrypt sends the encrypt_code of the link as it was made, and finds the invoice', async () => {
  const { app, accountId, draft, tap, control } = await startTapped();
  const { id: invoiceId } = await draft();
  const { cardCode } = await app().succeed('invoice.issue', { invoiceId });
  const { encryptCode } = await control.redirectLink({ code: cardCode ?? '' });
  const asCopiedFromAddress = encodeURIComponent(encryptCode);
  for (const encryptCodeAsWritten of [encryptCode, asCopiedFromAddress, encryptCode.replaceAll('+', ' ')]) {
    const answer = await app().succeed('code.decrypt', { accountId, encryptCode: encryptCodeAsWritten });
    expect(answer).toEqual({ code: cardCode, invoiceId });
    const sent = tap.last('/card/code/decrypt');
    expectJsonCall(sent);
    expect(jsonOf(sent)).toEqual({ encrypt_code: encryptCode });
  }
});

test('the logo goes as the form part media, and its address makes a template', async () => {
  const { app, accountId, newFile, tap } = await startTapped();
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  );
  const { url } = await app().succeed('logo.upload', { accountId, file: await newFile('logo.png', png) });
  const sent = tap.last('/cgi-bin/media/uploadimg');
  expect(sent.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
  expect(sent.body.toString('latin1')).toContain(
    'Content-Disposition: form-data; name="media"; filename="logo.png"\r\nContent-Type: image/png\r\n\r\n',
  );
  const content = { payee: '青禾商贸有限公司', type: '增值税电子普通发票', title: '青禾', logoUrl: url };
  expect(await app().succeed('template.create', { accountId, content })).toMatchObject({ logoUrl: url });
});

test('every section is understood when errcode comes as text and answers carry fields nobody knows', async () => {
  const { app, accountId, draft, control, newPdf } = await startStage();
  await control.settings({ errcodeAsString: true, unknownFields: true });
  await app().succeed('platform.obtainId', { accountId });
  const content = { payee: '青禾', type: '发票', title: '青禾', logoUrl: 'http://mmbiz.qpic.cn/mmbiz/abc/0' };
  await app().succeed('template.create', { accountId, content });
  const { mediaId } = await app().succeed('pdf.upload', { accountId, file: await newPdf() });
  await app().succeed('pdf.query', { accountId, mediaId });
  const { id: invoiceId } = await draft();
  const { cardCode } = await app().succeed('invoice.issue', { invoiceId });
  await app().succeed('invoice.updateStatus', { invoiceId, status: 'INVOICE_REIMBURSE_LOCK' });
  const { encryptCode } = await control.redirectLink({ code: cardCode ?? '' });
  expect(await app().succeed('code.decrypt', { accountId, encryptCode })).toEqual({ code: cardCode, invoiceId });
});
