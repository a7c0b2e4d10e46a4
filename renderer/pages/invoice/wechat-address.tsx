import { CloudDownloadOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { call } from '../../api/call.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { spinning } from '../../components/spinning.tsx';

type Address = OutputOf<'pdf.query'>;

/** Null: the file is not at WeChat. */
async function ask(accountId: number, pdfId: number): Promise<Result<Address | null, AppError>> {
  const found = await call('pdf.latestUpload', { accountId, pdfId });
  if (!found.ok) return found;
  const { upload } = found.value;
  return upload ? call('pdf.query', { accountId, mediaId: upload.mediaId }) : ok(null);
}

/** Seconds until an instant, counted down while it lasts. */
function useSecondsLeft(expiresAt: string): number {
  const left = () => Math.max(0, Math.ceil((Date.parse(expiresAt) - Date.now()) / 1000));
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(left), 1000);
    return () => clearInterval(timer);
  });
  return seconds;
}

/** 7199 → `1:59:59`. */
function clockText(seconds: number): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

function ShownAddress({ address: { url, expiresAt } }: { readonly address: Address }) {
  const { t } = useTranslation();
  const seconds = useSecondsLeft(expiresAt);
  if (seconds === 0) return <p className="note note-warning">{t('invoice.address.over')}</p>;
  return (
    <>
      <div className="invoice-address-row">
        <Input readOnly value={url} aria-label={t('invoice.address.url')} />
        <CopyButton text={url} what={t('invoice.address.url')} />
      </div>
      <p className="note note-quiet" role="timer">
        {t('invoice.address.left', { time: clockText(seconds) })}
      </p>
    </>
  );
}

/** The address at which WeChat gives the PDF out for two hours, asked for on demand. */
export function WechatAddress({ accountId, pdfId }: { readonly accountId: number; readonly pdfId: number }) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<Result<Address | null, AppError> | null>(null);
  const get = async () => {
    setBusy(true);
    setAnswer(await ask(accountId, pdfId));
    setBusy(false);
  };
  const address = answer?.ok ? answer.value : null;
  return (
    <section className="invoice-address" aria-label={t('invoice.address.title')}>
      <div className="invoice-address-row">
        <Button
          size="small"
          icon={<CloudDownloadOutlined aria-hidden="true" />}
          loading={spinning(busy)}
          onClick={() => void get()}
        >
          {t(`invoice.address.${address ? 'again' : 'get'}`)}
        </Button>
        {!answer && <span className="invoice-quiet">{t('invoice.address.hint')}</span>}
      </div>
      <div aria-live="polite">
        {answer?.ok && !answer.value && <p className="note">{t('invoice.address.never')}</p>}
      </div>
      {address && <ShownAddress key={address.url} address={address} />}
      {answer && !answer.ok && <ErrorNotice error={answer.error} actions={{ retry: () => void get() }} />}
    </section>
  );
}
