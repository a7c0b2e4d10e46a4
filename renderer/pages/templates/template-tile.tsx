import { CopyOutlined, InboxOutlined, RollbackOutlined, WarningFilled } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Template } from '../../../shared/contract/account-operations.ts';
import { formatBeijingDate } from '../../../shared/invoice/beijing-time.ts';
import { CardPreview } from '../../components/card-preview.tsx';
import { CopyButton } from '../../components/copy-button.tsx';

const dayOf = (instant: string) => formatBeijingDate(Math.floor(Date.parse(instant) / 1000));

/** One template: its card, its id at WeChat, and what can be done with it. */
export function TemplateTile(props: {
  readonly template: Template;
  /** How many more templates in use its payee has. */
  readonly others: number;
  readonly onDuplicate: () => void;
  readonly onArchive: (archived: boolean) => void;
}) {
  const { template, others, onDuplicate, onArchive } = props;
  const { t } = useTranslation();
  const name = t('templates.name', { title: template.title, type: template.type });
  const { archivedAt } = template;
  return (
    <li className="template-tile">
      <h2>{name}</h2>
      <CardPreview template={template} />
      <div className="template-facts">
        <span className="template-card-id">
          <span className="template-label">{t('templates.cardId')}</span>
          <code>{template.cardId}</code>
          <CopyButton text={template.cardId} what={t('templates.cardId')} />
        </span>
        <span>
          {archivedAt === null
            ? t('templates.createdAt', { date: dayOf(template.createdAt) })
            : t('templates.archivedAt', { date: dayOf(archivedAt) })}
        </span>
        {archivedAt === null && others > 0 && (
          <span className="note note-warning">
            <WarningFilled aria-hidden="true" />
            {t('templates.second', { count: others })}
          </span>
        )}
      </div>
      <div className="template-actions">
        <Button
          icon={<CopyOutlined aria-hidden="true" />}
          aria-label={t('templates.duplicateOf', { name })}
          onClick={onDuplicate}
        >
          {t('templates.duplicate')}
        </Button>
        {archivedAt === null ? (
          <Button
            icon={<InboxOutlined aria-hidden="true" />}
            aria-label={t('templates.archiveOf', { name })}
            onClick={() => onArchive(true)}
          >
            {t('templates.archive')}
          </Button>
        ) : (
          <Button
            icon={<RollbackOutlined aria-hidden="true" />}
            aria-label={t('templates.unarchiveOf', { name })}
            onClick={() => onArchive(false)}
          >
            {t('templates.unarchive')}
          </Button>
        )}
      </div>
    </li>
  );
}
