import { useTranslation } from 'react-i18next';
import { formatBeijingDate } from '../../../shared/invoice/beijing-time.ts';
import type { InvoiceFields, InvoiceItem } from '../../../shared/invoice/invoice.ts';
import { formatYuan } from '../../../shared/invoice/money.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { GroupedNumber } from '../../components/grouped-number.tsx';

type TextField =
  | 'orderId'
  | 'title'
  | 'buyerNumber'
  | 'buyerAddressAndPhone'
  | 'buyerBankAccount'
  | 'sellerNumber'
  | 'sellerAddressAndPhone'
  | 'sellerBankAccount'
  | 'remarks'
  | 'cashier'
  | 'maker';

function TextFacts({ fields, names }: { readonly fields: InvoiceFields; readonly names: readonly TextField[] }) {
  const { t } = useTranslation();
  return names.map((name) => (
    <div key={name}>
      <dt>{t(`field.${name}`)}</dt>
      <dd>{fields[name] || t('invoice.none')}</dd>
    </div>
  ));
}

/** A number to read in groups and to copy without them. */
function NumberFact({ name, digits }: { readonly name: 'billingNo' | 'billingCode' | 'checkCode'; digits: string }) {
  const { t } = useTranslation();
  return (
    <div>
      <dt>{t(`field.${name}`)}</dt>
      <dd className="invoice-number">
        {digits === '' ? (
          t('invoice.none')
        ) : (
          <>
            <GroupedNumber digits={digits} />
            <CopyButton text={digits} what={t(`field.${name}`)} />
          </>
        )}
      </dd>
    </div>
  );
}

function AmountFact({ name, fen }: { readonly name: 'feeWithoutTax' | 'tax' | 'fee'; readonly fen: number }) {
  const { t } = useTranslation();
  return (
    <div>
      <dt>{t(`field.${name}`)}</dt>
      <dd className={name === 'fee' ? 'facts-amount' : 'invoice-money'}>{formatYuan(fen, { symbol: true })}</dd>
    </div>
  );
}

function Items({ items }: { readonly items: readonly InvoiceItem[] }) {
  const { t } = useTranslation();
  // The position of a line is its identity: the lines of a stored invoice do not move.
  const lines = items.map((item, index) => ({ ...item, line: index + 1 }));
  return (
    <table className="invoice-items">
      <thead>
        <tr>
          <th scope="col">{t('invoice.item.line')}</th>
          <th scope="col">{t('invoice.item.name')}</th>
          <th scope="col" className="invoice-money">
            {t('invoice.item.num')}
          </th>
          <th scope="col">{t('invoice.item.unit')}</th>
          <th scope="col" className="invoice-money">
            {t('invoice.item.price')}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ line, name, num, unit, priceFen }) => (
          <tr key={line}>
            <td>{line}</td>
            <td>{name}</td>
            <td className="invoice-money">{num ?? t('invoice.none')}</td>
            <td>{unit || t('invoice.none')}</td>
            <td className="invoice-money">{formatYuan(priceFen, { symbol: true })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Every field of the invoice in the tax form's own words. */
export function InvoiceFacts({ fields }: { readonly fields: InvoiceFields }) {
  const { t } = useTranslation();
  const { billingTime } = fields;
  return (
    <section className="invoice-facts" aria-label={t('invoice.facts')}>
      <h3>{t('issue.section.order')}</h3>
      <dl>
        <TextFacts fields={fields} names={['orderId', 'title']} />
      </dl>
      <h3>{t('issue.section.numbers')}</h3>
      <dl>
        <NumberFact name="billingNo" digits={fields.billingNo} />
        <div>
          <dt>{t('field.billingTime')}</dt>
          <dd>{billingTime > 0 ? formatBeijingDate(billingTime) : t('invoice.none')}</dd>
        </div>
        <NumberFact name="billingCode" digits={fields.billingCode} />
        <NumberFact name="checkCode" digits={fields.checkCode} />
      </dl>
      <h3>{t('issue.section.amounts')}</h3>
      <dl className="invoice-amounts">
        <AmountFact name="feeWithoutTax" fen={fields.feeWithoutTaxFen} />
        <AmountFact name="tax" fen={fields.taxFen} />
        <AmountFact name="fee" fen={fields.feeFen} />
      </dl>
      <h3>{t('issue.section.items')}</h3>
      {fields.items.length > 0 ? <Items items={fields.items} /> : <p>{t('invoice.none')}</p>}
      <h3>{t('issue.section.buyer')}</h3>
      <dl>
        <TextFacts fields={fields} names={['buyerNumber', 'buyerAddressAndPhone', 'buyerBankAccount']} />
      </dl>
      <h3>{t('issue.section.seller')}</h3>
      <dl>
        <TextFacts fields={fields} names={['sellerNumber', 'sellerAddressAndPhone', 'sellerBankAccount']} />
      </dl>
      <h3>{t('issue.section.other')}</h3>
      <dl>
        <TextFacts fields={fields} names={['cashier', 'maker', 'remarks']} />
      </dl>
    </section>
  );
}
