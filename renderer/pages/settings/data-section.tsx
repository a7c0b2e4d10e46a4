import { FolderOpenOutlined, SaveOutlined } from '@ant-design/icons';
import { Alert, Button, Empty, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Backup } from '../../../shared/contract/backup-operations.ts';
import { formatBeijingInstant } from '../../../shared/invoice/beijing-time.ts';
import { useOperation } from '../../api/queries.ts';
import { useStep } from '../../api/use-step.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import { spinning } from '../../components/spinning.tsx';
import { RestoreDialog } from './restore-dialog.tsx';

const timeOf = ({ createdAt }: Backup) => formatBeijingInstant(createdAt);
const megabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(bytes < 10 * 1024 * 1024 ? 1 : 0);

function DataFolder() {
  const { t } = useTranslation();
  const info = useOperation('app.info', {});
  const step = useStep();
  const error = step.error ?? info.error;
  return (
    <section className="settings-panel" aria-labelledby="settings-folder">
      <div className="settings-head">
        <h2 id="settings-folder">{t('settings.data.folder')}</h2>
        <Button icon={<FolderOpenOutlined aria-hidden="true" />} onClick={() => void step.run('folder.open', {})}>
          {t('settings.data.open')}
        </Button>
      </div>
      <p className="lead">{t('settings.data.folderText')}</p>
      <code className="settings-path">{info.data?.dataFolder ?? '…'}</code>
      {error && <ErrorNotice error={error} />}
    </section>
  );
}

function BackupTable(props: { readonly backups: readonly Backup[]; readonly onRestore: (backup: Backup) => void }) {
  const { backups, onRestore } = props;
  const { t } = useTranslation();
  return (
    <Table<Backup>
      size="small"
      rowKey="name"
      dataSource={[...backups]}
      pagination={backups.length > 10 ? { pageSize: 10, size: 'small', showSizeChanger: false } : false}
      columns={[
        { title: t('settings.data.time'), key: 'time', width: 168, render: (_, backup) => timeOf(backup) },
        {
          title: t('settings.data.reason'),
          key: 'reason',
          width: 136,
          render: (_, { reason }) => t(`settings.data.reasons.${reason}`),
        },
        {
          title: t('settings.data.content'),
          key: 'content',
          render: (_, { counts }) => t('settings.data.counts', counts),
        },
        {
          title: t('settings.data.size'),
          key: 'size',
          width: 88,
          align: 'right',
          render: (_, { sizeBytes }) => t('settings.data.megabytes', { size: megabytes(sizeBytes) }),
        },
        {
          title: t('settings.data.action'),
          key: 'action',
          width: 96,
          render: (_, backup) => (
            <Button
              size="small"
              aria-label={t('settings.data.restoreName', { time: timeOf(backup) })}
              onClick={() => onRestore(backup)}
            >
              {t('settings.data.restore')}
            </Button>
          ),
        },
      ]}
    />
  );
}

function Backups() {
  const { t } = useTranslation();
  const reading = useOperation('backup.list', {});
  const step = useStep();
  const [made, setMade] = useState<Backup>();
  const [chosen, setChosen] = useState<Backup>();
  const make = async () => {
    setMade(await step.run('backup.make', {}));
    await reading.refetch();
  };
  const cancelRestore = async () => {
    await step.run('backup.cancelRestore', {});
    await reading.refetch();
  };
  if (reading.error) return <ErrorNotice error={reading.error} actions={{ retry: () => void reading.refetch() }} />;
  if (!reading.data) return <Loading />;
  const { backups, pendingRestore } = reading.data;
  return (
    <section className="settings-panel" aria-labelledby="settings-backups">
      <div className="settings-head">
        <h2 id="settings-backups">{t('settings.data.backups')}</h2>
        <Button
          type="primary"
          icon={<SaveOutlined aria-hidden="true" />}
          loading={spinning(step.busy)}
          onClick={() => void make()}
        >
          {t('settings.data.make')}
        </Button>
      </div>
      <p className="lead">{t('settings.data.backupsText')}</p>
      {pendingRestore !== null && (
        <Alert
          type="warning"
          role="status"
          showIcon
          title={t('settings.data.pendingTitle')}
          description={
            <>
              <p>{t('settings.data.pendingText')}</p>
              <code className="settings-path">{pendingRestore}</code>
            </>
          }
          action={<Button onClick={() => void cancelRestore()}>{t('settings.data.cancelRestore')}</Button>}
        />
      )}
      <div aria-live="polite">
        {made && (
          <p className="settings-good">{t('settings.data.made', { counts: t('settings.data.counts', made.counts) })}</p>
        )}
      </div>
      {step.error && <ErrorNotice error={step.error} onClose={() => step.setError(undefined)} />}
      {backups.length === 0 ? (
        <Empty description={t('settings.data.none')} />
      ) : (
        <BackupTable backups={backups} onRestore={setChosen} />
      )}
      {chosen && (
        <RestoreDialog
          backup={chosen}
          time={timeOf(chosen)}
          onClose={() => {
            setChosen(undefined);
            void reading.refetch();
          }}
        />
      )}
    </section>
  );
}

export function DataSection() {
  return (
    <div className="settings-section">
      <DataFolder />
      <Backups />
    </div>
  );
}
