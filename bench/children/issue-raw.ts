import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, Pool } from 'undici';
import { createNonce, insertRequestBody } from '../../electron/wechat/insert-body.ts';
import { parseJson } from '../../electron/wechat/json.ts';
import type { InvoiceFields } from '../../shared/invoice/invoice.ts';
import { digitalInvoice } from '../../test/support/app-invoices.ts';
import { answerTasks } from '../support/child.ts';
import { type IssueAnswer, type IssueTask, timed } from '../support/issue-task.ts';
import { shop } from '../support/practice.ts';

const boundary = '----FapiaoDesk0123456789abcdef0123456789abcdef';
const json = { 'content-type': 'application/json' };

async function post(client: Client | Pool, path: string, headers: Record<string, string>, body: Uint8Array) {
  const { body: answer } = await client.request({ path, method: 'POST', headers, body });
  const parsed = parseJson(await answer.text()) as Readonly<Record<string, unknown>>; // WeChat answers with objects
  if ((parsed['errcode'] ?? 0) !== 0) throw new Error(`${path}: ${JSON.stringify(parsed)}`);
  return parsed;
}

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

async function signIn(pool: Pool): Promise<{ readonly query: string; readonly cardId: string }> {
  const credentials = { grant_type: 'client_credential', appid: shop.appid, secret: shop.secret };
  const { access_token: token } = await post(pool, '/cgi-bin/stable_token', json, encode(credentials));
  const query = `?access_token=${String(token)}`;
  const template = {
    base_info: { custom_url_name: '', title: '青禾商贸', logo_url: 'http://mmbiz.qpic.cn/mmbiz/abc/0' },
    payee: '青禾商贸有限公司',
    type: '增值税电子普通发票',
  };
  const made = await post(pool, `/card/invoice/platform/createcard${query}`, json, encode({ invoice_info: template }));
  return { query, cardId: String(made['card_id']) };
}

function uploadBody(fileName: string, content: Buffer): Buffer {
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="pdf"; filename="${fileName}"\r\nContent-Type: application/pdf\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)]);
}

/** The same requests as the program's, at the same concurrency, with nothing checked, recorded or shown. */
async function issueAll(pool: Pool, { url, files, concurrency }: IssueTask, query: string, cardId: string) {
  const todo = Array.from({ length: files.count }, (_, index) => digitalInvoice(index + 1));
  const uploaded: { readonly fields: InvoiceFields; readonly mediaId: string }[] = [];
  let waiting: (() => void)[] = [];
  let uploading = todo.length;

  async function upload(): Promise<void> {
    for (let fields = todo.shift(); fields; fields = todo.shift()) {
      const fileName = `${fields.orderId}.pdf`;
      const body = uploadBody(fileName, await readFile(join(files.pdfFolder, fileName)));
      const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
      const answer = await post(pool, `/card/invoice/platform/setpdf${query}`, headers, body);
      uploaded.push({ fields, mediaId: String(answer['s_media_id']) });
      uploading -= 1;
      for (const wake of waiting) wake();
      waiting = [];
    }
  }

  async function insert(): Promise<void> {
    while (uploading > 0 || uploaded.length > 0) {
      const next = uploaded.shift();
      if (!next) {
        await new Promise<void>((resolve) => waiting.push(resolve));
        continue;
      }
      const { orderId } = next.fields;
      const { appid } = shop;
      const references = { orderId, cardId, appid, nonceStr: createNonce(), pdfMediaId: next.mediaId };
      // One request a connection, as an insert must: a kept one may be found broken after the request has left.
      const client = new Client(url, { pipelining: 0 });
      await post(
        client,
        `/card/invoice/insert${query}`,
        json,
        insertRequestBody({ ...references, fields: next.fields }),
      );
      await client.destroy();
    }
  }

  const lanes = Array.from({ length: concurrency });
  await Promise.all([...lanes.map(upload), ...lanes.map(insert)]);
}

answerTasks(async (task: IssueTask): Promise<IssueAnswer> => {
  const pool = new Pool(task.url, { connections: task.concurrency });
  const { query, cardId } = await signIn(pool);
  const answer = await timed(() => issueAll(pool, task, query, cardId));
  await pool.close();
  return answer;
});
