import * as z from 'zod';
import type { RequestOf } from '../../../shared/contract/contract.ts';

export const pushFaults = ['address', 'body', 'bodyLong', 'token', 'encodingAesKey'] as const;
type PushFault = (typeof pushFaults)[number];
const fault = (name: PushFault) => name;

type PushQuery = RequestOf<'push.receive'>['query'];

/** Reads what stands behind the question mark of the address WeChat posted to; the whole address may be given. */
export function readPushAddress(address: string): PushQuery | undefined {
  const [, query = address] = /\?(.*)$/s.exec(address.trim()) ?? [];
  const params = new URLSearchParams(query.trim().replace(/\s.*$/s, ''));
  const part = (name: string) => params.get(name) ?? '';
  const read = {
    signature: part('signature'),
    timestamp: part('timestamp'),
    nonce: part('nonce'),
    msgSignature: part('msg_signature'),
  };
  const isComplete = read.timestamp !== '' && read.nonce !== '' && read.signature + read.msgSignature !== '';
  return isComplete ? read : undefined;
}

export const pushFormSchema = z.object({
  accountId: z.int().positive(),
  address: z.string().refine((address) => readPushAddress(address) !== undefined, fault('address')),
  body: z.string().trim().min(1, fault('body')).max(65_536, fault('bodyLong')),
  token: z.string().trim().min(1, fault('token')).max(64, fault('token')),
  encodingAesKey: z
    .string()
    .trim()
    .regex(/^(?:[0-9A-Za-z]{43})?$/, fault('encodingAesKey')),
});
export type PushForm = z.output<typeof pushFormSchema>;

/** The request of a filled form. */
export function pushRequest(form: PushForm): RequestOf<'push.receive'> {
  const { accountId, address, body, token, encodingAesKey } = form;
  const query = readPushAddress(address) ?? { timestamp: '', nonce: '' };
  return { accountId, body, query, token, ...(encodingAesKey === '' ? {} : { encodingAesKey }) };
}
