import { Alert, Button } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../shared/errors/app-error.ts';
import type { ErrorClass, NextAction } from '../../shared/errors/error-entry.ts';
import { useLanguage } from '../i18n/i18n.ts';
import { CopyButton } from './copy-button.tsx';
import { ErrorHelp } from './error-help.tsx';

/** What the place that shows an error can do about it; steps it cannot take get no button. */
export type ErrorActions = Partial<Record<NextAction, () => void>>;

const tones: Record<ErrorClass, 'error' | 'warning' | 'info'> = {
  'fix-input': 'error',
  'fix-account': 'error',
  'fix-computer': 'error',
  'wait-and-retry': 'warning',
  'already-done': 'info',
  'outcome-unknown': 'warning',
  cancelled: 'info',
  bug: 'error',
};

/** The word on the button of a next step, or undefined where the step is no button. */
function wordOf(action: NextAction, t: TFunction): string | undefined {
  switch (action) {
    case 'none':
    case 'copy-details':
    case 'copy-ip':
      return undefined;
    default:
      return t(`errorAction.${action}`);
  }
}

/** Everything support needs, and nothing more than the error itself carries. */
function detailsText({ code, text, details }: AppError): string {
  return JSON.stringify({ code, text, details }, null, 2);
}

/** The one way an error is shown: what happened, what to do, the button for it, and the details to copy. */
export function ErrorNotice(props: {
  readonly error: AppError;
  readonly actions?: ErrorActions;
  /** What the button is called where the place knows it better than the kind of step. */
  readonly actionWord?: string;
  readonly onClose?: () => void;
}) {
  const { error, actions = {}, actionWord, onClose } = props;
  const { t } = useTranslation();
  const { say } = useLanguage();
  const word = actionWord ?? wordOf(error.action, t);
  const act = actions[error.action];
  const ip = error.details['ip'];
  return (
    <Alert
      role="alert"
      className="error-notice"
      type={tones[error.class]}
      showIcon
      title={say(error.text)}
      {...(onClose ? { closable: { 'aria-label': t('errorAction.close'), onClose } } : {})}
      description={
        <>
          <p>{say(error.nextStep)}</p>
          <div className="error-tools">
            {word && act && (
              <Button size="small" onClick={act}>
                {word}
              </Button>
            )}
            {typeof ip === 'string' && (
              <CopyButton text={ip} what={t('errorAction.ip')} label={t('errorAction.copy-ip', { ip })} />
            )}
            <CopyButton
              text={detailsText(error)}
              what={t('errorAction.details')}
              label={t('errorAction.copy-details')}
            />
            <ErrorHelp code={error.code} />
            <code className="error-code">{error.code}</code>
          </div>
        </>
      }
    />
  );
}
