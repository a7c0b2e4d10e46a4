import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import type { Extraction } from '../../../shared/contract/pdf-operations.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import type { InvoiceFields } from '../../../shared/invoice/invoice.ts';
import { admitFile, call } from '../../api/call.ts';
import { useOperation } from '../../api/queries.ts';
import type { InvoiceForm } from './form-values.ts';
import { type Filling, fillingsOf, type Said, type SaidName, saidBy } from './pdf-says.ts';
import { useFilling } from './use-filling.ts';
import type { PlacedPdf } from './use-pdf-slot.ts';

export interface PdfReading {
  readonly state: 'none' | 'reading' | 'read' | 'failed';
  readonly extraction: Extraction | null;
  readonly said: ReadonlyMap<SaidName, Said>;
  readonly error: AppError | null;
  /** How many fields the PDF filled last; 0: nothing to say. */
  readonly filled: number;
  readonly undo: () => void;
  readonly dismiss: () => void;
  /** Puts values of the PDF into the form. */
  readonly take: (fillings: readonly Filling[]) => void;
  /** Fills what is empty from the XML that comes with a digital invoice. */
  readonly readXml: (file: File) => Promise<void>;
}

const nothingSaid: ReadonlyMap<SaidName, Said> = new Map();

function useAnswer(pdf: PlacedPdf | null, storedId: number | undefined) {
  const file = pdf === null ? undefined : (pdf.token ?? storedId);
  const reading = useOperation('pdf.extract', { file: file ?? 1 }, { enabled: file !== undefined });
  return {
    file,
    data: file === undefined ? undefined : reading.data,
    error: file === undefined ? null : reading.error,
  };
}

/**
 * Reads the PDF beside the form, and fills the form when a PDF is put there. One that was stored with the draft fills
 * nothing by itself: what is empty by then was left empty.
 */
export function usePdfReading(options: {
  readonly form: UseFormReturn<InvoiceForm, unknown, InvoiceFields>;
  readonly pdf: PlacedPdf | null;
  readonly storedId: number | undefined;
}): PdfReading {
  const { form, pdf, storedId } = options;
  const { getValues } = form;
  const { last, fill, take, undo, dismiss } = useFilling(form);
  const { file, data, error } = useAnswer(pdf, storedId);
  const said = useMemo(() => (data ? saidBy(data) : nothingSaid), [data]);
  const before = useRef({ file, said: nothingSaid });

  useEffect(() => {
    if (!data || file === undefined) return;
    const earlier = before.current;
    before.current = { file, said };
    if (typeof file !== 'string' || (earlier.file === file && earlier.said !== nothingSaid)) return;
    fill(fillingsOf(getValues(), said, earlier.said));
  }, [data, file, said, getValues, fill]);

  const [xmlError, setXmlError] = useState<AppError | null>(null);
  const readXml = useCallback(
    async (xml: File) => {
      const admitted = await admitFile(xml);
      const read = admitted.ok ? await call('pdf.extract', { file: admitted.value.token }) : admitted;
      setXmlError(read.ok ? null : read.error);
      if (read.ok) fill(fillingsOf(getValues(), saidBy(read.value), nothingSaid));
    },
    [getValues, fill],
  );

  return {
    state: file === undefined ? 'none' : data ? 'read' : error ? 'failed' : 'reading',
    extraction: data ?? null,
    said,
    error: xmlError ?? error,
    filled: last.length,
    undo,
    dismiss,
    take,
    readXml,
  };
}
