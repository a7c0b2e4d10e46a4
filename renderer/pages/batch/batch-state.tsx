import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  LoadingOutlined,
  PauseCircleOutlined,
  StopOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { Batch } from '../../../shared/contract/batch-operations.ts';

const looks: Readonly<
  Record<Batch['state'], { readonly icon: ComponentType<{ readonly 'aria-hidden'?: 'true' }>; readonly tone: string }>
> = {
  ready: { icon: ClockCircleOutlined, tone: 'quiet' },
  running: { icon: LoadingOutlined, tone: 'running' },
  stopped: { icon: PauseCircleOutlined, tone: 'warn' },
  finished: { icon: CheckCircleOutlined, tone: 'good' },
  cancelled: { icon: StopOutlined, tone: 'quiet' },
};

/** A batch's state by icon, word and colour. */
export function BatchState({ state }: { readonly state: Batch['state'] }) {
  const { t } = useTranslation();
  const { icon: Icon, tone } = looks[state];
  return (
    <span className={`batch-state batch-state-${tone}`}>
      <Icon aria-hidden="true" /> {t(`batch.state.${state}`)}
    </span>
  );
}
