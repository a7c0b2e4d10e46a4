import { EditOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/account-operations.ts';
import type { useStep } from '../../api/use-step.ts';
import { spinning } from '../../components/spinning.tsx';
import { MerchantError } from './merchant-error.tsx';
import type { useSaving } from './use-saving.ts';

/** Why it could not be saved, whether there is something unsaved, and the two ways on from there. */
export function SaveBar(props: {
  readonly account: Account;
  readonly what: string;
  readonly draft: { readonly isChanged: boolean; readonly discard: () => void };
  /** Whether WeChat has nothing yet, so that what is suggested can be saved as it is. */
  readonly isNew: boolean;
  readonly step: ReturnType<typeof useStep>;
  readonly saving: Pick<ReturnType<typeof useSaving>, 'saved' | 'save'>;
}) {
  const { account, what, draft, isNew, step, saving } = props;
  const { isChanged } = draft;
  const { t } = useTranslation();
  return (
    <>
      {step.error && (
        <MerchantError
          account={account}
          error={step.error}
          onRetry={() => void saving.save()}
          onClose={() => step.setError(undefined)}
        />
      )}
      <div className="merchant-save">
        <span className={isChanged ? 'note-warning' : 'settings-good'} role="status">
          {isChanged && (
            <>
              <EditOutlined aria-hidden="true" /> {t('merchant.unsaved')}
            </>
          )}
          {!isChanged && saving.saved && t('merchant.saved')}
        </span>
        {isChanged && <Button onClick={draft.discard}>{t('merchant.discard')}</Button>}
        <Button
          type="primary"
          disabled={!isChanged && !isNew}
          loading={spinning(step.busy)}
          aria-label={`${t('merchant.save')} · ${what}`}
          onClick={() => void saving.save()}
        >
          {t('merchant.save')}
        </Button>
      </div>
    </>
  );
}
