import { describe, expect, it, onTestFinished, vi } from 'vitest';
import * as z from 'zod';
import { createMemoryLog, createStderrLog, redact } from '../../../electron/support/log.ts';
import { idSchema, readAnswer } from '../../../electron/wechat/answer.ts';
import { checkBaseUrl } from '../../../electron/wechat/base-url.ts';
import { parseJson } from '../../../electron/wechat/json.ts';
import { comparePrefix, readPlatformId } from '../../../electron/wechat/platform.ts';

const schema = z.object({ s_media_id: idSchema });
const read = (text: string, status = 200) => readAnswer({ status, text }, schema, ['TOKEN-1']);

describe('an answer', () => {
  it.each([
    ['errcode as a number', '{"errcode":0,"errmsg":"ok","s_media_id":"3015806758683707"}'],
    ['errcode as text', '{"errcode":"0","errmsg":"ok","s_media_id":"3015806758683707"}'],
    ['no errcode at all', '{"s_media_id":"3015806758683707"}'],
    ['unknown fields', '{"errcode":0,"new":{"a":[1]},"s_media_id":"3015806758683707"}'],
    ['the id as a number', '{"errcode":0,"s_media_id":3015806758683707}'],
    ['a byte order mark', '\ufeff{"errcode":0,"s_media_id":"3015806758683707"}'],
  ])('is read with %s', (_name, text) => {
    expect(read(text)).toEqual({ kind: 'value', value: { s_media_id: '3015806758683707' } });
  });

  it('keeps every digit of a 64-bit id sent as a number', () => {
    expect(read('{"errcode":0,"s_media_id":75195574948725301}')).toEqual({
      kind: 'value',
      value: { s_media_id: '75195574948725301' },
    });
  });

  it('does not take a number whose digits are lost for an id', () => {
    expect(read('{"errcode":0,"s_media_id":7.5195574948725301e16}').kind).toBe('unreadable');
  });

  it.each([
    ['{"errcode":72031,"errmsg":"invalid params"}', 72031],
    ['{"errcode":"45009","errmsg":"limit"}', 45009],
    ['{"errcode":-1,"errmsg":"system error"}', -1],
    ['{"errcode":"-1"}', -1],
  ])('is a refusal: %s', (text, errcode) => {
    expect(read(text)).toMatchObject({ kind: 'refusal', refusal: { errcode } });
  });

  it.each([
    ['', '不是 JSON'],
    ['<html>gateway</html>', '不是 JSON'],
    ['{"errcode":0,"s_media_id":"30158', '不是 JSON'],
    ['[]', '没有可读的 errcode'],
    ['null', '没有可读的 errcode'],
    ['{"errcode":"abc"}', '没有可读的 errcode'],
    ['{"errcode":0}', 's_media_id 缺失或有误'],
    ['{"errcode":0,"s_media_id":""}', 's_media_id 缺失或有误'],
  ])('that does not fit is shown, not guessed at: %s', (text, reason) => {
    const answer = read(text);
    if (answer.kind !== 'unreadable') throw new Error(answer.kind);
    expect(answer.error.code).toBe('wechat.not-understood');
    expect(answer.error.text.zhCN).toContain(reason);
    expect(answer.error.details['body']).toBe(text);
  });

  it('shows at most 500 characters of a body, without the token', () => {
    const answer = read(`<html>TOKEN-1 access_token=abc ${'x'.repeat(2000)}`);
    if (answer.kind !== 'unreadable') throw new Error(answer.kind);
    const body = String(answer.error.details['body']);
    expect(body).toHaveLength(500);
    expect(body).not.toMatch(/TOKEN-1|=abc/);
  });

  it('with another HTTP status is none, whatever stands in it', () => {
    const answer = read('{"errcode":0,"s_media_id":"1"}', 502);
    expect(answer).toMatchObject({
      kind: 'unreadable',
      error: { code: 'wechat.http-status', details: { status: 502 } },
    });
  });

  it('parses as JSON otherwise does', () => {
    expect(parseJson('{"a":[1,-2.5,1e3,"7",null,true],"b":-99999999999999999999}')).toEqual({
      a: [1, -2.5, 1000, '7', null, true],
      b: '-99999999999999999999',
    });
  });
});

describe('a base URL', () => {
  it.each([
    ['https://api.weixin.qq.com', 'https://api.weixin.qq.com'],
    ['https://api.weixin.qq.com/', 'https://api.weixin.qq.com'],
    ['https://proxy.example/wechat/', 'https://proxy.example/wechat'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://localhost:3000/', 'http://localhost:3000'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
  ])('is taken: %s', (url, normal) => {
    expect(checkBaseUrl(url)).toEqual({ ok: true, value: normal });
  });

  it.each([
    'http://api.weixin.qq.com',
    'http://127.0.0.1.evil.example',
    'http://localhost.evil.example',
    'http://192.168.1.5',
    'ftp://127.0.0.1',
    'https://user@api.weixin.qq.com',
    'https://user:pass@api.weixin.qq.com',
    'https://api.weixin.qq.com?x=1',
    'https://api.weixin.qq.com/#a',
    'https://api.weixin.qq.com/?',
    'api.weixin.qq.com',
    '',
  ])('is refused: %s', (url) => {
    expect(checkBaseUrl(url)).toMatchObject({ ok: false, error: { code: 'account.base-url-not-allowed' } });
  });

  it('shows neither password nor query of a refused one', () => {
    const checked = checkBaseUrl('https://user:hunter2@api.example/?access_token=abc');
    expect(JSON.stringify(checked)).not.toMatch(/hunter2|abc/);
  });
});

describe('the platform id in an invoice_url', () => {
  it('is that of the sample of section 1', () => {
    const url = 'https://mp.weixin.qq.com/bizmall/authinvoice?action=list&s_pappid=d3xxxxxxxxxxxxxGLSS0wrL14No8c1';
    expect(readPlatformId(url)).toBe('d3xxxxxxxxxxxxxGLSS0wrL14No8c1');
  });

  it.each([
    ['https://mp.weixin.qq.com/a?s_pappid=ab+cd&action=list', 'ab+cd'],
    ['https://mp.weixin.qq.com/a?s_pappid=ab%2Bcd%3D#wechat_redirect', 'ab+cd='],
    ['https://mp.weixin.qq.com/a?s_pappid=ab%zz', 'ab%zz'],
  ])('keeps its plus signs: %s', (url, id) => {
    expect(readPlatformId(url)).toBe(id);
  });

  it('is missing where there is none', () => {
    expect(readPlatformId('https://mp.weixin.qq.com/a?xs_pappid=1&s_pappid=')).toBeUndefined();
  });

  const idOf = (appid: string) => Buffer.from(`${appid}_`.padEnd(51, 'z')).toString('base64url');

  it('is compared with the appid, for a warning', () => {
    expect(comparePrefix(idOf('wx0123456789abcdef'), 'wx0123456789abcdef')).toBe('matches');
    expect(comparePrefix(idOf('wxfedcba9876543210'), 'wx0123456789abcdef')).toBe('differs');
    expect(comparePrefix('d3xxxxxxxxxxxxxGLSS0wrL14No8c1', 'wx0123456789abcdef')).toBe('unreadable');
  });
});

describe('redaction', () => {
  it.each([
    [
      'GET https://api.weixin.qq.com/card?access_token=abc&x=1 failed',
      'GET https://api.weixin.qq.com/card?[removed] failed',
    ],
    ['access_token=abc&secret=def', 'access_token=[removed]&secret=[removed]'],
    ['{"access_token":"abc","expires_in":7200}', '{"access_token":"[removed]","expires_in":7200}'],
    ['{\\"access_token\\":\\"abc\\"}', '{\\"access_token\\":\\"[removed]\\"}'],
    ['{"appSecret": "abc"}', '{"appSecret": "[removed]"}'],
    ['nothing here', 'nothing here'],
  ])('makes of %s', (text, clean) => {
    expect(redact(text)).toBe(clean);
  });

  it('takes out the secrets handed in wherever they stand', () => {
    expect(redact('x s3cret y s3cret', ['s3cret', ''])).toBe('x [removed] y [removed]');
  });

  it('is not needed for a log in memory to keep what it was told', () => {
    const log = createMemoryLog();
    log.warn('something', { errcode: 1 });
    log.info('other');
    expect(log.entries).toEqual([
      { level: 'warn', event: 'something', fields: { errcode: 1 } },
      { level: 'info', event: 'other', fields: {} },
    ]);
  });
});

describe('the log on stderr', () => {
  it.each([
    ['info', ['a', 'b', 'c']],
    ['warn', ['b', 'c']],
    ['error', ['c']],
    ['anything else', ['c']],
  ])('from %s on writes one redacted JSON object a line', (lowest, events) => {
    const lines: string[] = [];
    const spy = vi.spyOn(process.stderr, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
    onTestFinished(() => spy.mockRestore());
    const log = createStderrLog(lowest);
    log.info('a', { text: 'access_token=abc' });
    log.warn('b');
    log.error('c');
    spy.mockRestore();
    expect(lines.map((line) => JSON.parse(line).event)).toEqual(events);
    expect(lines.join('')).not.toContain('abc');
  });
});
