import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { type KeyboardEvent, memo, useEffect, useRef } from 'react';
import { useFieldArray } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { formatYuan, parseYuan, toHalfWidth } from '../../../shared/invoice/money.ts';
import { Notes } from '../../components/field.tsx';
import { type FieldState, useField, useFormAccess } from './form-context.tsx';
import { blankItem, controlId, type ItemForm } from './form-values.ts';

type Part = keyof ItemForm;
const parts: readonly Part[] = ['name', 'num', 'unit', 'price'];
const partApiNames = { name: 'name', num: 'num', unit: 'unit', price: 'price' } as const satisfies Record<Part, string>;

/** Quantity × price in fen, where both are typed. */
function lineAmount(num: string, price: string): number | undefined {
  const pieces = /^\d{1,9}$/.exec(toHalfWidth(num).trim());
  const priceFen = parseYuan(price);
  return pieces && priceFen !== undefined ? Number(pieces[0]) * priceFen : undefined;
}

function PartInput(props: { readonly part: Part; readonly line: number; readonly state: FieldState<string> }) {
  const { part, line, state } = props;
  const { t } = useTranslation();
  const { value, change, onFocus, onBlur, marks, readOnly } = state;
  const leave = () => {
    const fen = part === 'price' ? parseYuan(value) : undefined;
    if (fen !== undefined && formatYuan(fen) !== value) change(formatYuan(fen));
    onBlur();
  };
  return (
    <Input
      {...marks}
      className={part === 'price' || part === 'num' ? 'money' : ''}
      aria-label={t('items.cell', { line, part: t(`items.${part}`) })}
      value={value}
      readOnly={readOnly}
      autoComplete="off"
      onChange={({ target }) => change(target.value)}
      onFocus={onFocus}
      onBlur={leave}
    />
  );
}

interface RowProps {
  readonly index: number;
  readonly count: number;
  readonly onMove: (from: number, to: number) => void;
  readonly onRemove: (index: number) => void;
}

function useParts(index: number) {
  return {
    name: useField<string>(`items.${index}.name`),
    num: useField<string>(`items.${index}.num`),
    unit: useField<string>(`items.${index}.unit`),
    price: useField<string>(`items.${index}.price`),
  } satisfies Record<Part, FieldState<string>>;
}

function RowTools({ index, count, onMove, onRemove }: RowProps) {
  const { t } = useTranslation();
  const line = index + 1;
  return (
    <td className="items-tools">
      <Button
        size="small"
        type="text"
        icon={<ArrowUpOutlined />}
        aria-label={t('items.up', { line })}
        disabled={index === 0}
        onClick={() => onMove(index, index - 1)}
      />
      <Button
        size="small"
        type="text"
        icon={<ArrowDownOutlined />}
        aria-label={t('items.down', { line })}
        disabled={index === count - 1}
        onClick={() => onMove(index, index + 1)}
      />
      <Button
        size="small"
        type="text"
        icon={<DeleteOutlined />}
        aria-label={t('items.remove', { line })}
        onClick={() => onRemove(index)}
      />
    </td>
  );
}

const ItemRow = memo(function ItemRow(props: RowProps) {
  const { index, count, onMove } = props;
  const { readOnly } = useFormAccess();
  const states = useParts(index);
  const amount = lineAmount(states.num.value, states.price.value);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    const target = index + step;
    if (!event.altKey || step === 0 || readOnly) return;
    event.preventDefault();
    if (target >= 0 && target < count) onMove(index, target);
  };
  const noted = parts.filter((part) => states[part].findings.length > 0);
  return (
    <>
      <tr onKeyDown={onKeyDown}>
        {parts.map((part) => (
          <td key={part}>
            <PartInput part={part} line={index + 1} state={states[part]} />
          </td>
        ))}
        <td className="items-amount">{amount === undefined ? '—' : formatYuan(amount, { symbol: true })}</td>
        {!readOnly && <RowTools {...props} />}
      </tr>
      {noted.length > 0 && (
        <tr className="items-notes">
          <td colSpan={6}>
            {noted.map((part) => (
              <Notes
                key={part}
                id={controlId(`items.${index}.${part}`)}
                findings={states[part].findings}
                tone={states[part].tone}
              />
            ))}
          </td>
        </tr>
      )}
    </>
  );
});

/** The invoice's lines. Alt + up or down moves the line that is being typed. */
export function ItemsTable() {
  const { t } = useTranslation();
  const { control, readOnly } = useFormAccess();
  const { fields, append, move, remove } = useFieldArray({ control, name: 'items' });
  const focusNext = useRef<string>(undefined);
  const addButton = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (focusNext.current === undefined) return;
    const target = document.getElementById(focusNext.current) ?? addButton.current;
    focusNext.current = undefined;
    target?.focus();
  });
  const add = () => {
    focusNext.current = controlId(`items.${fields.length}.name`);
    append(blankItem, { shouldFocus: false });
  };
  const moveTo = (from: number, to: number) => {
    focusNext.current = document.activeElement?.id.replace(`items-${from}-`, `items-${to}-`) || undefined;
    move(from, to);
  };
  const removeAt = (index: number) => {
    focusNext.current = controlId(`items.${Math.min(index, fields.length - 2)}.name`);
    remove(index);
  };
  return (
    <div className="items">
      {fields.length > 0 ? (
        <table aria-label={t('issue.section.items')}>
          <thead>
            <tr>
              {parts.map((part) => (
                <th key={part} scope="col" className={`items-${part}`}>
                  {t(`items.${part}`)} <code className="field-api">{partApiNames[part]}</code>
                </th>
              ))}
              <th scope="col" className="items-amount">
                {t('items.amount')}
              </th>
              {!readOnly && (
                <th scope="col" className="items-tools">
                  <span className="only-read-aloud">{t('items.tools')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {fields.map(({ id }, index) => (
              <ItemRow key={id} index={index} count={fields.length} onMove={moveTo} onRemove={removeAt} />
            ))}
          </tbody>
        </table>
      ) : (
        <p className="items-empty">{t('items.empty')}</p>
      )}
      {!readOnly && (
        <Button ref={addButton} size="small" icon={<PlusOutlined />} onClick={add}>
          {t('items.add')}
        </Button>
      )}
    </div>
  );
}
