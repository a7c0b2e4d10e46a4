import { Collapse } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckedTable } from './checked-rows.ts';

const mostShown = 200;

function NameList(props: { readonly title: string; readonly names: readonly string[] }) {
  const { title, names } = props;
  const { t } = useTranslation();
  if (names.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul className="batch-names">
        {names.slice(0, mostShown).map((name) => (
          <li key={name}>{name}</li>
        ))}
        {names.length > mostShown && <li>{t('batch.pdf.more', { count: names.length - mostShown })}</li>}
      </ul>
    </section>
  );
}

/** Which rows have their PDF, and what is left over on either side. */
export function PdfMatching({ checked }: { readonly checked: CheckedTable }) {
  const { t } = useTranslation();
  const without = useMemo(
    () => checked.rows.filter(({ pdf, state }) => pdf === null && state !== 'already'),
    [checked.rows],
  );
  const matched = checked.rows.length - without.length;
  const { unusedPdfs } = checked;
  const summary = [
    t('batch.pdf.matched', { count: matched }),
    ...(without.length > 0 ? [t('batch.pdf.rowsWithout', { count: without.length })] : []),
    ...(unusedPdfs.length > 0 ? [t('batch.pdf.unused', { count: unusedPdfs.length })] : []),
    ...(without.length + unusedPdfs.length === 0 ? [t('batch.pdf.allMatched')] : []),
  ].join(' · ');
  if (without.length + unusedPdfs.length === 0) return <p className="batch-pdfs-line">{summary}</p>;
  return (
    <Collapse
      className="batch-pdfs"
      size="small"
      items={[
        {
          key: 'pdfs',
          label: `${t('batch.pdf.title')} · ${summary}`,
          children: (
            <div className="batch-pdf-lists">
              <NameList
                title={t('batch.pdf.rowsTitle')}
                names={without.map(({ rowNumber, orderId }) => `${t('batch.fix.row', { row: rowNumber })} ${orderId}`)}
              />
              <NameList title={t('batch.pdf.filesTitle')} names={unusedPdfs} />
            </div>
          ),
        },
      ]}
    />
  );
}
