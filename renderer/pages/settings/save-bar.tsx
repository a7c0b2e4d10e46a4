import { EditOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { spinning } from '../../components/spinning.tsx';

/** Whether there is something unsaved, and the two ways on from there. */
export function SaveBar(props: {
  readonly what: string;
  readonly isChanged: boolean;
  readonly canSave: boolean;
  readonly busy: boolean;
  readonly saved: boolean;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
}) {
  const { what, isChanged, canSave, busy, saved, onSave, onDiscard } = props;
  const { t } = useTranslation();
  return (
    <div className="merchant-save">
      <span className={isChanged ? 'note-warning' : 'settings-good'} role="status">
        {isChanged && (
          <>
            <EditOutlined aria-hidden="true" /> {t('merchant.unsaved')}
          </>
        )}
        {!isChanged && saved && t('merchant.saved')}
      </span>
      {isChanged && <Button onClick={onDiscard}>{t('merchant.discard')}</Button>}
      <Button
        type="primary"
        disabled={!canSave}
        loading={spinning(busy)}
        aria-label={`${t('merchant.save')} · ${what}`}
        onClick={onSave}
      >
        {t('merchant.save')}
      </Button>
    </div>
  );
}
