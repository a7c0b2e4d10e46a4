import { useState } from 'react';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { call } from '../../api/call.ts';

/** Has a picture chosen and uploads it to WeChat, which answers with the address that a card carries. */
export function useLogoUpload(accountId: number, onUploaded: (url: string) => void) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError>();
  const upload = async (): Promise<void> => {
    const chosen = await call('file.choose', { kind: 'image' });
    if (!chosen.ok) return setError(chosen.error);
    const { file } = chosen.value;
    if (!file) return undefined;
    setBusy(true);
    const uploaded = await call('logo.upload', { accountId, file: file.token });
    setBusy(false);
    setError(uploaded.ok ? undefined : uploaded.error);
    if (uploaded.ok) onUploaded(uploaded.value.url);
    return undefined;
  };
  return { busy, error, upload };
}
