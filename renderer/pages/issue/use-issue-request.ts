import { useEffect, useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import type { Invoice } from '../../../shared/contract/invoice-operations.ts';
import { type AppError, appError } from '../../../shared/errors/app-error.ts';
import type { InvoiceFields } from '../../../shared/invoice/invoice.ts';
import { controlId, type InvoiceForm, readForm } from './form-values.ts';
import type { Draft } from './use-draft.ts';
import type { PdfReading } from './use-pdf-reading.ts';
import type { PdfSlot } from './use-pdf-slot.ts';

/** What a page of one invoice is made of. */
export interface Editing {
  readonly form: UseFormReturn<InvoiceForm, unknown, InvoiceFields>;
  readonly slots: { readonly invoice: PdfSlot; readonly trip: PdfSlot };
  readonly draft: Draft;
  readonly reading: PdfReading;
}

export interface IssueRequest {
  /** Whether issuing was asked for, so that what is missing is said aloud. */
  readonly tried: boolean;
  /** What waits for a PDF that is still being taken in; null: nothing. */
  readonly asked: 'issue' | 'save' | null;
  /** Whether what the page holds is about to change, so that nobody is told all of it is saved. */
  readonly isTaking: boolean;
  /** The saved invoice that the person is asked about; null: no question is open. */
  readonly confirming: Invoice | null;
  readonly issue: () => void;
  readonly save: () => void;
  readonly stopConfirming: () => void;
}

function isPdfError({ code }: AppError): boolean {
  return code === 'invoice.pdf-missing' || code.startsWith('pdf.') || code.startsWith('file.');
}

/** Puts the cursor where the first fault of the form is. */
export function focusFirstFault(form: InvoiceForm): void {
  const { findings } = readForm(form, Date.now() / 1000);
  const first = findings.find(({ severity }) => severity === 'fault');
  if (first) document.getElementById(controlId(first.field))?.focus();
}

/**
 * From the button to the question whether it is right; everything that is missing is said on the way. A press that
 * comes while a PDF is still being taken in or read is kept until it has been: neither is the PDF called missing, nor
 * does the question leave out what the PDF contradicts.
 */
export function useIssueRequest(
  { form, slots, draft, reading }: Editing,
  editable: boolean,
  showTab: (tab: string) => void,
): IssueRequest {
  const [tried, setTried] = useState(false);
  const [asked, setAsked] = useState<IssueRequest['asked']>(null);
  const [confirming, setConfirming] = useState<Invoice | null>(null);
  const complain = (error: AppError) => {
    slots.invoice.complain(error);
    showTab('invoice');
  };
  const proceed = async () => {
    setTried(true);
    const faultless = await form.trigger();
    if (!slots.invoice.pdf) complain(appError('invoice.pdf-missing'));
    if (reading.extraction?.isRedLetter)
      return complain(appError('pdf.red-letter', { file: slots.invoice.pdf?.name ?? '' }));
    if (!faultless) return focusFirstFault(form.getValues());
    if (!slots.invoice.pdf) return document.getElementById('choose-invoice-pdf')?.focus();
    const saved = await draft.save();
    if (saved.ok) setConfirming(saved.value);
    else if (isPdfError(saved.error)) complain(saved.error);
  };
  const isTaking = slots.invoice.busy || slots.trip.busy;
  const isReady = !isTaking && (asked === 'save' || reading.state !== 'reading');
  // With each rendering, so that it goes on with what the page holds by then.
  useEffect(() => {
    if (asked === null || !isReady) return;
    setAsked(null);
    void (asked === 'issue' ? proceed() : draft.save());
  });
  return {
    tried,
    asked,
    isTaking: isTaking || asked !== null,
    confirming,
    issue: () => editable && !confirming && setAsked('issue'),
    save: () => editable && setAsked((before) => before ?? 'save'),
    stopConfirming: () => setConfirming(null),
  };
}
