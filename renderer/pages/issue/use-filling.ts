import { useCallback, useEffect, useRef, useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import type { InvoiceFields } from '../../../shared/invoice/invoice.ts';
import { controlId, type InvoiceForm } from './form-values.ts';
import { type Filling, isSaidAlike } from './pdf-says.ts';

interface FormFilling {
  /** What the fields that were filled last held before. */
  readonly last: readonly Filling[];
  readonly fill: (fillings: readonly Filling[]) => void;
  /** Puts values into the form at a person's own word. */
  readonly take: (fillings: readonly Filling[]) => void;
  readonly undo: () => void;
  readonly dismiss: () => void;
}

/** What is asked for first, now that the PDF has said the rest; whoever is typing is left alone. */
function focusOrder(): void {
  const active = document.activeElement;
  if (active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement) return;
  const order = document.getElementById(controlId('orderId'));
  if (order instanceof HTMLInputElement && order.value === '') order.focus();
}

/** Whether the cursor is in a field; all cells of the items are one. */
function isInHand({ name }: Filling, focused: Element | null): boolean {
  const id = focused?.id ?? '';
  return id === controlId(name) || (name === 'items' && id.startsWith(controlId('items.')));
}

/**
 * Fills the form from a PDF. The field with the cursor is left as it is until the cursor leaves it: a value that arrived
 * between two letters would mix with what is typed. What was typed there by then stays.
 */
export function useFilling(form: UseFormReturn<InvoiceForm, unknown, InvoiceFields>): FormFilling {
  const { getValues, setValue } = form;
  const [last, setLast] = useState<readonly Filling[]>([]);
  const waiting = useRef<AbortController>(undefined);
  const stopWaiting = useCallback(() => waiting.current?.abort(), []);
  useEffect(() => stopWaiting, [stopWaiting]);

  const take = useCallback(
    (fillings: readonly Filling[]) => {
      for (const { name, value } of fillings) setValue(name, value, { shouldDirty: true, shouldTouch: true });
    },
    [setValue],
  );

  const fillAround = useCallback(
    (fillings: readonly Filling[], focused: Element | null) => {
      const before = getValues();
      const held = fillings.filter((filling) => isInHand(filling, focused));
      const free = fillings.filter((filling) => !held.includes(filling));
      if (free.length > 0) {
        setLast((earlier) => [...earlier, ...free.map(({ name }) => ({ name, value: before[name] }))]);
        take(free);
      }
      if (held.length === 0 || !focused) return;
      const leave = ({ relatedTarget }: Event & { readonly relatedTarget?: EventTarget | null }) => {
        const now = getValues();
        const untouched = held.filter(({ name }) => isSaidAlike(name, now[name], before[name]));
        fillAround(untouched, relatedTarget instanceof Element ? relatedTarget : null);
      };
      waiting.current = new AbortController();
      focused.addEventListener('focusout', leave, { once: true, signal: waiting.current.signal });
    },
    [getValues, take],
  );

  return {
    last,
    take,
    fill: useCallback(
      (fillings) => {
        stopWaiting();
        if (fillings.length === 0) return;
        setLast([]);
        fillAround(fillings, document.activeElement);
        focusOrder();
      },
      [stopWaiting, fillAround],
    ),
    undo: useCallback(() => {
      stopWaiting();
      take(last);
      setLast([]);
    }, [stopWaiting, take, last]),
    dismiss: useCallback(() => setLast([]), []),
  };
}
