import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  ExclamationCircleOutlined,
  MinusCircleOutlined,
  StopOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { BatchRowState } from '../../../shared/contract/batch-operations.ts';

const looks: Readonly<
  Record<BatchRowState, { readonly icon: ComponentType<{ readonly 'aria-hidden'?: 'true' }>; readonly tone: string }>
> = {
  faulty: { icon: CloseCircleOutlined, tone: 'bad' },
  already: { icon: CheckCircleOutlined, tone: 'quiet' },
  waiting: { icon: ClockCircleOutlined, tone: 'quiet' },
  doubtful: { icon: ExclamationCircleOutlined, tone: 'warn' },
  cancelled: { icon: MinusCircleOutlined, tone: 'quiet' },
  issued: { icon: CheckCircleOutlined, tone: 'good' },
  rejected: { icon: StopOutlined, tone: 'bad' },
  unknown: { icon: ExclamationCircleOutlined, tone: 'warn' },
};

/** A row's state by icon, word and colour. */
export function RowState({ state, word }: { readonly state: BatchRowState; readonly word?: string }) {
  const { t } = useTranslation();
  const { icon: Icon, tone } = looks[state];
  return (
    <span className={`batch-state batch-state-${tone}`}>
      <Icon aria-hidden="true" /> {word ?? t(`batch.rowState.${state}`)}
    </span>
  );
}
