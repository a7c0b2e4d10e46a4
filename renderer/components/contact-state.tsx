import { CheckCircleFilled, WarningFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Contact } from '../../shared/contract/merchant-operations.ts';

/** Whether customers can be asked for authorisation at all, with the way to make it so. */
export function ContactState({ contact }: { readonly contact: Contact | null }) {
  const { t } = useTranslation();
  if (contact)
    return (
      <p className="contact-state">
        <CheckCircleFilled className="contact-good" aria-hidden="true" />
        {t('merchant.check.set', { phone: contact.phone })}
      </p>
    );
  return (
    <p className="contact-state">
      <WarningFilled className="contact-warn" aria-hidden="true" />
      {t('merchant.check.unset')}
      <Link className="text-link" href="/settings/customer">
        {t('merchant.check.go')}
      </Link>
    </p>
  );
}
