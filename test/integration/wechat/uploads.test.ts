import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { answers, only, startClient, startServer } from './support-server.ts';

const paths = {
  setpdf: '/card/invoice/platform/setpdf',
  uploadimg: '/cgi-bin/media/uploadimg',
  token: '/cgi-bin/stable_token',
};

async function temporaryFile(name: string, content: string | Buffer): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wechat-calls-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe('section 3, uploading a PDF', () => {
  it('streams a form with the part pdf, its name, its type and every byte of the file', async () => {
    const server = await startServer();
    server.on(paths.setpdf, answers({ errcode: 0, errmsg: 'ok', s_media_id: '3015806758683707' }));
    const { client } = startClient(server.url);
    const content = Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * 7) % 256));
    const path = await temporaryFile('a.pdf', content);

    const answer = await client.uploadPdf({ path, fileName: '发票 "一".pdf', sizeBytes: content.length });

    expect(answer).toEqual({ ok: true, value: { mediaId: '3015806758683707' } });
    const request = only(server.seenAt(paths.setpdf));
    expect(request.url).toBe('/card/invoice/platform/setpdf?access_token=TOKEN-1');
    expect(request.headers['transfer-encoding']).toBeUndefined();
    expect(request.headers['content-length']).toBe(String(request.body.length));
    const boundary = /^multipart\/form-data; boundary=([\w-]+)$/.exec(request.headers['content-type'] ?? '')?.[1];
    const head = Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="pdf"; filename="发票 %22一%22.pdf"\r\n` +
        'Content-Type: application/pdf\r\n\r\n',
    );
    const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
    expect(request.body.equals(Buffer.concat([head, content, tail]))).toBe(true);
  });

  it('sends the whole file again after the token was renewed', async () => {
    const server = await startServer();
    server.on(
      paths.token,
      answers({ access_token: 'TOKEN-1', expires_in: 7200 }),
      answers({ access_token: 'TOKEN-2', expires_in: 7200 }),
    );
    server.on(
      paths.setpdf,
      answers({ errcode: 42001, errmsg: 'access_token expired rid: 1-2-3' }),
      answers({ errcode: 0, errmsg: 'ok', s_media_id: '75195574948725301' }),
    );
    const { client } = startClient(server.url);
    const path = await temporaryFile('a.pdf', '%PDF-1.7 something %%EOF');

    const answer = await client.uploadPdf({ path, fileName: 'a.pdf', sizeBytes: 24 });

    expect(answer).toEqual({ ok: true, value: { mediaId: '75195574948725301' } });
    const [first, second] = server.seenAt(paths.setpdf);
    expect(second?.url).toContain('access_token=TOKEN-2');
    for (const request of [first, second]) expect(request?.body.toString()).toContain('%PDF-1.7 something %%EOF');
  });

  it('says which file is missing or has changed, without asking WeChat', async () => {
    const server = await startServer();
    const { client } = startClient(server.url);
    const path = await temporaryFile('a.pdf', '%PDF-1.7 something %%EOF');
    await truncate(path, 10);

    const changed = await client.uploadPdf({ path, fileName: 'a.pdf', sizeBytes: 24 });
    const missing = await client.uploadPdf({ path: `${path}x`, fileName: 'b.pdf', sizeBytes: 24 });

    expect(changed).toMatchObject({ ok: false, error: { code: 'file.changed' } });
    expect(missing).toMatchObject({ ok: false, error: { code: 'file.not-found' } });
    expect(server.seen).toEqual([]);
  });

  it('keeps the digits of an id that comes as a number', async () => {
    const server = await startServer();
    server.on(paths.setpdf, answers('{"errcode":0,"errmsg":"ok","s_media_id":18446744073709551615}'));
    const { client } = startClient(server.url);
    const path = await temporaryFile('a.pdf', '%PDF');

    const answer = await client.uploadPdf({ path, fileName: 'a.pdf', sizeBytes: 4 });

    expect(answer).toEqual({ ok: true, value: { mediaId: '18446744073709551615' } });
  });

  it('takes an answer that comes before the file is read to its end', async () => {
    const server = await startServer();
    server.onHeaders(paths.setpdf, answers({ errcode: 45001, errmsg: 'media size out of limit' }));
    const { client } = startClient(server.url);
    const path = await temporaryFile('a.pdf', Buffer.alloc(9_000_000, 1));

    const answer = await client.uploadPdf({ path, fileName: 'a.pdf', sizeBytes: 9_000_000 });

    expect(answer).toMatchObject({ ok: false, error: { code: 'wechat.45001', action: 'choose-file' } });
  });
});

describe('the logo', () => {
  const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(100, 7)]);

  it('goes as the part media with its real type', async () => {
    const server = await startServer();
    server.on(paths.uploadimg, answers({ url: 'http://mmbiz.qpic.cn/mmbiz/abc/0' }));
    const { client } = startClient(server.url);
    const path = await temporaryFile('logo.jpg', png);

    const answer = await client.uploadLogo({ path, fileName: 'logo.jpg' });

    expect(answer).toEqual({ ok: true, value: { url: 'http://mmbiz.qpic.cn/mmbiz/abc/0' } });
    const body = only(server.seenAt(paths.uploadimg)).body.toString('latin1');
    expect(body).toContain('name="media"; filename="logo.jpg"\r\nContent-Type: image/png\r\n\r\n\x89PNG');
  });

  it.each([
    ['no image', Buffer.from('GIF89a and so on')],
    ['too large', Buffer.concat([png, Buffer.alloc(1024 * 1024)])],
  ])('is refused here where it is %s', async (_name, content) => {
    const server = await startServer();
    const { client } = startClient(server.url);
    const path = await temporaryFile('logo.png', content);

    const answer = await client.uploadLogo({ path, fileName: 'logo.png' });

    expect(answer).toMatchObject({ ok: false, error: { code: 'image.not-accepted' } });
    expect(server.seen).toEqual([]);
  });
});
