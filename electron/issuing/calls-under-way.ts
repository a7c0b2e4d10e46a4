/**
 * Calls that are under way: only these are held, however many there will have been.
 * @param brokenOff told when one of them breaks: what it breaks on, the next ones would too
 */
export function createCalls(brokenOff: () => void) {
  const underWay = new Set<Promise<void>>();
  let broken: { readonly error: unknown } | undefined;
  const breakOff = (error: unknown) => {
    broken ??= { error };
    brokenOff();
  };
  return {
    add(call: Promise<unknown>): void {
      const ended = call
        .then(() => {}, breakOff)
        .finally(() => {
          underWay.delete(ended);
        });
      underWay.add(ended);
    },
    /** Resolves when no call is left, or throws what the first one broke on. */
    async allEnded(): Promise<void> {
      await Promise.all(underWay);
      if (broken) throw broken.error;
    },
  };
}
