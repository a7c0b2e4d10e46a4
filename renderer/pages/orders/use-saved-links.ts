import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { formatBeijingDate } from '../../../shared/invoice/beijing-time.ts';
import type { OrderStage } from '../../../shared/invoice/order.ts';
import { call } from '../../api/call.ts';
import { fileNameOf } from './file-name.ts';

/** Saves orders with their links as a CSV, at a place that a person chooses. */
export function useSavedLinks(accountId: number) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState<OutputOf<'order.exportLinks'>>();
  const [error, setError] = useState<AppError>();
  const [last, setLast] = useState<OrderStage>();
  const forget = () => {
    setSaved(undefined);
    setError(undefined);
  };
  const write = async (stage: OrderStage | undefined) => {
    const date = formatBeijingDate(Math.floor(Date.now() / 1000));
    const name = fileNameOf(t('orders.linksName', { date }), 'csv');
    const place = await call('file.chooseSave', { name, kind: 'csv' });
    if (!place.ok) return setError(place.error);
    const { target } = place.value;
    if (!target) return;
    const answer = await call('order.exportLinks', {
      accountId,
      ...(stage ? { stage } : {}),
      target: target.token,
    });
    if (answer.ok) setSaved(answer.value);
    else setError(answer.error);
  };
  /** @param stage of which orders; undefined: of all */
  const save = async (stage?: OrderStage) => {
    forget();
    setLast(stage);
    setBusy(true);
    await write(stage);
    setBusy(false);
  };
  return { busy, saved, error, save, forget, again: () => void save(last) };
}

export type SavedLinks = ReturnType<typeof useSavedLinks>;
