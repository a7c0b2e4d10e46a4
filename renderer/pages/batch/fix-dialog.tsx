import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { LineRepair } from './checked-rows.ts';

/** More than these are applied without being listed one by one. */
const mostShown = 200;

/** Proposed corrections, seen before they are made. */
export function FixDialog(props: {
  readonly open: boolean;
  readonly title: string;
  readonly lead: string;
  readonly repairs: readonly LineRepair[];
  readonly header: readonly string[];
  readonly onApply: () => void;
  readonly onClose: () => void;
}) {
  const { open, title, lead, repairs, header, onApply, onClose } = props;
  const { t } = useTranslation();
  const shown = (cell: string) => (cell === '' ? t('batch.fix.empty') : cell);
  return (
    <Modal
      open={open}
      title={title}
      okText={t('batch.fix.apply', { count: repairs.length })}
      cancelText={t('batch.fix.cancel')}
      okButtonProps={{ autoFocus: true }}
      onOk={onApply}
      onCancel={onClose}
      width={640}
      destroyOnHidden
    >
      <p className="lead">{lead}</p>
      {/* It can be scrolled by the keyboard only where it can have the focus. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
      <section className="batch-fixes" tabIndex={0} aria-label={title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('batch.column.rowNumber')}</th>
              <th scope="col">{t('batch.fix.column')}</th>
              <th scope="col">{t('batch.fix.before')}</th>
              <th scope="col">{t('batch.fix.after')}</th>
            </tr>
          </thead>
          <tbody>
            {repairs.slice(0, mostShown).map(({ row, column, before, after }) => (
              <tr key={`${row}:${column}`}>
                <td>{row}</td>
                <td>{header[column]}</td>
                <td>
                  <del>{shown(before)}</del>
                </td>
                <td>
                  <ins>{shown(after)}</ins>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {repairs.length > mostShown && <p>{t('batch.pdf.more', { count: repairs.length - mostShown })}</p>}
      </section>
    </Modal>
  );
}
