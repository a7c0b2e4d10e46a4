import { FilePdfOutlined, WarningFilled } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { formatBeijingDate } from '../../../shared/invoice/beijing-time.ts';
import { useFormAccess } from './form-context.tsx';
import type { InvoiceForm } from './form-values.ts';
import { usePdfReadingHere } from './pdf-context.tsx';
import { isEmptyValue, isSaidAlike, type Said, type SaidName } from './pdf-says.ts';

/** A value in words, short enough for a note. */
function useWords() {
  const { t } = useTranslation();
  return (name: SaidName, value: InvoiceForm[SaidName]): string => {
    if (Array.isArray(value)) return t('reading.lines', { count: value.length });
    if (name === 'billingTime') return formatBeijingDate(Number(value));
    return String(value);
  };
}

/** What the PDF says instead, and the way to take it over. */
function Offer(props: {
  readonly said: Said;
  readonly value: Said['value'];
  readonly text: string;
  readonly warn: boolean;
}) {
  const { said, value, text, warn } = props;
  const { t } = useTranslation();
  const { take } = usePdfReadingHere();
  const label = said.name === 'items' ? t('issue.section.items') : t(`field.${said.name}`);
  return (
    <p className={warn ? 'note note-warning pdf-note' : 'note note-quiet pdf-note'}>
      {warn ? <WarningFilled aria-hidden="true" /> : <FilePdfOutlined aria-hidden="true" />}
      <span>{text}</span>
      <Button
        size="small"
        type="link"
        aria-label={t('reading.takeNamed', { field: label })}
        onClick={() => take([{ name: said.name, value }])}
      >
        {t('reading.take')}
      </Button>
    </p>
  );
}

/** What the PDF says about a field: that it is the same, that it says something else, or that it disagrees with itself. */
export function PdfNote({ name }: { readonly name: SaidName }) {
  const { t } = useTranslation();
  const words = useWords();
  const { control, readOnly } = useFormAccess();
  const value: InvoiceForm[SaidName] = useWatch({ control, name });
  const said = usePdfReadingHere().said.get(name);
  if (!said || readOnly) return null;
  const alike = isSaidAlike(name, value, said.value);
  const others = said.others.filter((other) => !isSaidAlike(name, value, other.value));
  return (
    <div className="pdf-notes" aria-live="polite">
      {!alike && (
        <Offer
          said={said}
          value={said.value}
          text={t('reading.says', { value: words(name, said.value) })}
          warn={!isEmptyValue(value)}
        />
      )}
      {others.map((other) => (
        <Offer
          key={`${other.source} ${String(other.value)}`}
          said={said}
          value={other.value}
          text={t('reading.saysElsewhere', {
            value: words(name, other.value),
            source: t(`reading.source.${other.source}`),
          })}
          warn
        />
      ))}
    </div>
  );
}

/** A small mark beside the label of a field that holds what the PDF says. */
export function PdfMark({ name }: { readonly name: SaidName }) {
  const { t } = useTranslation();
  const { control } = useFormAccess();
  const value: InvoiceForm[SaidName] = useWatch({ control, name });
  const said = usePdfReadingHere().said.get(name);
  if (!said || !isSaidAlike(name, value, said.value)) return null;
  const text = t('reading.from', {
    source: t(`reading.source.${said.source}`),
    confidence: t(`reading.confidence.${said.confidence}`),
  });
  return (
    <Tooltip title={text}>
      <FilePdfOutlined className={`pdf-mark pdf-mark-${said.confidence}`} role="img" aria-label={text} />
    </Tooltip>
  );
}
