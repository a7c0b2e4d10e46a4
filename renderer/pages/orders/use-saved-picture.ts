import { useState } from 'react';
import { fileNameOf } from '../../../shared/file-name.ts';
import { call } from '../../api/call.ts';
import { useSaving } from '../../api/use-saving.ts';

const pngStart = 'data:image/png;base64,';

/** Saves what a canvas shows as a PNG, at a place that a person chooses. */
export function useSavedPicture(name: string) {
  const { save: saveTo, ...saving } = useSaving<{ readonly name: string }>();
  const [undrawn, setUndrawn] = useState(false);
  const save = async (canvas: HTMLCanvasElement | null) => {
    saving.forget();
    const data = canvas?.toDataURL('image/png') ?? '';
    setUndrawn(!data.startsWith(pngStart));
    if (!data.startsWith(pngStart)) return;
    const png = data.slice(pngStart.length);
    await saveTo({ name: fileNameOf(name, 'png'), kind: 'png' }, (target) => call('picture.save', { target, png }));
  };
  return { ...saving, undrawn, save };
}
