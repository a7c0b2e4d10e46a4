import { useTranslation } from 'react-i18next';
import type { Order } from '../../../shared/contract/order-operations.ts';
import type { UserTitle } from '../../../shared/invoice/order.ts';
import { CopyButton } from '../../components/copy-button.tsx';

const fields = ['title', 'taxNumber', 'address', 'phone', 'bankName', 'bankAccount', 'email'] as const;

function useRows(title: UserTitle): readonly (readonly [name: string, value: string])[] {
  const { t } = useTranslation();
  return [
    [t('orders.drawer.field.kind'), t(`orders.drawer.${title.kind}`)] as const,
    ...fields.map((field) => [t(`orders.drawer.field.${field}`), title[field]] as const),
    ...title.custom.map(({ key, value }) => [key, value] as const),
  ].filter(([, value]) => value !== '');
}

function TitleRows({ title }: { readonly title: UserTitle }) {
  const { t } = useTranslation();
  const rows = useRows(title);
  return (
    <>
      <dl className="facts">
        {rows.map(([name, value], index) => (
          <div key={name} className="facts-row">
            <dt>{name}</dt>
            <dd>
              {value} {index > 0 && <CopyButton text={value} what={name} />}
            </dd>
          </div>
        ))}
      </dl>
      <CopyButton
        text={rows.map(([name, value]) => `${name}: ${value}`).join('\n')}
        what={t('orders.drawer.customer')}
        label={t('orders.drawer.copyAll')}
      />
    </>
  );
}

/** What the customer filled in on the authorisation page, ready to be copied. */
export function CustomerTitle({ order }: { readonly order: Order }) {
  const { t } = useTranslation();
  const { title, authorisedAt } = order;
  if (!title && authorisedAt === null) return null;
  return (
    <section aria-labelledby="order-customer">
      <h3 id="order-customer">{t('orders.drawer.customer')}</h3>
      {title ? <TitleRows title={title} /> : <p className="orders-quiet">{t('orders.drawer.customerNone')}</p>}
    </section>
  );
}
