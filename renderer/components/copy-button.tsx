import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Copies a text and says whether that worked. */
export function CopyButton(props: {
  readonly text: string;
  /** What is copied, for the button's name. */
  readonly what: string;
  /** Words on the button; without them it is an icon. */
  readonly label?: string;
}) {
  const { text, what, label } = props;
  const { t } = useTranslation();
  const [state, setState] = useState<'ready' | 'copied' | 'failed'>('ready');
  useEffect(() => {
    if (state === 'ready') return undefined;
    const timer = setTimeout(() => setState('ready'), 2500);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setState('copied'),
      () => setState('failed'),
    );
  return (
    <span className="copy">
      <Button
        size="small"
        type={label ? 'default' : 'text'}
        icon={state === 'copied' ? <CheckOutlined aria-hidden="true" /> : <CopyOutlined aria-hidden="true" />}
        aria-label={label ? undefined : t('copy.what', { what })}
        onClick={() => void copy()}
      >
        {label}
      </Button>
      <span className="copy-state" aria-live="polite">
        {state === 'copied' && t('copy.done')}
        {state === 'failed' && t('copy.failed')}
      </span>
    </span>
  );
}
