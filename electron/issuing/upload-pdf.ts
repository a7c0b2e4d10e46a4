import type { Invoice, StoredPdf } from '../../shared/contract/invoice-operations.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { ok, type Result } from '../../shared/result.ts';
import { pdfLifetimeSeconds } from '../../shared/wechat/limits.ts';
import type { AttemptOutcome } from '../records/attempt-repository.ts';
import type { PdfStore } from '../records/pdf-store.ts';
import type { Records } from '../records/records.ts';
import type { Clock } from '../support/clock.ts';
import type { WeChatClient } from '../wechat/client.ts';

/** An upload is used only while it has this long to live, so that it does not die between two calls. */
const marginSeconds = 2 * 3600;

export interface ValidUpload {
  readonly mediaId: string;
  /** ISO-8601, when WeChat erases it unless a card holds it. */
  readonly expiresAt: string;
}

const isoAfter = (nowMs: number, seconds: number) => new Date(nowMs + seconds * 1000).toISOString();

/**
 * Answers an upload of a PDF that is good for another two hours, sending the file to WeChat only where there is none.
 * @param use `invoiceId`: the call is written down as an attempt of that invoice before it is made; `isAnew`: the file is
 * sent even where an earlier upload should still be good
 */
export async function ensureUpload(
  parts: { readonly records: Records; readonly pdfStore: PdfStore; readonly clock: Clock },
  client: WeChatClient,
  accountId: number,
  pdf: StoredPdf,
  { invoiceId, isAnew = false }: { readonly invoiceId?: number; readonly isAnew?: boolean } = {},
): Promise<Result<ValidUpload, AppError>> {
  const { records, pdfStore, clock } = parts;
  const valid = isAnew ? undefined : records.pdfs.findUpload(accountId, pdf.id, isoAfter(clock.now(), marginSeconds));
  if (valid) return ok(valid);
  const attempt =
    invoiceId === undefined
      ? undefined
      : await records.inSharedTransaction(() => records.attempts.start(invoiceId, 'setpdf', isoAfter(clock.now(), 0)));
  // Counted from before the call: WeChat's own three days begin at the earliest then.
  const uploadedAtMs = clock.now();
  const path = pdfStore.pathOf(pdf.sha256);
  const answer = await client.uploadPdf({ path, fileName: pdf.fileName, sizeBytes: pdf.sizeBytes });
  return records.inSharedTransaction(() => {
    const finishedAt = isoAfter(clock.now(), 0);
    if (attempt !== undefined)
      records.attempts.finish(attempt, finishedAt, answer.ok ? { outcome: 'done' } : failedAttempt(answer.error));
    if (!answer.ok) return answer;
    const upload = { mediaId: answer.value.mediaId, expiresAt: isoAfter(uploadedAtMs, pdfLifetimeSeconds) };
    records.pdfs.recordUpload({ accountId, pdfId: pdf.id, uploadedAt: isoAfter(uploadedAtMs, 0), ...upload });
    return ok(upload);
  });
}

/** Refusals after which WeChat may no longer have the file: it erases uploads, at times before their three days are over. */
const pdfErrcodes: readonly unknown[] = [72040, 72046, 72081, 72083];

export const wasPdfRefused = ({ state, error }: Invoice) =>
  state === 'rejected' && pdfErrcodes.includes(error?.details['errcode']);

/** Failures of a call that may have reached WeChat without an answer that says what became of it. */
const unanswered: ReadonlySet<string> = new Set([
  'network.timeout',
  'network.broken',
  'wechat.http-status',
  'wechat.not-understood',
]);

/** How an attempt that failed with this error is written down. */
export function failedAttempt(error: AppError): AttemptOutcome {
  const { errcode, errmsg } = error.details;
  const unsettled = unanswered.has(error.code) ? 'unknown' : 'not-sent';
  return {
    outcome: typeof errcode === 'number' ? 'refused' : unsettled,
    errcode: typeof errcode === 'number' ? errcode : null,
    errmsg: typeof errmsg === 'string' ? errmsg : null,
  };
}
