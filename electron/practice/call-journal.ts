import type { CallRecord } from './practice-types.ts';

/** Calls kept in the list; enough for a batch of ten thousand rows with everything around it. */
const longestList = 60_000;
const ridsKept = 1000;

/** What `/cgi-bin/openapi/rid/get` tells about a call. */
interface RidRecord {
  readonly appid: string | null;
  readonly invoke_time: number;
  readonly cost_in_ms: number;
  readonly request_url: string;
  readonly request_body: string;
  readonly response_body: string;
  readonly client_ip: string;
}

/** The calls of this run. Unlike the books they end with the process. */
export interface Journal {
  note(call: CallRecord): void;
  noteRid(rid: string, record: RidRecord): void;
  rid(rid: string): RidRecord | undefined;
  noteFault(rid: string, error: unknown): void;
  countToken(): void;
  noteNonce(nonce: string): void;
  calls(): { readonly calls: readonly CallRecord[]; readonly dropped: number };
  readonly faults: readonly { readonly rid: string; readonly message: string }[];
  readonly tokensIssued: number;
  readonly repeatedNonces: readonly string[];
  clear(): void;
}

export function createJournal(): Journal {
  let calls: CallRecord[] = [];
  let dropped = 0;
  let tokensIssued = 0;
  const rids = new Map<string, RidRecord>();
  const nonces = new Set<string>();
  const repeatedNonces: string[] = [];
  const faults: { rid: string; message: string }[] = [];
  return {
    note(call) {
      calls.push(call);
      // Cut in large pieces, so that a full list does not cost a copy at every call.
      if (calls.length < 2 * longestList) return;
      dropped += calls.length - longestList;
      calls = calls.slice(-longestList);
    },
    noteRid(rid, record) {
      rids.set(rid, record);
      if (rids.size <= ridsKept) return;
      const [oldest] = rids.keys();
      if (oldest !== undefined) rids.delete(oldest);
    },
    rid: (rid) => rids.get(rid),
    noteFault(rid, error) {
      if (faults.length < 100) faults.push({ rid, message: error instanceof Error ? error.message : String(error) });
    },
    countToken() {
      tokensIssued += 1;
    },
    noteNonce(nonce) {
      if (nonces.has(nonce)) repeatedNonces.push(nonce);
      else nonces.add(nonce);
    },
    calls: () => ({ calls, dropped }),
    faults,
    get tokensIssued() {
      return tokensIssued;
    },
    repeatedNonces,
    clear() {
      calls = [];
      dropped = 0;
      tokensIssued = 0;
      rids.clear();
      nonces.clear();
      repeatedNonces.length = 0;
      faults.length = 0;
    },
  };
}
