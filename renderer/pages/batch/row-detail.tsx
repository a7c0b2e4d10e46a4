import { CheckCircleOutlined, CloseCircleFilled, WarningFilled } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../../../shared/invoice/findings.ts';
import { type FileColumns, nameColumn } from '../../../shared/table/column-names.ts';
import { useLanguage } from '../../i18n/i18n.ts';

function FindingLine(props: {
  readonly finding: Finding;
  readonly file: FileColumns | undefined;
  readonly take: (() => void) | undefined;
}) {
  const { finding, file, take } = props;
  const { t } = useTranslation();
  const { say, language } = useLanguage();
  const Icon = finding.severity === 'fault' ? CloseCircleFilled : WarningFilled;
  return (
    <li className={`note note-${finding.severity}`}>
      <Icon aria-hidden="true" />
      <span>
        {finding.field && <b>{nameColumn(finding.field, language, file)} </b>}
        {say(finding.text)} — {say(finding.cure)}
        {take && (
          <Button size="small" type="link" onClick={take}>
            {t('batch.compare.take')}
          </Button>
        )}
      </span>
    </li>
  );
}

/** What is wrong with the row that has the focus, and what to do about it. */
export function RowDetail(props: {
  readonly hint: string;
  readonly rowNumber: number | undefined;
  readonly findings: readonly Finding[];
  /** The columns of the file, where they are known. */
  readonly file?: FileColumns;
  /** What takes over the value that a finding names; undefined: it names none. */
  readonly takeOf?: (finding: Finding) => (() => void) | undefined;
}) {
  const { hint, rowNumber, findings, file, takeOf } = props;
  const { t } = useTranslation();
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
          <FindingLine key={`${one.code} ${one.field} ${one.value}`} finding={one} file={file} take={takeOf?.(one)} />
        ))}
      </ul>
    </div>
  );
}
