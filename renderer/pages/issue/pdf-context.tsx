import { createContext, type ReactNode, use, useMemo, useState } from 'react';
import type { PdfMark } from '../../components/pdf/pdf-view.tsx';
import { markOf } from './pdf-says.ts';
import type { PdfReading } from './use-pdf-reading.ts';

const PdfContext = createContext<PdfReading | null>(null);
/** The control that has the focus. */
const FocusedContext = createContext<string | null>(null);
const FocusContext = createContext<(control: string | null) => void>(() => undefined);

/** Hands what the PDF says to the fields, and the field that is typed in to the PDF. */
export function PdfProvider({ reading, children }: { readonly reading: PdfReading; readonly children: ReactNode }) {
  const [focused, setFocused] = useState<string | null>(null);
  return (
    <PdfContext value={reading}>
      <FocusContext value={setFocused}>
        <FocusedContext value={focused}>{children}</FocusedContext>
      </FocusContext>
    </PdfContext>
  );
}

export function usePdfReadingHere(): PdfReading {
  const reading = use(PdfContext);
  if (!reading) throw new Error('usePdfReadingHere outside of PdfProvider');
  return reading;
}

/** To be told which control has the focus, null when it has left. */
export function useFocusTeller(): (control: string | null) => void {
  return use(FocusContext);
}

/** Where on the page stands what is being typed. */
export function useMark(): PdfMark | undefined {
  const { extraction, said } = usePdfReadingHere();
  const focused = use(FocusedContext);
  return useMemo(
    () => (extraction && focused !== null ? markOf(extraction, said, focused) : undefined),
    [extraction, said, focused],
  );
}
