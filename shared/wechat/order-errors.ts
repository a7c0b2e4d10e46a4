import type { ErrorEntry } from '../errors/error-entry.ts';
import { wechatError } from './wechat-error.ts';

const newOrder: readonly [string, string] = [
  '请用新的订单号，并让客户重新授权。',
  'Use a new order number and have the customer authorise it.',
];
const askCustomer: readonly [string, string] = [
  '请让客户重新打开授权页面并点击确认，然后再试。',
  'Have the customer open the authorisation page again and confirm, then retry.',
];

/** Orders, authorisation and the merchant's settings for it. */
export const orderErrors: Readonly<Record<number, ErrorEntry>> = {
  72013: wechatError(
    'fix-input',
    ['订单没有授权，或授权已过期', 'The order is not authorised, or no longer'],
    askCustomer,
    'open-invoice',
  ),
  72015: wechatError(
    'fix-account',
    ['没有操作发票的权限，请检查是否已开通相应权限', 'No permission for this operation on invoices'],
    ['请在微信公众平台开通“电子发票”插件和权限。', "Open the plug-in and the permission 电子发票 in WeChat's console."],
    'open-console',
  ),
  72018: wechatError(
    'already-done',
    ['这个订单号的发票已经发给客户', 'The invoice of this order has already been given to the customer'],
    [
      '一个订单号只能插卡一次。另一张发票请用新的订单号，并让客户重新授权。',
      'One order is one card. For another invoice use a new order number, authorised anew.',
    ],
    'open-invoice',
  ),
  72022: wechatError(
    'fix-input',
    ['客户不在测试白名单中', 'The customer is not on the test list'],
    ['沙箱环境请先把客户加入白名单。', 'In a sandbox add the customer to the test list first.'],
    'open-console',
  ),
  72028: wechatError(
    'fix-account',
    ['未设置微信支付商户信息', 'WeChat Pay merchant information is not set'],
    ['请先关联微信支付商户号。', 'Link the WeChat Pay merchant number first.'],
    'open-console',
  ),
  72029: wechatError(
    'fix-account',
    ['未设置授权字段', 'The authorisation fields are not set'],
    ['请先设置授权页要填写的字段。', 'Set the fields of the authorisation page first.'],
    'open-console',
  ),
  72030: wechatError(
    'fix-account',
    ['微信支付商户号无效', 'The WeChat Pay merchant number is not valid'],
    ['请核对商户号。', 'Check the merchant number.'],
    'open-account',
  ),
  72035: wechatError(
    'fix-input',
    [
      '这个订单已经被拒绝开票，订单号不能再用',
      'Invoicing was rejected for this order; the number cannot be used again',
    ],
    newOrder,
    'edit-input',
  ),
  72038: wechatError(
    'fix-input',
    ['订单没有授权，可能是 AppID 与订单号不匹配', 'The order is not authorised, or AppID and order do not match'],
    [
      '请确认客户已在授权页点击确认，且订单号、AppID 与授权时完全一致（s_pappid 不是 AppID）。',
      'See that the customer has confirmed on the authorisation page with the same order number and AppID (s_pappid is not the AppID).',
    ],
    'open-invoice',
  ),
  72048: wechatError(
    'fix-input',
    ['这次授权插入的发票太多，需要重新授权', 'Too many invoices for this authorisation'],
    newOrder,
    'edit-input',
  ),
  72049: wechatError('fix-input', ['没有授权', 'Not authorised'], askCustomer, 'open-invoice'),
  72050: wechatError(
    'fix-input',
    ['授权已过期，需要重新授权', 'The authorisation has expired'],
    askCustomer,
    'open-invoice',
  ),
  72051: wechatError(
    'fix-account',
    ['应用类型不对', 'The type of the app is wrong'],
    ['请使用服务号的 AppID，而不是小程序的。', 'Use the AppID of the service account, not of a mini program.'],
    'open-account',
  ),
  72053: wechatError('fix-input', ['客户没有授权', 'The customer has not authorised'], askCustomer, 'open-invoice'),
  72056: wechatError(
    'already-done',
    ['订单号已经用过：一个订单号永远只能对应一张卡券', 'The order number is used: one order is one card, for ever'],
    [
      '如果这张发票已经发出，无需再做。拆分或重开请用新的订单号并重新授权。',
      'If it was issued before, nothing is to be done. To split or re-issue use a new order number, authorised anew.',
    ],
    'open-invoice',
  ),
  72058: wechatError(
    'wait-and-retry',
    ['微信回调商户时出错', 'WeChat failed in calling the merchant back'],
    ['请稍后再试。', 'Try again later.'],
    'retry',
  ),
  72062: wechatError(
    'wait-and-retry',
    ['授权码被限制使用', 'The authorisation code is limited'],
    ['请稍后再试，或让客户重新授权。', 'Try again later, or have the customer authorise anew.'],
    'retry',
  ),
  72063: wechatError(
    'fix-account',
    ['商户联系方式为空', "The merchant's contact is not set"],
    ['请先设置商户联系方式（电话），再让客户授权。', 'Set the contact telephone first, then let customers authorise.'],
    'open-account',
  ),
  72074: wechatError(
    'already-done',
    ['这个订单已经授权', 'The order is already authorised'],
    ['可以直接开具。', 'It can be issued now.'],
    'open-invoice',
  ),
  72075: wechatError(
    'already-done',
    ['这张发票已经发送', 'The invoice has already been sent'],
    ['无需再做。', 'Nothing is to be done.'],
    'open-invoice',
  ),
};
