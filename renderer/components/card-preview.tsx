import { RightOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { TemplateContent } from '../../shared/contract/account-operations.ts';
import { formatBeijingDate } from '../../shared/invoice/beijing-time.ts';
import { formatYuan } from '../../shared/invoice/money.ts';

type CardTemplate = Pick<
  TemplateContent,
  'payee' | 'type' | 'title' | 'customUrlName' | 'customUrlSubTitle' | 'promotionUrlName' | 'promotionUrlSubTitle'
>;

/** What of an invoice is seen on its card. */
export interface CardContent {
  readonly title: string;
  readonly feeFen: number;
  /** Seconds since 1970; 0: not known yet. */
  readonly billingTime: number;
}

function Entry({ name, hint }: { readonly name: string; readonly hint: string }) {
  return (
    <li>
      <span>{name}</span>
      <span className="card-entry-hint">{hint}</span>
      <RightOutlined aria-hidden="true" />
    </li>
  );
}

/** The card as WeChat draws it in the customer's Cards & Offers. WeChat fetches the logo; here its place is shown. */
export function CardPreview(props: { readonly template: CardTemplate; readonly content?: CardContent }) {
  const { template, content } = props;
  const { t } = useTranslation();
  const entries = [
    { name: template.customUrlName, hint: template.customUrlSubTitle },
    { name: template.promotionUrlName, hint: template.promotionUrlSubTitle },
  ].filter(({ name }) => name !== '');
  const shortName = template.title || t('card.noTitle');
  return (
    <section className="wechat-card" aria-label={t('card.label')}>
      <div className="card-head">
        <span className="card-logo" aria-hidden="true">
          {[...shortName][0]}
        </span>
        <span className="card-payee">{shortName}</span>
      </div>
      <p className="card-type">{template.type || t('card.noType')}</p>
      <p className="card-amount">
        {content ? formatYuan(content.feeFen, { symbol: true }) : formatYuan(0, { symbol: true })}
      </p>
      <dl>
        <dt>{t('card.title')}</dt>
        <dd>{content?.title || '—'}</dd>
        <dt>{t('card.date')}</dt>
        <dd>{content && content.billingTime > 0 ? formatBeijingDate(content.billingTime) : '—'}</dd>
        <dt>{t('card.payee')}</dt>
        <dd>{template.payee || '—'}</dd>
      </dl>
      {entries.length > 0 && (
        <ul>
          {entries.map(({ name, hint }) => (
            <Entry key={name} name={name} hint={hint} />
          ))}
        </ul>
      )}
    </section>
  );
}
