import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { AppError } from '../../../shared/errors/app-error.ts';
import type { Result } from '../../../shared/result.ts';
import {
  type LinkFault,
  type RedirectLink,
  readRedirectLink,
  splitLines,
} from '../../../shared/wechat/redirect-link.ts';
import { call } from '../../api/call.ts';
import { readAgain } from '../../api/queries.ts';

/** So many lines at once; more would be a file. */
export const mostLines = 1000;

export type Outcome =
  | { readonly kind: 'waiting' | 'running' | 'skipped' }
  | { readonly kind: 'done'; readonly code: string; readonly invoiceId: number | null }
  | { readonly kind: 'refused'; readonly error: AppError };

/** One pasted line and what became of it. */
export interface DecodedRow {
  /** Counted from 1, empty lines left out. */
  readonly line: number;
  readonly text: string;
  readonly read: Result<RedirectLink, LinkFault>;
  readonly outcome: Outcome;
}

export interface Decoding {
  readonly rows: readonly DecodedRow[];
  readonly busy: boolean;
  readonly done: number;
  /** What stops all lines alike. */
  readonly error: AppError | null;
  readonly start: (text: string) => Promise<void>;
  readonly stop: () => void;
}

const isOpen = ({ read, outcome }: DecodedRow) => read.ok && ['waiting', 'running'].includes(outcome.kind);

/** Decodes pasted lines one after the other, until they end or a person stops it. */
export function useDecoding(accountId: number): Decoding {
  const client = useQueryClient();
  const [rows, setRows] = useState<readonly DecodedRow[]>([]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const run = useRef(0);
  // Whoever leaves the page has stopped it.
  useEffect(
    () => () => {
      run.current += 1;
    },
    [],
  );

  const settle = (line: number, outcome: Outcome) =>
    setRows((shown) => shown.map((row) => (row.line === line ? { ...row, outcome } : row)));

  const skipRest = () =>
    setRows((shown) => shown.map((row) => (isOpen(row) ? { ...row, outcome: { kind: 'skipped' } } : row)));

  const finish = () => {
    skipRest();
    setBusy(false);
    void readAgain(client, ['code.history']);
  };

  /** @returns whether the other lines are worth a try */
  const decode = async (line: number, { encryptCode, cardId }: RedirectLink): Promise<boolean> => {
    settle(line, { kind: 'running' });
    const answer = await call('code.decrypt', { accountId, encryptCode, ...(cardId === null ? {} : { cardId }) });
    settle(line, answer.ok ? { kind: 'done', ...answer.value } : { kind: 'refused', error: answer.error });
    if (answer.ok || answer.error.class !== 'fix-account') return true;
    setError(answer.error);
    return false;
  };

  const start = async (text: string) => {
    run.current += 1;
    const mine = run.current;
    const read = splitLines(text).map((line, index): DecodedRow => {
      return { line: index + 1, text: line, read: readRedirectLink(line), outcome: { kind: 'waiting' } };
    });
    setError(null);
    setRows(read);
    setBusy(true);
    for (const row of read) {
      const goesOn = !row.read.ok || (await decode(row.line, row.read.value));
      if (run.current !== mine) return;
      if (!goesOn) break;
    }
    finish();
  };

  const stop = () => {
    run.current += 1;
    finish();
  };

  return { rows, busy, error, start, stop, done: rows.filter((row) => !isOpen(row)).length };
}
