import { CheckCircleOutlined, CloseCircleFilled, WarningFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../../../shared/invoice/findings.ts';
import { type FileColumns, nameColumn } from '../../../shared/table/column-names.ts';
import { useLanguage } from '../../i18n/i18n.ts';

/** What is wrong with the row that has the focus, and what to do about it. */
export function RowDetail(props: {
  readonly hint: string;
  readonly rowNumber: number | undefined;
  readonly findings: readonly Finding[];
  /** The columns of the file, where they are known. */
  readonly file?: FileColumns;
}) {
  const { hint, rowNumber, findings, file } = props;
  const { t } = useTranslation();
  const { say, language } = useLanguage();
  if (rowNumber === undefined) return <p className="batch-detail lead">{hint}</p>;
  return (
    <div className="batch-detail" aria-live="polite">
      <strong>{t('batch.fix.row', { row: rowNumber })}</strong>
      {findings.length === 0 && (
        <span>
          <CheckCircleOutlined aria-hidden="true" /> {t('batch.check.noFindings')}
        </span>
      )}
      <ul>
        {findings.map((one) => (
          <li key={`${one.code} ${one.field} ${one.value}`} className={`note note-${one.severity}`}>
            {one.severity === 'fault' ? <CloseCircleFilled aria-hidden="true" /> : <WarningFilled aria-hidden="true" />}
            <span>
              {one.field && <b>{nameColumn(one.field, language, file)} </b>}
              {say(one.text)} — {say(one.cure)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
