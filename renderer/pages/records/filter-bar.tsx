import { FilterOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Checkbox, DatePicker, Input, InputNumber, Popover, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { memo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Template } from '../../../shared/contract/account-operations.ts';
import type { RecordCriteria } from '../../../shared/contract/record-operations.ts';
import { formatBeijingDate, parseBeijingTime } from '../../../shared/invoice/beijing-time.ts';
import { invoiceStateLabels, invoiceStates } from '../../../shared/invoice/state.ts';
import { reimburseStatuses, reimburseStatusLabels } from '../../../shared/wechat/reimburse-status.ts';
import { useAccounts } from '../../app/accounts.tsx';
import { useLanguage } from '../../i18n/i18n.ts';
import { type CriteriaChange, isSameCriteria, noCriteria } from './search-state.ts';

type Filters = Omit<RecordCriteria, 'text'>;
type Optional = Exclude<keyof Filters, 'needsYou'>;

interface Changes {
  readonly onChange: (change: CriteriaChange) => void;
}

interface FilterProps extends Changes {
  readonly filters: Filters;
}

/** Criteria with one of them set, or taken away. */
function withValue<Name extends Optional>(
  criteria: RecordCriteria,
  name: Name,
  value: RecordCriteria[Name] | null | undefined,
): RecordCriteria {
  const { [name]: _before, ...others } = criteria;
  return (value === undefined || value === null ? others : { ...others, [name]: value }) as RecordCriteria; // only optional names come here
}

const daySeconds = 24 * 60 * 60;

function dayOf(seconds: number | undefined): Dayjs | null {
  return seconds === undefined ? null : dayjs(formatBeijingDate(seconds));
}

function startOf(day: Dayjs | null | undefined): number | undefined {
  return day ? parseBeijingTime(day.format('YYYY-MM-DD')) : undefined;
}

/** What is typed is looked for at once, but for what an input method has not turned into characters yet. */
function SearchBox({ text, onChange }: Changes & { readonly text: string }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(text);
  const [known, setKnown] = useState(text);
  const isComposing = useRef(false);
  if (known !== text) {
    setKnown(text);
    setTyped(text);
  }
  const search = (wanted: string) => {
    setKnown(wanted);
    onChange((before) => ({ ...before, text: wanted }));
  };
  return (
    <Input
      className="records-search"
      type="search"
      prefix={<SearchOutlined aria-hidden="true" />}
      placeholder={t('records.searchHint')}
      aria-label={t('records.search')}
      maxLength={200}
      allowClear
      value={typed}
      onChange={({ target }) => {
        setTyped(target.value);
        if (!isComposing.current) search(target.value);
      }}
      onCompositionStart={() => {
        isComposing.current = true;
      }}
      onCompositionEnd={({ currentTarget }) => {
        isComposing.current = false;
        search(currentTarget.value);
      }}
    />
  );
}

function AmountBox(props: {
  readonly label: string;
  readonly fen: number | undefined;
  readonly onChange: (fen: number | undefined) => void;
}) {
  const { label, fen, onChange } = props;
  return (
    <InputNumber<number>
      className="records-amount"
      prefix="¥"
      min={0}
      max={9_999_999_999}
      precision={2}
      controls={false}
      placeholder={label}
      aria-label={label}
      value={fen === undefined ? null : fen / 100}
      onChange={(yuan) => onChange(yuan === null ? undefined : Math.round(yuan * 100))}
    />
  );
}

function MoreFilters({ filters, onChange, templates }: FilterProps & { readonly templates: readonly Template[] }) {
  const { t } = useTranslation();
  const { say } = useLanguage();
  const set = <Name extends Optional>(name: Name, value: RecordCriteria[Name] | null | undefined) =>
    onChange((before) => withValue(before, name, value));
  return (
    <div className="records-more">
      <div className="records-more-line">
        <span>{t('records.reimburse')}</span>
        <Select
          aria-label={t('records.reimburse')}
          placeholder={t('records.reimburseAny')}
          allowClear
          value={filters.reimburseStatus ?? null}
          options={reimburseStatuses.map((status) => ({ value: status, label: say(reimburseStatusLabels[status]) }))}
          onChange={(status) => set('reimburseStatus', status)}
        />
      </div>
      <div className="records-more-line">
        <span>{t('records.template')}</span>
        <Select
          aria-label={t('records.template')}
          placeholder={t('records.templateAny')}
          allowClear
          value={filters.templateId ?? null}
          options={templates.map(({ id, payee, type }) => ({
            value: id,
            label: t('records.templateName', { payee, type }),
          }))}
          onChange={(id) => set('templateId', id)}
        />
      </div>
      <div className="records-more-line">
        <span>{t('records.feeRange')}</span>
        <AmountBox label={t('records.feeFrom')} fen={filters.feeFrom} onChange={(fen) => set('feeFrom', fen)} />
        <AmountBox label={t('records.feeTo')} fen={filters.feeTo} onChange={(fen) => set('feeTo', fen)} />
      </div>
    </div>
  );
}

function BilledBetween({ filters, onChange }: FilterProps) {
  const { t } = useTranslation();
  const until = filters.billedBefore === undefined ? undefined : filters.billedBefore - daySeconds;
  return (
    <DatePicker.RangePicker
      className="records-dates"
      allowEmpty={[true, true]}
      placeholder={[t('records.billedFrom'), t('records.billedTo')]}
      value={[dayOf(filters.billedFrom), dayOf(until)]}
      onChange={(days) => {
        const last = startOf(days?.[1]);
        onChange((before) => {
          const from = withValue(before, 'billedFrom', startOf(days?.[0]));
          return withValue(from, 'billedBefore', last === undefined ? undefined : last + daySeconds);
        });
      }}
    />
  );
}

interface BarProps extends Changes {
  readonly templates: readonly Template[];
}

/** Drawn again only where a filter has changed: of all on the page these are the most to draw, and a key that is pressed waits. */
const FilterControls = memo(function FilterControls({ filters, onChange, templates }: BarProps & FilterProps) {
  const { t } = useTranslation();
  const { say } = useLanguage();
  const { accounts } = useAccounts();
  const hidden = [filters.reimburseStatus, filters.templateId, filters.feeFrom, filters.feeTo];
  const count = hidden.filter((value) => value !== undefined).length;
  return (
    <>
      {accounts.length > 1 && (
        <Select
          className="records-select"
          aria-label={t('records.account')}
          placeholder={t('records.accountAny')}
          allowClear
          value={filters.accountId ?? null}
          options={accounts.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id) => onChange((before) => withValue(before, 'accountId', id))}
        />
      )}
      <Select
        className="records-select"
        aria-label={t('records.state')}
        placeholder={t('records.stateAny')}
        allowClear
        value={filters.state ?? null}
        options={invoiceStates.map((state) => ({ value: state, label: say(invoiceStateLabels[state]) }))}
        onChange={(state) => onChange((before) => withValue(before, 'state', state))}
      />
      <BilledBetween filters={filters} onChange={onChange} />
      <Popover
        trigger="click"
        placement="bottomLeft"
        content={<MoreFilters filters={filters} onChange={onChange} templates={templates} />}
      >
        <Button icon={<FilterOutlined aria-hidden="true" />}>
          {count === 0 ? t('records.more') : t('records.moreCount', { count })}
        </Button>
      </Popover>
      <Checkbox
        checked={filters.needsYou}
        onChange={({ target }) => onChange((before) => ({ ...before, needsYou: target.checked }))}
      >
        {t('records.needsYou')}
      </Checkbox>
    </>
  );
}, isSameBar);

function isSameBar(one: BarProps & FilterProps, other: BarProps & FilterProps): boolean {
  return (
    one.onChange === other.onChange &&
    one.templates === other.templates &&
    isSameCriteria({ ...one.filters, text: '' }, { ...other.filters, text: '' })
  );
}

/** What is looked for: words, and filters beside them. */
export const FilterBar = memo(function FilterBar(props: BarProps & { readonly criteria: RecordCriteria }) {
  const { criteria, ...others } = props;
  const { t } = useTranslation();
  const { onChange } = others;
  const { text, ...filters } = criteria;
  return (
    <search className="records-filters">
      <SearchBox text={text} onChange={onChange} />
      <FilterControls filters={filters} {...others} />
      {!isSameCriteria(criteria, noCriteria) && (
        <Button type="link" onClick={() => onChange(() => noCriteria)}>
          {t('records.clear')}
        </Button>
      )}
    </search>
  );
});
