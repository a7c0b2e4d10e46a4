import type { ErrorEntry } from '../errors/error-entry.ts';
import { wechatError } from './wechat-error.ts';

/** Uploads, PDFs and what identifies a card: errors of single calls. */
export const fileErrors: Readonly<Record<number, ErrorEntry>> = {
  40005: wechatError(
    'fix-input',
    ['文件类型不对', 'The type of the file is wrong'],
    ['LOGO 请用 JPG 或 PNG，发票请用 PDF。', 'Use JPG or PNG for the logo, PDF for invoices.'],
    'choose-file',
  ),
  40009: wechatError(
    'fix-input',
    ['图片大小不对', 'The size of the image is wrong'],
    ['请使用小于 1 MB 的图片。', 'Use an image below 1 MB.'],
    'choose-file',
  ),
  40056: wechatError(
    'fix-input',
    ['卡券 code 不合法', 'The card code is not valid'],
    [
      '请从跳转链接里完整复制 encrypt_code，不要改动其中的符号。',
      'Copy the encrypt_code of the redirect link in full and do not change its signs.',
    ],
    'edit-input',
  ),
  40073: wechatError(
    'fix-input',
    ['卡券模板 card_id 不存在', 'The template (card_id) does not exist'],
    ['请选择本账号创建的模板。', 'Choose a template made by this account.'],
    'open-template',
  ),
  40078: wechatError(
    'wait-and-retry',
    [
      '卡券模板还不能使用：可能刚创建不久，也可能公众号未开通卡券权限',
      'The template cannot be used yet: it may be too new, or the account has no permission for cards',
    ],
    [
      '请过几分钟再试；一直如此请在微信公众平台开通卡券权限。沙箱环境需把微信号加入测试名单。',
      'Try again in some minutes. If it stays, open the permission for cards in the console. In a sandbox the WeChat ID must be on the test list.',
    ],
    'retry',
  ),
  40101: wechatError(
    'bug',
    ['请求缺少参数', 'A parameter is missing'],
    ['请复制详情联系支持。', 'Copy the details for support.'],
    'copy-details',
  ),
  40150: wechatError(
    'fix-input',
    ['卡券参数不正确', 'The card parameters are not valid'],
    ['请核对模板和订单号。', 'Check the template and the order number.'],
    'edit-input',
  ),
  41005: wechatError(
    'bug',
    ['请求里没有文件内容', 'The request held no file'],
    ['请复制详情联系支持。', 'Copy the details for support.'],
    'copy-details',
  ),
  45001: wechatError(
    'fix-input',
    ['文件大小超过微信的限制', "The file is larger than WeChat's limit"],
    ['请使用税务平台导出的原始 PDF，不要扫描或拼接。', 'Use the original PDF of the tax platform, no scan.'],
    'choose-file',
  ),
  49004: wechatError(
    'wait-and-retry',
    ['微信内部签名校验出错', 'WeChat failed in checking a signature of its own'],
    [
      '请直接再试；多次失败请联系微信（wxfapiao@tencent.com）。',
      'Try again; if it fails repeatedly write to wxfapiao@tencent.com.',
    ],
    'retry',
  ),
};
