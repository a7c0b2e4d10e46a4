import { type RefObject, useCallback, useEffect, useState } from 'react';
import type { ChosenFile } from '../../../shared/contract/app-operations.ts';
import type { StoredPdf } from '../../../shared/contract/invoice-operations.ts';
import { type AppError, appError } from '../../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { pdfSizeLimitBytes } from '../../../shared/wechat/limits.ts';
import { admitFile, call } from '../../api/call.ts';
import { takeDropped } from '../../components/pdf/dropped-files.ts';

/** A PDF in its place on the page. Without a token it is the one that is stored with the draft. */
export interface PlacedPdf {
  readonly token: string | null;
  readonly name: string;
  readonly sizeBytes: number;
  /** For the preview; null where only the stored record is at hand. */
  readonly bytes: Uint8Array | null;
}

export interface PdfSlot {
  readonly pdf: PlacedPdf | null;
  readonly error: AppError | null;
  /** How many files came in the drop of which one was taken; 0 where nothing is to be said. */
  readonly takenOf: number;
  readonly busy: boolean;
  readonly choose: () => Promise<void>;
  readonly drop: (transfer: DataTransfer) => Promise<void>;
  readonly remove: () => void;
  readonly complain: (error: AppError | null) => void;
}

const megabytes = (bytes: number) => Number((bytes / 1024 / 1024).toFixed(1));

/** The first kilobyte must hold the mark; some programs write a few bytes before it. */
function looksLikePdf(bytes: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(bytes.subarray(0, 1024)).includes('%PDF-');
}

function checkSize(name: string, sizeBytes: number): AppError | undefined {
  if (sizeBytes === 0) return appError('pdf.empty', { file: name });
  if (sizeBytes > pdfSizeLimitBytes)
    return appError('pdf.too-large', {
      file: name,
      sizeMb: megabytes(sizeBytes),
      limitMb: megabytes(pdfSizeLimitBytes),
    });
  return undefined;
}

async function place(file: ChosenFile): Promise<Result<PlacedPdf, AppError>> {
  const { token, name, sizeBytes } = file;
  const wrongSize = checkSize(name, sizeBytes);
  if (wrongSize) return fail(wrongSize);
  const read = await call('file.read', { file: token });
  if (!read.ok) return read;
  const { bytes } = read.value;
  return looksLikePdf(bytes) ? ok({ token, name, sizeBytes, bytes }) : fail(appError('pdf.not-pdf', { file: name }));
}

/** Looks at a dropped file and, where it can be an invoice's PDF, hands it to main. */
export async function placeFile(file: File): Promise<Result<PlacedPdf, AppError>> {
  // Said before main is asked: a file that is not wanted need not be admitted.
  const wrongSize = checkSize(file.name, file.size);
  if (wrongSize) return fail(wrongSize);
  if (!/\.pdf$/i.test(file.name)) return fail(appError('pdf.not-pdf', { file: file.name }));
  const chosen = await admitFile(file);
  return chosen.ok ? place(chosen.value) : chosen;
}

function storedPlace({ fileName, sizeBytes }: StoredPdf): PlacedPdf {
  return { token: null, name: fileName, sizeBytes, bytes: null };
}

interface Uses {
  /** Takes the other PDFs of a drop. */
  readonly onOthers: (files: readonly File[]) => void;
  /** Takes the XML of a drop. */
  readonly onXml: (file: File) => void;
}

/**
 * One place for a PDF: what is in it, how it got there, and what was wrong with the last try.
 * @param uses absent: there is no use for anything but the one PDF
 */
export function usePdfSlot(initial: StoredPdf | null, uses?: RefObject<Uses>): PdfSlot {
  const [pdf, setPdf] = useState<PlacedPdf | null>(initial && storedPlace(initial));
  const [error, setError] = useState<AppError | null>(null);
  const [takenOf, setTakenOf] = useState(0);
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    if (!initial) return;
    void call('pdf.read', { pdfId: initial.id }).then((read) => {
      if (!read.ok) return setError(read.error);
      const { bytes } = read.value;
      setPdf((shown) => (shown?.token === null && shown.bytes === null ? { ...shown, bytes } : shown));
    });
  }, [initial]);

  const settle = useCallback((placed: Result<PlacedPdf, AppError>, fileCount: number) => {
    setBusy(false);
    if (!placed.ok) return setError(placed.error);
    setPdf(placed.value);
    setError(null);
    setTakenOf(fileCount > 1 ? fileCount : 0);
  }, []);

  const choose = useCallback(async () => {
    const answer = await call('file.choose', { kind: 'pdf' });
    if (!answer.ok) return setError(answer.error);
    if (!answer.value.file) return;
    setBusy(true);
    settle(await place(answer.value.file), 1);
  }, [settle]);

  const drop = useCallback(
    async (transfer: DataTransfer) => {
      setBusy(true);
      const [first] = transfer.files;
      const nothing = { file: undefined, others: [], xml: undefined, fileCount: 0 };
      const { file, others, xml, fileCount } = await takeDropped(transfer).catch(() => nothing);
      const used = uses?.current;
      if (used && xml) used.onXml(xml);
      if (used && xml && file === xml) return setBusy(false);
      const left = used ? fileCount - others.length - (xml ? 1 : 0) : fileCount;
      settle(file ? await placeFile(file) : fail(appError('file.is-folder', { file: first?.name ?? '' })), left);
      if (others.length > 0) used?.onOthers(others);
    },
    [settle, uses],
  );

  const remove = useCallback(() => {
    setPdf(null);
    setError(null);
    setTakenOf(0);
  }, []);

  return { pdf, error, takenOf, busy, choose, drop, remove, complain: setError };
}
