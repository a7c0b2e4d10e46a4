import { useEffect, useRef } from 'react';

/** A file let go beside its place is meant for the page all the same; the window must not try to open it. */
export function useDropAnywhere(take: (transfer: DataTransfer) => void): void {
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const accept = (event: globalThis.DragEvent) => event.preventDefault();
    const onDrop = (event: globalThis.DragEvent) => {
      // The places that take a drop themselves have said so.
      if (event.defaultPrevented) return;
      event.preventDefault();
      if (event.dataTransfer && event.dataTransfer.files.length > 0) latest.current(event.dataTransfer);
    };
    window.addEventListener('dragenter', accept);
    window.addEventListener('dragover', accept);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragenter', accept);
      window.removeEventListener('dragover', accept);
      window.removeEventListener('drop', onDrop);
    };
  }, []);
}
