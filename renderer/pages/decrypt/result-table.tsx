import { ToolOutlined, WarningFilled } from '@ant-design/icons';
import { Table, type TableProps } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Template } from '../../../shared/contract/account-operations.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { CodeCell, InvoiceCell, TemplateCell } from './link-cells.tsx';
import type { DecodedRow } from './use-decoding.ts';

function Answer({ row: { read, outcome } }: { readonly row: DecodedRow }) {
  const { t } = useTranslation();
  if (!read.ok)
    return (
      <span className="note note-fault">
        <WarningFilled aria-hidden="true" /> {t(`decrypt.fault.${read.error}`)}
      </span>
    );
  if (outcome.kind === 'done') return <CodeCell code={outcome.code} />;
  if (outcome.kind === 'refused') return <ErrorNotice error={outcome.error} />;
  return <span className="decrypt-quiet">{t(`decrypt.${outcome.kind}`)}</span>;
}

function Repairs({ row: { read } }: { readonly row: DecodedRow }) {
  const { t } = useTranslation();
  if (!read.ok || read.value.repairs.length === 0)
    return <span className="decrypt-quiet">{t('decrypt.noRepairs')}</span>;
  return (
    <ul className="decrypt-repairs">
      {read.value.repairs.map((repair) => (
        <li key={repair}>
          <ToolOutlined aria-hidden="true" /> {t(`decrypt.repair.${repair}`)}
        </li>
      ))}
    </ul>
  );
}

/** What became of each pasted line. */
export function ResultTable(props: { readonly rows: readonly DecodedRow[]; readonly templates: readonly Template[] }) {
  const { rows, templates } = props;
  const { t } = useTranslation();
  const columns: TableProps<DecodedRow>['columns'] = [
    {
      title: t('decrypt.column.line'),
      key: 'line',
      width: '22%',
      render: (_, { line, text }) => (
        <span className="decrypt-line" title={text}>
          {line}. {text}
        </span>
      ),
    },
    // A refusal needs the room of the cells that then have nothing to say.
    {
      title: t('decrypt.column.code'),
      key: 'code',
      render: (_, row) => <Answer row={row} />,
      onCell: (row) => (row.outcome.kind === 'refused' || !row.read.ok ? { colSpan: 4 } : {}),
    },
    {
      title: t('decrypt.column.template'),
      key: 'template',
      width: '16%',
      render: (_, { read }) => read.ok && <TemplateCell cardId={read.value.cardId} templates={templates} />,
      onCell: (row) => (row.outcome.kind === 'refused' || !row.read.ok ? { colSpan: 0 } : {}),
    },
    {
      title: t('decrypt.column.invoice'),
      key: 'invoice',
      width: '16%',
      render: (_, { outcome }) => outcome.kind === 'done' && <InvoiceCell invoiceId={outcome.invoiceId} />,
      onCell: (row) => (row.outcome.kind === 'refused' || !row.read.ok ? { colSpan: 0 } : {}),
    },
    {
      title: t('decrypt.column.repairs'),
      key: 'repairs',
      width: '22%',
      render: (_, row) => <Repairs row={row} />,
      onCell: (row) => (row.outcome.kind === 'refused' || !row.read.ok ? { colSpan: 0 } : {}),
    },
  ];
  return (
    <section aria-labelledby="decrypt-results">
      <h2 id="decrypt-results">{t('decrypt.results')}</h2>
      <Table<DecodedRow>
        size="small"
        rowKey="line"
        columns={columns}
        dataSource={[...rows]}
        tableLayout="fixed"
        pagination={rows.length > 50 ? { pageSize: 50, showSizeChanger: false, size: 'small' } : false}
      />
    </section>
  );
}
