import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Invoice, StoredPdf } from '../../../shared/contract/invoice-operations.ts';
import { type AppError, appError } from '../../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { call } from '../../api/call.ts';
import { rememberInvoice } from '../../api/queries.ts';
import { type InvoiceForm, readForm } from './form-values.ts';
import type { PlacedPdf } from './use-pdf-slot.ts';

/** Long enough not to save each letter, short enough that a crash costs a word. */
const quietMs = 800;

export type SaveState = 'unchanged' | 'waiting' | 'saving' | 'saved' | 'failed';

/** What is on the page now, asked for at the moment of saving. */
export interface DraftContent {
  readonly form: InvoiceForm;
  readonly pdf: PlacedPdf | null;
  readonly tripPdf: PlacedPdf | null;
}

interface DraftOptions {
  readonly accountId: number;
  readonly initial: Invoice | null;
  readonly content: () => DraftContent;
  readonly onCreated: (invoiceId: number) => void;
}

export interface Draft {
  readonly state: SaveState;
  readonly error: AppError | null;
  /** Saves what is on the page once it rests. */
  readonly touch: () => void;
  /** Saves now, after any saving that is under way. */
  readonly save: () => Promise<Result<Invoice, AppError>>;
}

/** Absent: leave it; null: take it away; a token: put this one there. */
function pdfChange(placed: PlacedPdf | null, stored: StoredPdf | null, sent: string | null) {
  if (placed === null) return stored ? null : undefined;
  return placed.token === null || placed.token === sent ? undefined : placed.token;
}

function snapshotOf({ form, pdf, tripPdf }: DraftContent): string {
  const mark = (placed: PlacedPdf | null) => placed && (placed.token ?? 'stored');
  return JSON.stringify([form, mark(pdf), mark(tripPdf)]);
}

/** Sends the page's content as a draft, each PDF once. */
function useSending({ accountId, initial, content, onCreated }: DraftOptions) {
  const client = useQueryClient();
  const stored = useRef(initial);
  const sent = useRef<{ pdf: string | null; tripPdf: string | null }>({ pdf: null, tripPdf: null });
  return useCallback(async (): Promise<Result<Invoice, AppError>> => {
    const { form, pdf, tripPdf } = content();
    const before = stored.current;
    const pdfToken = pdfChange(pdf, before?.pdf ?? null, sent.current.pdf);
    const tripToken = pdfChange(tripPdf, before?.tripPdf ?? null, sent.current.tripPdf);
    const answer = await call('invoice.saveDraft', {
      ...(before ? { invoiceId: before.id } : {}),
      accountId,
      templateId: form.templateId,
      fields: readForm(form, Date.now() / 1000).fields,
      ...(pdfToken === undefined ? {} : { pdf: pdfToken }),
      ...(tripToken === undefined ? {} : { tripPdf: tripToken }),
    });
    if (!answer.ok) return answer;
    const invoice = answer.value;
    stored.current = invoice;
    sent.current = { pdf: pdf?.token ?? null, tripPdf: tripPdf?.token ?? null };
    rememberInvoice(client, invoice);
    if (!before) onCreated(invoice.id);
    return ok(invoice);
  }, [client, accountId, content, onCreated]);
}

/** Keeps the page's content as a draft: while it is typed, on demand, and when the page is left. */
export function useDraft(options: DraftOptions): Draft {
  const { content, initial } = options;
  const send = useSending(options);
  const [state, setState] = useState<SaveState>(initial ? 'saved' : 'unchanged');
  const [error, setError] = useState<AppError | null>(null);
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const savedSnapshot = useRef<string>(undefined);
  const last = useRef<Invoice>(initial ?? undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const saveOnce = useCallback(async (): Promise<Result<Invoice, AppError>> => {
    const snapshot = snapshotOf(content());
    if (last.current && savedSnapshot.current === snapshot) return ok(last.current);
    setState('saving');
    const answer = await send();
    if (answer.ok) {
      last.current = answer.value;
      savedSnapshot.current = snapshot;
    }
    setError(answer.ok ? null : answer.error);
    const moved = snapshotOf(content()) !== snapshot;
    setState(answer.ok ? (moved ? 'waiting' : 'saved') : 'failed');
    return answer;
  }, [content, send]);

  const save = useCallback(async (): Promise<Result<Invoice, AppError>> => {
    clearTimeout(timer.current);
    timer.current = undefined;
    const turn = queue.current.then(saveOnce);
    queue.current = turn.catch(() => {});
    return turn.catch(() => fail(appError('internal', { reference: 'saveDraft' })));
  }, [saveOnce]);

  const touch = useCallback(() => {
    clearTimeout(timer.current);
    setState('waiting');
    timer.current = setTimeout(() => void save(), quietMs);
  }, [save]);

  useEffect(() => {
    const flush = () => {
      if (timer.current !== undefined) void save();
    };
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [save]);

  return { state, error, touch, save };
}
