import { type GuidePageName, guidePageNames } from './guide-page-names.ts';

/** Addresses whose page of the guide is called otherwise, the longer ones first. */
const pageOfAddress: readonly (readonly [address: string, page: GuidePageName])[] = [
  ['/issue/setup', 'account'],
  ['/settings/relay', 'feed'],
  ['/settings/customer', 'orders'],
  ['/settings/accounts', 'account'],
];

function pageFor(location: string): GuidePageName {
  const other = pageOfAddress.find(([address]) => location === address || location.startsWith(`${address}/`));
  const first = location.split('/')[1];
  return other?.[1] ?? guidePageNames.find((name) => name === first) ?? 'start';
}

/** Where the guide is opened for somebody who is at an address; the guide itself stays where it is. */
export function guideAddress(location: string): string {
  return /^\/guide(\/|$)/.test(location) ? location : `/guide/${pageFor(location)}`;
}

/** The place in the guide that tells more about an error. */
export const errorAddress = (code: string): string => `#/guide/errors/${code}`;
