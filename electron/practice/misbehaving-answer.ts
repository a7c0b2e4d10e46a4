import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type HttpAnswer, rawHead, sendAnswer } from './http.ts';
import type { Misbehaviour } from './practice-types.ts';

/** Ends a connection: FIN as an orderly close, RST as a crashed middle box. */
export function endConnection(socket: Socket | null, end: Misbehaviour['end']): void {
  if (socket === null) return;
  if (end === 'rst') socket.resetAndDestroy();
  else socket.end(() => socket.destroy());
}

function sendRaw(outgoing: ServerResponse, head: string, body: Buffer, end: Misbehaviour['end']): void {
  const { socket } = outgoing;
  if (socket === null || socket.destroyed) return;
  // Waits for the bytes to be handed over: an RST would otherwise overtake them.
  socket.write(Buffer.concat([Buffer.from(head), body]), () => endConnection(socket, end));
}

async function drip(outgoing: ServerResponse, answer: HttpAnswer, milliseconds: number): Promise<void> {
  outgoing.writeHead(answer.status, { 'content-type': answer.contentType, 'content-length': answer.body.length });
  outgoing.flushHeaders();
  for (const byte of answer.body) {
    if (outgoing.destroyed) return;
    outgoing.write(Buffer.of(byte));
    await sleep(milliseconds, undefined, { ref: false });
  }
  outgoing.end();
}

const html = '<!DOCTYPE html><html><head><title>系统维护</title></head><body><h1>系统维护中</h1></body></html>';

/** Sends an answer as a misbehaviour wants it. `answer` is the true one. */
export async function sendMisbehaving(outgoing: ServerResponse, answer: HttpAnswer, rule: Misbehaviour): Promise<void> {
  const { contentType, body } = answer;
  const half = body.subarray(0, Math.floor(body.length / 2));
  switch (rule.kind) {
    case 'drop-before':
    case 'drop-after':
      return endConnection(outgoing.socket, rule.end);
    case 'hang':
      return;
    case 'garbage-body':
      return sendAnswer(outgoing, { ...answer, body: Buffer.from([0x00, 0xff, 0xfe, 0x7b, 0x22, 0x80, 0x0a]) });
    case 'html-200':
      return sendAnswer(outgoing, { status: 200, contentType: 'text/html; charset=utf-8', body: Buffer.from(html) });
    case 'http-status':
      return sendAnswer(outgoing, {
        status: rule.status,
        contentType: 'text/html',
        body: Buffer.from(`<html><body><center><h1>${rule.status}</h1></center><hr>practice</body></html>`),
      });
    case 'truncated-body':
      return sendRaw(
        outgoing,
        rawHead(answer.status, { 'content-type': contentType, 'content-length': body.length }),
        half,
        rule.end,
      );
    case 'wrong-content-length':
      return sendRaw(
        outgoing,
        rawHead(answer.status, { 'content-type': contentType, 'content-length': half.length }),
        body,
        rule.end,
      );
    case 'gzip-junk':
      return sendAnswer(outgoing, {
        ...answer,
        headers: { 'content-encoding': 'gzip' },
        body: Buffer.from('1f8b0800deadbeef00ffffff00', 'hex'),
      });
    case 'slow-drip':
      return drip(outgoing, answer, rule.milliseconds);
    case 'late-reply':
      await sleep(rule.milliseconds, undefined, { ref: false });
      return sendAnswer(outgoing, answer);
    case 'errcode':
    case 'delay-ms':
    case 'token-expired':
      return sendAnswer(outgoing, answer);
  }
}
