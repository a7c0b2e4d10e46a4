import { LoadingOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';

/** What a button's `loading` takes: the kit's own spinner would be read out as a part of the button's name. */
export function spinning(busy: boolean): false | { readonly icon: ReactNode } {
  return busy && { icon: <LoadingOutlined spin aria-hidden="true" /> };
}
