import { once } from 'node:events';

/** Wakes those who wait for a channel's next push. */
export interface Bell {
  ring(channel: string): void;
  /** From now on no ring is missed: one that comes before {@link Watch.next} is asked for ends that at once. */
  watch(channel: string): Watch;
}

interface Watch {
  /** Fulfilled at the next ring, after so many milliseconds, or when the signal says so. */
  next(milliseconds: number, signal: AbortSignal): Promise<void>;
  end(): void;
}

export function createBell(): Bell {
  const watches = new Map<string, Set<() => void>>();
  return {
    ring(channel) {
      for (const wake of watches.get(channel) ?? []) wake();
    },
    watch(channel) {
      const heard = new EventTarget();
      let isRung = false;
      const wake = () => {
        isRung = true;
        heard.dispatchEvent(new Event('ring'));
      };
      const ofChannel = watches.get(channel) ?? new Set();
      watches.set(channel, ofChannel.add(wake));
      return {
        async next(milliseconds, signal) {
          const until = AbortSignal.any([signal, AbortSignal.timeout(milliseconds)]);
          // The end of the wait is no failure.
          if (!isRung && !until.aborted) await once(heard, 'ring', { signal: until }).catch(() => undefined);
          isRung = false;
        },
        end() {
          ofChannel.delete(wake);
          if (ofChannel.size === 0) watches.delete(channel);
        },
      };
    },
  };
}
