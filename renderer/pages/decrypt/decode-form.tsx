import { UnlockOutlined } from '@ant-design/icons';
import { Button, Input, Progress } from 'antd';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/account-operations.ts';
import { splitLines } from '../../../shared/wechat/redirect-link.ts';
import { useAccounts } from '../../app/accounts.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { type Decoding, mostLines } from './use-decoding.ts';

function Running({ decoding }: { readonly decoding: Decoding }) {
  const { t } = useTranslation();
  const { done, rows } = decoding;
  const words = t('decrypt.progress', { done, total: rows.length });
  return (
    <div className="decrypt-progress">
      <Progress percent={Math.round((100 * done) / rows.length)} showInfo={false} aria-label={words} />
      <span>{words}</span>
      <Button onClick={decoding.stop}>{t('decrypt.stop')}</Button>
    </div>
  );
}

/** Where links are pasted, a line each. */
export function DecodeForm({ account, decoding }: { readonly account: Account; readonly decoding: Decoding }) {
  const { t } = useTranslation();
  const { edit } = useAccounts();
  const [text, setText] = useState('');
  const count = splitLines(text).length;
  const isTooMany = count > mostLines;
  const canStart = count > 0 && !isTooMany && !decoding.busy;
  const start = () => void (canStart && decoding.start(text));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    start();
  };
  return (
    <form
      className="decrypt-form"
      onSubmit={(event) => {
        event.preventDefault();
        start();
      }}
    >
      <label htmlFor="decrypt-input">{t('decrypt.input')}</label>
      <p className="lead" id="decrypt-lead">
        {t('decrypt.lead')}
      </p>
      <Input.TextArea
        id="decrypt-input"
        aria-describedby="decrypt-lead decrypt-notes"
        className="decrypt-input"
        autoComplete="off"
        spellCheck={false}
        rows={6}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={onKeyDown}
        {...(isTooMany ? { status: 'error' as const, 'aria-invalid': true } : {})}
      />
      <div id="decrypt-notes" aria-live="polite">
        {isTooMany && <p className="note note-fault">{t('decrypt.tooMany', { most: mostLines })}</p>}
      </div>
      {decoding.error && (
        <ErrorNotice
          error={decoding.error}
          actions={{ retry: start, ...(account.kind === 'wechat' ? { 'open-account': () => edit(account) } : {}) }}
        />
      )}
      <div className="decrypt-actions">
        {decoding.busy ? <Running decoding={decoding} /> : <span className="decrypt-keys">{t('decrypt.keys')}</span>}
        <Button type="primary" htmlType="submit" icon={<UnlockOutlined aria-hidden="true" />} disabled={!canStart}>
          {t('decrypt.decode', { count })}
        </Button>
      </div>
    </form>
  );
}
