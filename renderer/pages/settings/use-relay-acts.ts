import { useState } from 'react';
import { useStep } from '../../api/use-step.ts';

/** What can be done with an account's relay. */
export type RelayAct = 'test' | 'reconnect' | 'rotateKey' | 'unpair';

/** What was done last, but for a new connection, which the state tells of; of a test, how long the push took. */
export interface Done {
  readonly act: Exclude<RelayAct, 'reconnect'> | 'pair';
  readonly seconds: number;
}

/** One act at a time, with what came of the last one. */
export function useRelayActs(accountId: number, onChanged: () => void) {
  const step = useStep();
  const [last, setLast] = useState<RelayAct>('test');
  const [done, setDone] = useState<Done>();
  const tell = (act: Done['act'], seconds = 0) => {
    setDone({ act, seconds });
    onChanged();
  };
  /** @returns whether it was done */
  async function run(act: RelayAct): Promise<boolean> {
    setLast(act);
    setDone(undefined);
    const answer = await step.run(`relay.${act}`, { accountId });
    if (answer && act !== 'reconnect') tell(act, 'milliseconds' in answer ? answer.milliseconds / 1000 : 0);
    else onChanged();
    return answer !== undefined;
  }
  return {
    run,
    done,
    tell,
    error: step.error,
    forget: () => step.setError(undefined),
    again: () => void run(last),
    /** What is under way. */
    running: step.busy ? last : undefined,
  };
}

export type RelayActs = ReturnType<typeof useRelayActs>;
