import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/account-operations.ts';
import type { Batch } from '../../../shared/contract/batch-operations.ts';
import { useOperation } from '../../api/queries.ts';
import { AccountName } from '../../components/account-name.tsx';

/** What is about to go out, for whom and how many, before the first of it does. */
export function ConfirmRun(props: {
  readonly open: boolean;
  readonly batch: Batch;
  readonly account: Account;
  readonly count: number;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}) {
  const { open, batch, account, count, onConfirm, onCancel } = props;
  const { t } = useTranslation();
  const templates = useOperation('template.list', { accountId: account.id });
  const template = templates.data?.templates.find(({ id }) => id === batch.templateId);
  return (
    <Modal
      open={open}
      title={t('batch.confirmRun.title', { count })}
      okText={t('batch.confirmRun.yes')}
      cancelText={t('batch.confirmRun.no')}
      okButtonProps={{ autoFocus: true }}
      onOk={onConfirm}
      onCancel={onCancel}
      destroyOnHidden
    >
      <dl className="facts">
        <dt>{t('batch.confirmRun.account')}</dt>
        <dd>
          <AccountName account={account} />
        </dd>
        <dt>{t('batch.confirmRun.template')}</dt>
        <dd>{template?.title ?? '—'}</dd>
        <dt>{t('batch.confirmRun.table')}</dt>
        <dd>{batch.sourceName}</dd>
      </dl>
      <p className="lead">{t('batch.confirmRun.text')}</p>
    </Modal>
  );
}
