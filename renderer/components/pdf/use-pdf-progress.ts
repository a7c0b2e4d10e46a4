import { useEffect, useState } from 'react';
import type { EventMap } from '../../../shared/contract/events.ts';
import type { PdfWorkName } from '../../../shared/contract/pdf-table-operations.ts';
import { bridge } from '../../api/bridge.ts';

/** How far the reading of PDFs is; null while none is under way. */
export function usePdfProgress(work: PdfWorkName): EventMap['pdf.reading'] | null {
  const [progress, setProgress] = useState<EventMap['pdf.reading'] | null>(null);
  useEffect(
    () =>
      bridge().subscribe('pdf.reading', (told) => {
        if (told.work === work) setProgress(told.running ? told : null);
      }),
    [work],
  );
  return progress;
}
