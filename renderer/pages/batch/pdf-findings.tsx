import { useTranslation } from 'react-i18next';
import type { Finding } from '../../../shared/invoice/findings.ts';
import { nameColumn } from '../../../shared/table/column-names.ts';
import { useLanguage } from '../../i18n/i18n.ts';

const mostShown = 200;

export interface FileFinding {
  readonly file: string;
  readonly row?: number;
  readonly finding: Finding;
}

/** Files with what is to be said of each. */
export function PdfFindings(props: {
  readonly title: string;
  readonly findings: readonly FileFinding[];
  /** Whether what is said is about the whole file, and not one of its fields. */
  readonly ofFiles?: boolean;
}) {
  const { title, findings, ofFiles = false } = props;
  const { t } = useTranslation();
  const { say, language } = useLanguage();
  if (findings.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      {/* It can be scrolled by the keyboard only where it can have the focus. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
      <ul className="batch-names" tabIndex={0} aria-label={title}>
        {findings.slice(0, mostShown).map(({ file, row, finding }) => (
          <li key={`${file} ${finding.code} ${finding.field} ${finding.value}`}>
            <b>{row === undefined ? file : `${t('batch.fix.row', { row })} ${file}`}</b>{' '}
            {!ofFiles && finding.field && `${nameColumn(finding.field, language)} `}
            {say(finding.text)} — <span className="lead">{say(finding.cure)}</span>
          </li>
        ))}
        {findings.length > mostShown && <li>{t('batch.pdf.more', { count: findings.length - mostShown })}</li>}
      </ul>
    </section>
  );
}
