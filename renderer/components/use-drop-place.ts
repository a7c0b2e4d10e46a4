import { type DragEvent, useState } from 'react';

/** What an element needs that takes dropped files anywhere on it. */
export interface DropPlace {
  /** Whether files are held over it. */
  readonly over: boolean;
  readonly handlers: {
    readonly onDragEnter: (event: DragEvent) => void;
    readonly onDragOver: (event: DragEvent) => void;
    readonly onDragLeave: () => void;
    readonly onDrop: (event: DragEvent) => void;
  };
}

/**
 * Makes an element a place for dropped files. A drop has no keyboard: a button inside has to do the same.
 * @param take null: nothing is taken, and nothing lights up
 */
export function useDropPlace(take: ((transfer: DataTransfer) => void) | null): DropPlace {
  const [over, setOver] = useState(false);
  // Both events have to accept: an element that comes under the pointer at the moment of the drop, as what is shown
  // changes, hears only that it was entered.
  const accept = (event: DragEvent) => {
    event.preventDefault();
    if (take) setOver(true);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take?.(event.dataTransfer);
  };
  return {
    over,
    handlers: { onDragEnter: accept, onDragOver: accept, onDragLeave: () => setOver(false), onDrop },
  };
}
