import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Template } from '../../../shared/contract/account-operations.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { GroupedNumber } from '../../components/grouped-number.tsx';

export function CodeCell({ code }: { readonly code: string }) {
  const { t } = useTranslation();
  return (
    <span className="decrypt-code">
      <GroupedNumber digits={code} />
      <CopyButton text={code} what={t('decrypt.column.code')} />
    </span>
  );
}

/** The template by the link's card_id. */
export function TemplateCell({
  cardId,
  templates,
}: {
  readonly cardId: string | null;
  templates: readonly Template[];
}) {
  const { t } = useTranslation();
  if (!cardId) return <span className="decrypt-quiet">{t('decrypt.noCardId')}</span>;
  const template = templates.find((one) => one.cardId === cardId);
  return template ? <span>{template.title}</span> : <span className="decrypt-quiet">{t('decrypt.otherTemplate')}</span>;
}

export function InvoiceCell({ invoiceId }: { readonly invoiceId: number | null }) {
  const { t } = useTranslation();
  if (invoiceId === null) return <span className="decrypt-quiet">{t('decrypt.noInvoice')}</span>;
  return (
    <Link className="text-link" href={`/invoice/${invoiceId}`}>
      {t('decrypt.openInvoice', { id: invoiceId })}
    </Link>
  );
}
