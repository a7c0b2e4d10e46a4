import { Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { type AuthorisationKind, authorisationKinds } from '../../../shared/invoice/order.ts';

/** What the customer is to do, each with one line of explanation. */
export function KindChoice(props: {
  readonly value: AuthorisationKind;
  readonly onChange: (kind: AuthorisationKind) => void;
}) {
  const { value, onChange } = props;
  const { t } = useTranslation();
  return (
    <fieldset className="orders-kinds">
      <legend>{t('orders.form.kind')}</legend>
      <Radio.Group
        name="order-kind"
        value={value}
        onChange={({ target }) => {
          const kind = authorisationKinds.find((one) => one === target.value);
          if (kind) onChange(kind);
        }}
      >
        {authorisationKinds.map((kind) => (
          <Radio key={kind} value={kind}>
            {t(`orders.form.kinds.${kind}`)}
            <span className="orders-kind-hint">{t(`orders.form.kindHints.${kind}`)}</span>
          </Radio>
        ))}
      </Radio.Group>
    </fieldset>
  );
}
