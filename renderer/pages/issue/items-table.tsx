import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useFieldArray } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { formatYuan, parseYuan, toHalfWidth } from '../../../shared/invoice/money.ts';
import { Notes } from '../../components/field.tsx';
import { type FieldState, useField, useFormAccess } from './form-context.tsx';
import { blankItem, controlId, type ItemForm } from './form-values.ts';

type Part = keyof ItemForm;
const parts: readonly Part[] = ['name', 'num', 'unit', 'price'];

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
  const name = t(`items.${part}`);
  return (
    <Input
      {...marks}
      className={part === 'price' || part === 'num' ? 'money' : ''}
      aria-label={t('items.cell', { line, part: name })}
      prefix={<span className="item-part">{name}</span>}
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
  const tools = [
    {
      name: t('items.up', { line }),
      icon: <ArrowUpOutlined aria-hidden="true" />,
      off: index === 0,
      act: () => onMove(index, index - 1),
    },
    {
      name: t('items.down', { line }),
      icon: <ArrowDownOutlined aria-hidden="true" />,
      off: index === count - 1,
      act: () => onMove(index, index + 1),
    },
    {
      name: t('items.remove', { line }),
      icon: <DeleteOutlined aria-hidden="true" />,
      off: false,
      act: () => onRemove(index),
    },
  ];
  return (
    <span className="item-tools">
      {tools.map(({ name, icon, off, act }) => (
        <Button key={name} size="small" type="text" icon={icon} aria-label={name} disabled={off} onClick={act} />
      ))}
    </span>
  );
}

/** One line of the invoice; Alt + up or down moves it. */
function ItemRow(props: RowProps) {
  const { index, count, onMove } = props;
  const { t } = useTranslation();
  const { readOnly } = useFormAccess();
  const states = useParts(index);
  const amount = lineAmount(states.num.value, states.price.value);
  const line = index + 1;
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    const target = index + step;
    if (!event.altKey || step === 0 || readOnly) return;
    event.preventDefault();
    if (target >= 0 && target < count) onMove(index, target);
  };
  const input = (part: Part) => <PartInput part={part} line={line} state={states[part]} />;
  return (
    <li className="item" aria-label={t('items.line', { line })} onKeyDown={onKeyDown}>
      <span className="item-number" aria-hidden="true">
        {line}
      </span>
      <span className="item-name">{input('name')}</span>
      {!readOnly && <RowTools {...props} />}
      <span className="item-sum">
        {input('num')}
        {input('unit')}
        {input('price')}
        <span className="item-amount">{amount === undefined ? '—' : formatYuan(amount, { symbol: true })}</span>
      </span>
      <div className="item-notes">
        {parts.map((part) => (
          <Notes
            key={part}
            id={controlId(`items.${index}.${part}`)}
            findings={states[part].findings}
            tone={states[part].tone}
          />
        ))}
      </div>
    </li>
  );
}

/** The invoice's lines. */
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
        <ol aria-label={t('issue.section.items')}>
          {fields.map(({ id }, index) => (
            <ItemRow key={id} index={index} count={fields.length} onMove={moveTo} onRemove={removeAt} />
          ))}
        </ol>
      ) : (
        <p className="items-empty">{t('items.empty')}</p>
      )}
      {!readOnly && (
        <Button ref={addButton} size="small" icon={<PlusOutlined aria-hidden="true" />} onClick={add}>
          {t('items.add')}
        </Button>
      )}
    </div>
  );
}
