import { zodResolver } from '@hookform/resolvers/zod';
import { Button, Collapse, Drawer, Input } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { type Control, Controller, useController, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/account-operations.ts';
import type { Order } from '../../../shared/contract/order-operations.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { formatYuan, parseYuan } from '../../../shared/invoice/money.ts';
import { call } from '../../api/call.ts';
import { spinning } from '../../components/spinning.tsx';
import { KindChoice } from './kind-choice.tsx';
import { OrderError } from './order-error.tsx';
import { emptyRequest, orderOf, type RequestForm, requestFaults, requestFormSchema } from './request-form.ts';
import { SourceChoice } from './source-choice.tsx';

type FormControl = Control<RequestForm, unknown, RequestForm>;
type TextName = 'orderId' | 'amount' | 'note' | 'redirectUrl';

const texts = {
  orderId: { label: 'orders.form.orderId', hint: 'orders.form.orderHint', api: 'order_id' },
  amount: { label: 'orders.form.amount', hint: 'orders.form.amountHint', api: 'money' },
  note: { label: 'orders.form.note', hint: 'orders.form.noteHint', api: undefined },
  redirectUrl: { label: 'orders.form.redirect', hint: 'orders.form.redirectHint', api: 'redirect_url' },
} as const satisfies Record<TextName, object>;

const idOf = (name: TextName) => `order-${name}`;
const focusOrder = () => document.getElementById(idOf('orderId'))?.focus();

function TextBox({ control, name }: { readonly control: FormControl; readonly name: TextName }) {
  const { t } = useTranslation();
  const { field, fieldState } = useController({ control, name });
  const { label, hint, api } = texts[name];
  const id = idOf(name);
  const known = requestFaults.find((one) => one === fieldState.error?.message);
  const leave = () => {
    const fen = name === 'amount' ? parseYuan(field.value) : undefined;
    if (fen !== undefined) field.onChange(formatYuan(fen));
    field.onBlur();
  };
  return (
    <div className="field">
      <div className="field-head">
        <label htmlFor={id}>{t(label)}</label>
        {api && <code className="field-api">{api}</code>}
      </div>
      <Input
        id={id}
        value={field.value}
        autoComplete="off"
        spellCheck={false}
        aria-describedby={`${id}-notes`}
        {...(name === 'amount' ? { prefix: '¥', className: 'money', inputMode: 'decimal' as const } : {})}
        {...(known ? { status: 'error' as const, 'aria-invalid': true } : {})}
        onChange={({ target }) => field.onChange(target.value)}
        onBlur={leave}
      />
      <p id={`${id}-notes`} className="note note-quiet" aria-live="polite">
        {known ? <span className="note-fault">{t(`orders.form.fault.${known}`)}</span> : t(hint)}
      </p>
    </div>
  );
}

function More({ control }: { readonly control: FormControl }) {
  const { t } = useTranslation();
  return (
    <Collapse
      size="small"
      ghost
      items={[
        {
          key: 'more',
          label: t('orders.form.more'),
          forceRender: true,
          children: (
            <div className="drawer-form">
              <Controller
                name="source"
                control={control}
                render={({ field }) => <SourceChoice id="order-source" value={field.value} onChange={field.onChange} />}
              />
              <TextBox control={control} name="redirectUrl" />
            </div>
          ),
        },
      ]}
    />
  );
}

function RequestFormBody({ account, onGot }: { readonly account: Account; readonly onGot: (order: Order) => void }) {
  const { t } = useTranslation();
  const [error, setError] = useState<AppError | null>(null);
  const { control, handleSubmit, formState } = useForm<RequestForm, unknown, RequestForm>({
    resolver: zodResolver(requestFormSchema),
    mode: 'onTouched',
    shouldFocusError: false,
    defaultValues: emptyRequest,
  });
  const outcome = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error) outcome.current?.scrollIntoView?.({ block: 'center' });
  }, [error]);
  const submit = handleSubmit(
    async (form) => {
      setError(null);
      const answer = await call('order.create', { accountId: account.id, order: orderOf(form) });
      if (!answer.ok) return setError(answer.error);
      if (answer.value.error && !answer.value.link) return setError(answer.value.error);
      onGot(answer.value);
    },
    (faults) => {
      const first = (['orderId', 'amount', 'note', 'redirectUrl'] as const).find((name) => faults[name]);
      if (first) document.getElementById(idOf(first))?.focus();
    },
  );
  return (
    <form
      className="drawer-form"
      onSubmit={(event) => void submit(event)}
      aria-label={t('orders.form.title')}
      noValidate
    >
      <TextBox control={control} name="orderId" />
      <TextBox control={control} name="amount" />
      <TextBox control={control} name="note" />
      <Controller
        name="kind"
        control={control}
        render={({ field }) => <KindChoice value={field.value} onChange={field.onChange} />}
      />
      <More control={control} />
      <div ref={outcome}>
        {error && <OrderError error={error} actions={{ retry: () => void submit(), 'edit-input': focusOrder }} />}
      </div>
      <div className="form-actions">
        <Button type="primary" htmlType="submit" loading={spinning(formState.isSubmitting)}>
          {t('orders.form.submit')}
        </Button>
      </div>
    </form>
  );
}

/** One order, for which a link is got at once. */
export function RequestDrawer(props: {
  readonly open: boolean;
  readonly account: Account;
  readonly onGot: (order: Order) => void;
  readonly onClose: () => void;
}) {
  const { open, account, onGot, onClose } = props;
  const { t } = useTranslation();
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={t('orders.form.title')}
      size={480}
      destroyOnHidden
      // The drawer takes the focus to itself while it opens.
      afterOpenChange={(isOpen) => isOpen && focusOrder()}
    >
      <RequestFormBody account={account} onGot={onGot} />
    </Drawer>
  );
}
