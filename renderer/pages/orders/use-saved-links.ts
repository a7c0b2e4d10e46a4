import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { fileNameOf } from '../../../shared/file-name.ts';
import { formatBeijingDate } from '../../../shared/invoice/beijing-time.ts';
import type { OrderStage } from '../../../shared/invoice/order.ts';
import { call } from '../../api/call.ts';
import { useSaving } from '../../api/use-saving.ts';

/** Saves orders with their links as a CSV, at a place that a person chooses. */
export function useSavedLinks(accountId: number) {
  const { t } = useTranslation();
  const { save: saveTo, ...saving } = useSaving<OutputOf<'order.exportLinks'>>();
  const [last, setLast] = useState<OrderStage>();
  /** @param stage of which orders; undefined: of all */
  const save = async (stage?: OrderStage) => {
    setLast(stage);
    const date = formatBeijingDate(Math.floor(Date.now() / 1000));
    const name = fileNameOf(t('orders.linksName', { date }), 'csv');
    await saveTo({ name, kind: 'csv' }, (target) =>
      call('order.exportLinks', { accountId, ...(stage ? { stage } : {}), target }),
    );
  };
  return { ...saving, save, again: () => void save(last) };
}

export type SavedLinks = ReturnType<typeof useSavedLinks>;
