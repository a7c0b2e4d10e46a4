import { FilePdfOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import { useLanguage } from '../../i18n/i18n.ts';
import { missingColumns, unknownColumns } from './column-targets.ts';
import { ColumnsDrawer, EncodingSelect } from './columns-drawer.tsx';
import type { useOpenedTable } from './use-check.ts';
import type { Desk } from './use-desk.ts';

/** Failures that another encoding can cure. */
const encodingErrors: readonly string[] = ['table.encoding-unknown', 'table.has-nul', 'table.not-csv'];

/** How the table was understood, with the way to say it better. */
export function TableStep(props: {
  readonly desk: Desk;
  readonly opened: ReturnType<typeof useOpenedTable>;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
  readonly onEncoding: (encoding: Desk['encoding']) => void;
  readonly onColumns: (columns: readonly (string | null)[]) => void;
  /** Another table, made of PDFs. */
  readonly onPdfs: () => void;
}) {
  const { desk, opened, open, onOpen, onEncoding, onColumns, onPdfs } = props;
  const { t } = useTranslation();
  const { language } = useLanguage();
  if (opened.error)
    return (
      <div className="batch-table-error">
        <ErrorNotice error={opened.error} actions={{ retry: () => void opened.refetch() }} />
        {(desk.encoding || encodingErrors.includes(opened.error.code)) && (
          <EncodingSelect desk={desk} preview={undefined} onEncoding={onEncoding} />
        )}
      </div>
    );
  const preview = opened.data;
  if (!preview) return <Loading />;
  const columns = desk.columns ?? preview.columns;
  const unknown = desk.columns ? [] : unknownColumns(preview.header, columns);
  const missing = missingColumns(columns, language);
  return (
    <div className="batch-columns">
      {unknown.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('batch.mapping.needed', { count: unknown.length, columns: unknown.join(', ') })}
        />
      )}
      {missing.length > 0 && (
        <Alert type="warning" showIcon title={t('batch.mapping.missing', { columns: missing.join(', ') })} />
      )}
      <Button onClick={() => onOpen(true)}>
        {t(unknown.length + missing.length > 0 ? 'batch.mapping.open' : 'batch.table.columns')}
      </Button>
      <Button type="text" icon={<FilePdfOutlined aria-hidden="true" />} onClick={onPdfs}>
        {t('batch.pdfTable.choose')}
      </Button>
      {preview.remembered && !desk.columns && <span className="lead">{t('batch.table.remembered')}</span>}
      <ColumnsDrawer
        // What is chosen in it belongs to one reading of the file.
        key={`${desk.table?.token} ${preview.encoding} ${open}`}
        open={open}
        preview={preview}
        desk={desk}
        onEncoding={onEncoding}
        onSave={(saved) => {
          onOpen(false);
          onColumns(saved);
        }}
        onClose={() => onOpen(false)}
      />
    </div>
  );
}
