import { Alert, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Backup } from '../../../shared/contract/backup-operations.ts';
import { useOperation } from '../../api/queries.ts';
import { useStep } from '../../api/use-step.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { spinning } from '../../components/spinning.tsx';

/** Says what will be there and what is there now, before anything is asked for. */
export function RestoreDialog(props: { readonly backup: Backup; readonly time: string; readonly onClose: () => void }) {
  const { backup, time, onClose } = props;
  const { t } = useTranslation();
  const step = useStep();
  const present = useOperation('backup.present', {});
  const restore = async () => {
    const answer = await step.run('backup.restore', { name: backup.name });
    if (answer) onClose();
  };
  return (
    <Modal
      open
      title={t('settings.data.restoreTitle')}
      okText={t('settings.data.restoreYes')}
      okButtonProps={{ danger: true, disabled: !present.data, loading: spinning(step.busy) }}
      cancelText={t('settings.data.restoreNo')}
      onOk={() => void restore()}
      onCancel={onClose}
    >
      <div className="drawer-form">
        <dl className="facts">
          <dt>{t('settings.data.time')}</dt>
          <dd>{time}</dd>
          <dt>{t('settings.data.restoreThen')}</dt>
          <dd>{t('settings.data.counts', backup.counts)}</dd>
          <dt>{t('settings.data.restoreNow')}</dt>
          <dd>{present.data ? t('settings.data.counts', present.data) : '…'}</dd>
        </dl>
        <Alert type="warning" showIcon title={t('settings.data.restoreWarning')} />
        {present.error && <ErrorNotice error={present.error} actions={{ retry: () => void present.refetch() }} />}
        {step.error && <ErrorNotice error={step.error} />}
      </div>
    </Modal>
  );
}
