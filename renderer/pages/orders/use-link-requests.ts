import { useEffect, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { EventMap } from '../../../shared/contract/events.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { bridge } from '../../api/bridge.ts';
import { call } from '../../api/call.ts';

/** Getting the links of all orders of an account that have none: how far it is, its end, and the way to stop it. */
export function useLinkRequests(accountId: number) {
  const [asked, setAsked] = useState(false);
  const [progress, setProgress] = useState<EventMap['order.requesting'] | null>(null);
  const [done, setDone] = useState<OutputOf<'order.requestLinks'>>();
  const [error, setError] = useState<AppError>();
  useEffect(
    () =>
      bridge().subscribe('order.requesting', (told) => {
        if (told.accountId === accountId) setProgress(told.running ? told : null);
      }),
    [accountId],
  );
  const forget = () => {
    setDone(undefined);
    setError(undefined);
  };
  const start = async () => {
    forget();
    setAsked(true);
    const answer = await call('order.requestLinks', { accountId });
    setAsked(false);
    setProgress(null);
    if (answer.ok) setDone(answer.value);
    else if (answer.error.class !== 'cancelled') setError(answer.error);
  };
  const stop = async () => {
    const answer = await call('order.cancelRequests', { accountId });
    if (!answer.ok) setError(answer.error);
  };
  return { busy: asked || progress !== null, progress, done, error, start, stop, forget };
}

export type LinkRequests = ReturnType<typeof useLinkRequests>;
