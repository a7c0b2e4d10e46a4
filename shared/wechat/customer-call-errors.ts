import type { ErrorEntry } from '../errors/error-entry.ts';
import { wechatError } from './wechat-error.ts';

/** The calls with which a merchant asks customers to authorise, each by the last part of its address. */
export type CustomerCall = 'getticket' | 'setbizattr' | 'getauthurl' | 'getauthdata' | 'rejectinsert';

const notTheAccount: readonly [string, string] = [
  '请在微信公众平台开通卡券权限和“电子发票”插件；沙箱环境需把微信号加入测试名单。',
  'Open the permission for cards and the plug-in 电子发票 in the console; in a sandbox the WeChat ID must be on the test list.',
];

/** What codes mean on these calls, where the table of all codes speaks of cards and PDFs. */
export const errorsOfCustomerCalls: Readonly<Record<CustomerCall, Readonly<Record<number, ErrorEntry>>>> = {
  getticket: {
    45009: wechatError(
      'wait-and-retry',
      ['今天取授权页 ticket 的次数已用完', "Today's quota of tickets for authorisation pages is used up"],
      ['请明天再取链接；已经取到的链接仍可使用。', 'Get links again tomorrow; links that were got before still work.'],
    ),
  },
  setbizattr: {
    45021: wechatError(
      'fix-input',
      [
        '有内容太长：自定义字段名最多 5 个字',
        'Something is too long: the name of a custom field has 5 characters at most',
      ],
      ['请缩短字段名后再保存。', 'Shorten the name and save again.'],
      'edit-input',
    ),
    72031: wechatError(
      'fix-input',
      ['微信不接受这些设置', 'WeChat does not accept these settings'],
      [
        '请核对联系电话、开票时限和自定义字段；仍不行请复制详情联系支持。',
        'Check the telephone, the time limit and the custom fields; else copy the details for support.',
      ],
      'edit-input',
    ),
  },
  getauthurl: {
    45021: wechatError(
      'fix-input',
      ['订单号或跳转网址太长', 'The order number or the address after authorising is too long'],
      ['请缩短后再取链接。', 'Shorten it and get the link again.'],
      'edit-input',
    ),
    72031: wechatError(
      'fix-input',
      ['微信不接受这个授权链接的参数', 'WeChat does not accept the parameters of this link'],
      [
        '请核对订单金额（须大于 0）和订单号；仍不行请在账号设置里重新获取开票平台识别码（s_pappid），过几分钟再试（授权页 ticket 会重新获取）。',
        'Check the amount (above 0) and the order number; else obtain the invoicing platform ID (s_pappid) again in Settings and try in some minutes, when the ticket is fetched anew.',
      ],
      'edit-input',
    ),
    72063: wechatError(
      'fix-account',
      ['商户联系方式还没有设置，微信不给授权链接', "The merchant's contact is not set, so WeChat gives no link"],
      ['请在账号设置里填写联系电话，再取链接。', 'Enter the contact telephone in Settings, then get the link again.'],
      'open-account',
    ),
  },
  getauthdata: {
    40078: wechatError(
      'fix-account',
      [
        '这个公众号不能查询授权：可能未开通卡券权限',
        'The account cannot ask for authorisations, perhaps for want of a permission',
      ],
      notTheAccount,
      'open-console',
    ),
    72035: wechatError(
      'fix-input',
      [
        '这个订单已经被拒绝开票，不会再有授权',
        'Invoicing was rejected for this order; it cannot be authorised any more',
      ],
      ['要开票请用新的订单号重新取链接。', 'To invoice it, get a link with a new order number.'],
      'edit-input',
    ),
    72038: wechatError(
      'fix-input',
      [
        '微信没有这个订单的授权记录：客户没有授权，或没有用这个账号为它取过授权链接',
        'WeChat knows no authorisation of this order: its customer did not authorise, or this account never got a link for it',
      ],
      [
        '请先为订单取授权链接并发给客户；取过的话请核对账号和订单号是否与取链接时一致。',
        'Get its link and give it to the customer; if that was done, see that account and order number are those of the link.',
      ],
      'edit-input',
    ),
  },
  rejectinsert: {
    45021: wechatError(
      'fix-input',
      ['拒绝原因或网址太长', 'The reason or the address is too long'],
      ['请缩短后再试。', 'Shorten it and try again.'],
      'edit-input',
    ),
    72024: wechatError(
      'fix-input',
      ['这个订单已经有发票卡券，不能再拒绝', 'This order has its card already, so it cannot be rejected any more'],
      [
        '如果发票作废，请先冲红，再打开这张发票把状态改为“已冲红”。',
        'If the invoice is void, offset it first, then open it here and set its status to offset.',
      ],
      'open-invoice',
    ),
    72035: wechatError(
      'already-done',
      ['这个订单之前已经拒绝开票', 'Invoicing was rejected for this order before'],
      ['无需再做；要开票请用新的订单号。', 'Nothing is to be done; to invoice it use a new order number.'],
    ),
    72038: wechatError(
      'fix-input',
      [
        '客户还没有授权这个订单，没有可以拒绝的申请',
        'The customer has not authorised this order, so there is nothing to reject',
      ],
      [
        '不想再等可以选择“不再等待”；客户授权以后才能拒绝。',
        'To wait no longer, choose "no longer wait"; it can be rejected once the customer has authorised.',
      ],
    ),
  },
};
