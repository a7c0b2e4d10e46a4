import { useState } from 'react';

/**
 * The way from what is typed to what WeChat keeps: faults are shown once it was tried, and that it is saved until then.
 * @param send answers whether it is saved
 */
export function useSaving(
  draft: { readonly discard: () => void },
  isSound: boolean,
  send: () => Promise<boolean>,
): { readonly tried: boolean; readonly saved: boolean; readonly save: () => Promise<void> } {
  const [tried, setTried] = useState(false);
  const [saved, setSaved] = useState(false);
  const save = async () => {
    setTried(true);
    if (!isSound || !(await send())) return;
    draft.discard();
    setTried(false);
    setSaved(true);
  };
  return { tried, saved, save };
}
