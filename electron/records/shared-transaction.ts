interface Waiting {
  readonly step: () => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Lets durable steps share one wait for the disk. Waiting holds up the event loop, and the slower the disk, the more
 * answers have come in meanwhile: their steps are committed together in the next turn, each all or nothing by itself.
 * @param transaction runs a step as one transaction, or within another one as a part that can be taken back alone
 * @param isOpen whether a transaction is under way
 */
export function createSharedTransaction(transaction: (step: () => unknown) => unknown, isOpen: () => boolean) {
  let waiting: Waiting[] = [];

  function take({ step, resolve, reject }: Waiting): () => void {
    try {
      const value = transaction(step);
      return () => resolve(value);
    } catch (error) {
      // A full or broken disk ends the whole transaction: then nothing was done, for nobody.
      if (!isOpen()) throw error;
      return () => reject(error);
    }
  }

  function commit(): void {
    const steps = waiting;
    waiting = [];
    const answers: (() => void)[] = [];
    try {
      transaction(() => {
        for (const one of steps) answers.push(take(one));
      });
    } catch (error) {
      for (const { reject } of steps) reject(error);
      return;
    }
    for (const answer of answers) answer();
  }

  return <Value>(step: () => Value): Promise<Value> =>
    new Promise<Value>((resolve, reject) => {
      if (waiting.length === 0) setImmediate(commit);
      // Each step is answered with its own value.
      waiting.push({ step, resolve: (value) => resolve(value as Value), reject });
    });
}
