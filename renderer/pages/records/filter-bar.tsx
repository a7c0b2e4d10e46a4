import { FilterOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Checkbox, DatePicker, Input, InputNumber, Popover, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Template } from '../../../shared/contract/account-operations.ts';
import type { RecordCriteria } from '../../../shared/contract/record-operations.ts';
import { formatBeijingDate, parseBeijingTime } from '../../../shared/invoice/beijing-time.ts';
import { invoiceStateLabels, invoiceStates } from '../../../shared/invoice/state.ts';
import { reimburseStatuses, reimburseStatusLabels } from '../../../shared/wechat/reimburse-status.ts';
import { useAccounts } from '../../app/accounts.tsx';
import { useLanguage } from '../../i18n/i18n.ts';
import { isSameCriteria, noCriteria } from './search-state.ts';

interface BarProps {
  readonly criteria: RecordCriteria;
  readonly onChange: (criteria: RecordCriteria) => void;
}

type Optional = Exclude<keyof RecordCriteria, 'text' | 'needsYou'>;

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
function SearchBox({ criteria, onChange }: BarProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(criteria.text);
  const [known, setKnown] = useState(criteria.text);
  const isComposing = useRef(false);
  if (known !== criteria.text) {
    setKnown(criteria.text);
    setTyped(criteria.text);
  }
  const search = (text: string) => {
    setKnown(text);
    onChange({ ...criteria, text });
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

function MoreFilters({ criteria, onChange, templates }: BarProps & { readonly templates: readonly Template[] }) {
  const { t } = useTranslation();
  const { say } = useLanguage();
  const set = <Name extends Optional>(name: Name, value: RecordCriteria[Name] | null | undefined) =>
    onChange(withValue(criteria, name, value));
  return (
    <div className="records-more">
      <div className="records-more-line">
        <span>{t('records.reimburse')}</span>
        <Select
          aria-label={t('records.reimburse')}
          placeholder={t('records.reimburseAny')}
          allowClear
          value={criteria.reimburseStatus ?? null}
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
          value={criteria.templateId ?? null}
          options={templates.map(({ id, payee, type }) => ({
            value: id,
            label: t('records.templateName', { payee, type }),
          }))}
          onChange={(id) => set('templateId', id)}
        />
      </div>
      <div className="records-more-line">
        <span>{t('records.feeRange')}</span>
        <AmountBox label={t('records.feeFrom')} fen={criteria.feeFrom} onChange={(fen) => set('feeFrom', fen)} />
        <AmountBox label={t('records.feeTo')} fen={criteria.feeTo} onChange={(fen) => set('feeTo', fen)} />
      </div>
    </div>
  );
}

function BilledBetween({ criteria, onChange }: BarProps) {
  const { t } = useTranslation();
  const until = criteria.billedBefore === undefined ? undefined : criteria.billedBefore - daySeconds;
  return (
    <DatePicker.RangePicker
      className="records-dates"
      allowEmpty={[true, true]}
      placeholder={[t('records.billedFrom'), t('records.billedTo')]}
      value={[dayOf(criteria.billedFrom), dayOf(until)]}
      onChange={(days) => {
        const last = startOf(days?.[1]);
        const from = withValue(criteria, 'billedFrom', startOf(days?.[0]));
        onChange(withValue(from, 'billedBefore', last === undefined ? undefined : last + daySeconds));
      }}
    />
  );
}

/** What is looked for: words, and filters beside them. */
export function FilterBar({ criteria, onChange, templates }: BarProps & { readonly templates: readonly Template[] }) {
  const { t } = useTranslation();
  const { say } = useLanguage();
  const { accounts } = useAccounts();
  const hidden = [criteria.reimburseStatus, criteria.templateId, criteria.feeFrom, criteria.feeTo];
  const count = hidden.filter((value) => value !== undefined).length;
  return (
    <search className="records-filters">
      <SearchBox criteria={criteria} onChange={onChange} />
      {accounts.length > 1 && (
        <Select
          className="records-select"
          aria-label={t('records.account')}
          placeholder={t('records.accountAny')}
          allowClear
          value={criteria.accountId ?? null}
          options={accounts.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id) => onChange(withValue(criteria, 'accountId', id))}
        />
      )}
      <Select
        className="records-select"
        aria-label={t('records.state')}
        placeholder={t('records.stateAny')}
        allowClear
        value={criteria.state ?? null}
        options={invoiceStates.map((state) => ({ value: state, label: say(invoiceStateLabels[state]) }))}
        onChange={(state) => onChange(withValue(criteria, 'state', state))}
      />
      <BilledBetween criteria={criteria} onChange={onChange} />
      <Popover
        trigger="click"
        placement="bottomLeft"
        content={<MoreFilters criteria={criteria} onChange={onChange} templates={templates} />}
      >
        <Button icon={<FilterOutlined aria-hidden="true" />}>
          {count === 0 ? t('records.more') : t('records.moreCount', { count })}
        </Button>
      </Popover>
      <Checkbox
        checked={criteria.needsYou}
        onChange={({ target }) => onChange({ ...criteria, needsYou: target.checked })}
      >
        {t('records.needsYou')}
      </Checkbox>
      {!isSameCriteria(criteria, noCriteria) && (
        <Button type="link" onClick={() => onChange(noCriteria)}>
          {t('records.clear')}
        </Button>
      )}
    </search>
  );
}
