import { useState } from 'react';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { call } from '../../api/call.ts';
import { fileNameOf } from './file-name.ts';

const pngStart = 'data:image/png;base64,';

/** Saves what a canvas shows as a PNG, at a place that a person chooses. */
export function useSavedPicture(name: string) {
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState<string>();
  const [undrawn, setUndrawn] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const write = async (png: string) => {
    const place = await call('file.chooseSave', { name: fileNameOf(name, 'png'), kind: 'png' });
    if (!place.ok) return setError(place.error);
    const { target } = place.value;
    if (!target) return;
    const answer = await call('picture.save', { target: target.token, png });
    if (answer.ok) setSaved(answer.value.name);
    else setError(answer.error);
  };
  const save = async (canvas: HTMLCanvasElement | null) => {
    setError(null);
    setSaved(undefined);
    const data = canvas?.toDataURL('image/png') ?? '';
    setUndrawn(!data.startsWith(pngStart));
    if (!data.startsWith(pngStart)) return;
    setBusy(true);
    await write(data.slice(pngStart.length));
    setBusy(false);
  };
  return { busy, saved, undrawn, error, save, forget: () => setError(null) };
}
