import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { FaultyOrderRow } from '../../../shared/contract/order-operations.ts';
import { formatYuan } from '../../../shared/invoice/money.ts';
import { useLanguage } from '../../i18n/i18n.ts';

type Read = OutputOf<'order.readTable'>;

const mostFaults = 50;

function Counts({ read: { rows, created, known, faulty } }: { readonly read: Read }) {
  const { t } = useTranslation();
  return (
    <p className="orders-read-counts" role="status">
      <Tag>{t('orders.table.counts.rows', { count: rows })}</Tag>
      <Tag color="success">{t('orders.table.counts.created', { count: created })}</Tag>
      <Tag>{t('orders.table.counts.known', { count: known })}</Tag>
      <Tag color={faulty > 0 ? 'error' : 'default'}>{t('orders.table.counts.faulty', { count: faulty })}</Tag>
    </p>
  );
}

function Sample({ sample }: { readonly sample: Read['sample'] }) {
  const { t } = useTranslation();
  return (
    <section>
      <h3>{t('orders.table.sample')}</h3>
      <table className="orders-sample">
        <thead>
          <tr>
            <th scope="col">{t('orders.table.orderId')}</th>
            <th scope="col" className="orders-right">
              {t('orders.table.money')}
            </th>
            <th scope="col">{t('orders.table.note')}</th>
          </tr>
        </thead>
        <tbody>
          {sample.map(({ orderId, moneyFen, note }) => (
            <tr key={orderId}>
              <td>{orderId}</td>
              <td className="orders-right orders-digits">{formatYuan(moneyFen, { symbol: true })}</td>
              <td>{note}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Faults({ faults }: { readonly faults: readonly FaultyOrderRow[] }) {
  const { t } = useTranslation();
  const { say } = useLanguage();
  const more = faults.length - mostFaults;
  return (
    <section
      className="orders-faults"
      aria-label={t('orders.table.faults')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by the keyboard
      tabIndex={0}
    >
      <h3>{t('orders.table.faults')}</h3>
      <ul>
        {faults.slice(0, mostFaults).map(({ row, cells, finding }) => (
          <li key={row}>
            <strong>{t('orders.table.row', { row })}</strong>
            <span className="orders-quiet">{cells.filter((cell) => cell !== '').join(' · ')}</span>
            <span className="note-fault">{say(finding.text)}</span>
            <span className="orders-quiet">{say(finding.cure)}</span>
          </li>
        ))}
      </ul>
      {more > 0 && <p className="orders-quiet">{t('orders.table.moreFaults', { count: more })}</p>}
    </section>
  );
}

/** What was found in the table, before anything of it is stored. */
export function ImportReading({ read }: { readonly read: Read }) {
  return (
    <>
      <Counts read={read} />
      {read.sample.length > 0 && <Sample sample={read.sample} />}
      {read.faults.length > 0 && <Faults faults={read.faults} />}
    </>
  );
}
