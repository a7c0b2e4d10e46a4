import type { AuthorisationRequest } from '../../../electron/wechat/client-types.ts';

/** Where the calls about orders go. */
export const paths = {
  getticket: '/cgi-bin/ticket/getticket',
  getauthurl: '/card/invoice/getauthurl',
  getauthdata: '/card/invoice/getauthdata',
  rejectinsert: '/card/invoice/rejectinsert',
} as const;

/** An order that a link is asked for. */
export const order: AuthorisationRequest = {
  platformId: 'd3h1',
  orderId: 'ORDER-0001',
  moneyFen: 11_300,
  kind: 'collect',
  source: 'web',
  redirectUrl: '',
};

export const rejection = { ...order, reason: '已退货', url: '' };
