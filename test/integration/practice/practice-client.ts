import { randomBytes } from 'node:crypto';
import { request } from 'undici';
import { onTestFinished } from 'vitest';
import { createPracticeControl, type PracticeControl } from '../../../electron/practice/practice-control.ts';
import {
  type PracticeApp,
  type PracticeServer,
  type PracticeServerOptions,
  startPracticeServer,
} from '../../../electron/practice/practice-server.ts';

export const shop: PracticeApp = {
  appid: 'wx0123456789abcdef',
  secret: 'shop-secret',
  customerMustAuthorise: false,
};

export type Answer = Record<string, unknown>;

/** A small but complete PDF of one page; `salt` makes its bytes differ. */
export function smallPdf(salt = ''): Buffer {
  const head = '%PDF-1.4\n';
  const objects = [
    '1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n',
    '2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n',
    `3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>\nendobj\n%${salt}\n`,
  ];
  const offsets = objects.map((_, index) => head.length + objects.slice(0, index).join('').length);
  const body = head + objects.join('');
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.from(
    `${body}xref\n0 4\n0000000000 65535 f \n${rows}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`,
    'latin1',
  );
}

export interface FilePart {
  readonly name?: string;
  readonly fileName?: string | null;
  readonly contentType?: string;
  readonly content: Buffer;
}

export function multipart({ name = 'pdf', fileName = 'a.pdf', contentType = 'application/pdf', content }: FilePart) {
  const boundary = `----practice${randomBytes(8).toString('hex')}`;
  const shown = fileName === null ? '' : `; filename="${fileName}"`;
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${shown}\r\nContent-Type: ${contentType}\r\n\r\n`;
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}

export interface Invoice {
  readonly orderId?: string;
  readonly top?: Answer;
  readonly extension?: Answer;
  readonly fields?: Answer;
}

let serial = 0;
function nextSerial(): string {
  serial += 1;
  return String(serial).padStart(6, '0');
}

/** A client without any politeness: what a test says goes on the wire, and the answer comes back as it is. */
export function createRawClient(url: string) {
  let token = '';

  async function send(method: 'GET' | 'POST', path: string, body?: string | Buffer, headers?: Record<string, string>) {
    const answer = await request(`${url}${path}`, {
      method,
      reset: true,
      ...(body === undefined ? {} : { body, headers: headers ?? { 'content-type': 'application/json' } }),
    });
    const bytes = Buffer.from(await answer.body.arrayBuffer());
    return { status: answer.statusCode, headers: answer.headers, bytes };
  }

  async function json(method: 'GET' | 'POST', path: string, body?: string | Buffer, headers?: Record<string, string>) {
    const answer = await send(method, path, body, headers);
    return JSON.parse(answer.bytes.toString()) as Answer;
  }

  const withToken = (path: string) => `${path}${path.includes('?') ? '&' : '?'}access_token=${token}`;
  const client = {
    send,
    json,
    withToken,
    /** Fetches a stable token and uses it from here on. */
    async login(app: PracticeApp = shop) {
      const answer = await json(
        'POST',
        '/cgi-bin/stable_token',
        JSON.stringify({ grant_type: 'client_credential', appid: app.appid, secret: app.secret }),
      );
      token = String(answer['access_token']);
      return token;
    },
    setToken(value: string) {
      token = value;
    },
    post: (path: string, value: unknown) =>
      json('POST', withToken(path), typeof value === 'string' ? value : JSON.stringify(value)),
    async upload(part: FilePart, path = '/card/invoice/platform/setpdf') {
      const { headers, body } = multipart(part);
      return json('POST', withToken(path), body, headers);
    },
    async pdf(salt = nextSerial()) {
      return String((await client.upload({ content: smallPdf(salt) }))['s_media_id']);
    },
    async template(base: Answer = {}, info: Answer = {}) {
      return client.post('/card/invoice/platform/createcard', {
        invoice_info: {
          base_info: { logo_url: 'http://mmbiz.qpic.cn/mmbiz/abc/0', title: '小店', ...base },
          type: '增值税电子普通发票',
          payee: '小店有限公司',
          ...info,
        },
      });
    },
    insert: (body: unknown) => client.post('/card/invoice/insert', body),
  };
  return client;
}

export type RawClient = ReturnType<typeof createRawClient>;

/** A whole, right insert request for a fully digital invoice; parts can be replaced. */
export function insertRequest(cardId: string, mediaId: string, invoice: Invoice = {}) {
  const number = nextSerial();
  return {
    order_id: invoice.orderId ?? `ORDER-${number}`,
    card_id: cardId,
    appid: shop.appid,
    card_ext: {
      nonce_str: randomBytes(16).toString('hex'),
      user_card: {
        invoice_user_data: {
          fee: 11_300,
          title: '某某公司',
          billing_time: 1_700_000_000,
          billing_no: `24112000000000${number}`,
          billing_code: '',
          check_code: '',
          fee_without_tax: 10_000,
          tax: 1300,
          s_pdf_media_id: mediaId,
          info: [{ name: '牙膏', num: 3, unit: '支', price: 3333 }],
          ...invoice.fields,
        },
      },
      ...invoice.extension,
    },
    ...invoice.top,
  };
}

export interface Stage {
  readonly server: PracticeServer;
  readonly control: PracticeControl;
  readonly client: RawClient;
}

/** Starts a server that the test's end stops. */
export async function startStage(options: PracticeServerOptions = {}): Promise<Stage> {
  const started = await startPracticeServer({ apps: [shop], ...options });
  if (!started.ok) throw new Error(started.error.text.en);
  const server = started.value;
  onTestFinished(() => server.close());
  const client = createRawClient(server.url);
  return { server, control: createPracticeControl(server.url), client };
}

/** A server with a logged-in client and a template. */
export async function startShop(options: PracticeServerOptions = {}) {
  const stage = await startStage(options);
  await stage.client.login(options.apps?.[0] ?? shop);
  const cardId = String((await stage.client.template())['card_id']);
  return { ...stage, cardId };
}
