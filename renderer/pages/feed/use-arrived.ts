import { useState } from 'react';
import type { StatusEvent } from '../../../shared/contract/invoice-operations.ts';

const none: ReadonlySet<number> = new Set();

/**
 * The events that came in while the list was looked at: those of the last reading that are newer than all before it.
 * @param isNewest whether `events` is the page that new ones appear on
 */
export function useArrived(events: readonly StatusEvent[] | undefined, isNewest: boolean): ReadonlySet<number> {
  const [seen, setSeen] = useState<{
    readonly events: readonly StatusEvent[];
    readonly newest: number;
    readonly arrived: ReadonlySet<number>;
  }>();
  if (events && isNewest && seen?.events !== events) {
    const ids = events.map(({ id }) => id);
    setSeen({
      events,
      newest: Math.max(seen?.newest ?? 0, ...ids),
      arrived: seen ? new Set(ids.filter((id) => id > seen.newest)) : none,
    });
  }
  // Whoever comes back from older pages has seen them.
  if (!isNewest && seen && seen.arrived.size > 0) setSeen({ ...seen, arrived: none });
  return seen?.arrived ?? none;
}
