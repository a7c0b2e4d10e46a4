import type { ErrorEntry } from '../errors/error-entry.ts';
import { wechatError } from './wechat-error.ts';

const checkNumbers: readonly [string, string] = [
  '请对照 PDF 核对：旧版发票号码 8 位、代码 10 或 12 位；数电发票号码 20 位、代码留空。',
  'Compare with the PDF: older invoices have an 8-digit number and a 10 or 12-digit code, fully digital ones a 20-digit number and no code.',
];
const originalPdf: readonly [string, string] = [
  '请使用税务平台导出的原始 PDF，且没有被任何人放进卡包过。',
  'Use the original PDF of the tax platform, one that nobody has put into Cards & Offers yet.',
];
const inAWhile: readonly [string, string] = ['请稍后再试。', 'Try again in a while.'];

/** The content of an invoice, its PDF and its status. */
export const invoiceErrors: Readonly<Record<number, ErrorEntry>> = {
  72017: wechatError(
    'fix-input',
    ['发票抬头不一致', 'The invoice title does not match'],
    ['请与客户授权时填写的抬头核对。', 'Compare it with the title the customer gave.'],
    'edit-input',
  ),
  72023: wechatError(
    'wait-and-retry',
    [
      '发票已被其他公众号锁定，一般是已进入报销流程',
      'The invoice is locked by another account, usually because it is being reimbursed',
    ],
    ['请等报销完成，或请报销单位先解锁。', 'Wait until it is reimbursed, or have the company unlock it.'],
    'retry',
  ),
  72024: wechatError(
    'fix-input',
    ['发票状态错误，不能这样变更', 'The status of the invoice does not allow this'],
    ['请刷新后查看它现在的状态。', 'Refresh and look at its present status.'],
    'open-invoice',
  ),
  72025: wechatError(
    'bug',
    ['wx_invoice_token 无效', 'The wx_invoice_token is not valid'],
    ['请复制详情联系支持。', 'Copy the details for support.'],
    'copy-details',
  ),
  72027: wechatError(
    'bug',
    ['发票操作类型错误', 'The action on the invoice is wrong'],
    ['请复制详情联系支持。', 'Copy the details for support.'],
    'copy-details',
  ),
  72031: wechatError(
    'fix-input',
    ['参数错误：某一项没有通过微信的校验', 'Parameter error: a value did not pass the check of WeChat'],
    [
      '请检查各栏有无多余空格、AppID 有没有误填成 s_pappid、代码与号码是否填反、PDF 是否为真实发票。',
      'Look for stray spaces, s_pappid in place of the AppID, code and number swapped, and a PDF that is no genuine invoice.',
    ],
    'edit-input',
  ),
  72036: wechatError('wait-and-retry', ['发票正在被修改状态', 'The invoice is being modified'], inAWhile, 'retry'),
  72037: wechatError(
    'fix-input',
    ['发票不属于该用户', 'The invoice does not belong to this user'],
    ['请核对卡券 code。', 'Check the card code.'],
    'open-invoice',
  ),
  72039: wechatError(
    'fix-input',
    ['发票未被锁定，需要先锁定再核销', 'The invoice must be locked first, then reimbursed'],
    ['请先把状态改为“已锁定”。', 'Set the status to locked first.'],
    'open-invoice',
  ),
  72040: wechatError(
    'fix-input',
    ['PDF 无效，请提供真实有效的 PDF', 'The PDF is not a genuine, valid invoice'],
    originalPdf,
    'choose-file',
  ),
  72041: wechatError(
    'fix-input',
    ['发票代码或号码无效', 'Invoice code or number is not valid'],
    checkNumbers,
    'edit-input',
  ),
  72042: wechatError(
    'already-done',
    ['发票号码和发票代码重复：这张发票已经在卡包里', 'This invoice number and code is already in Cards & Offers'],
    [
      '如果之前已发给客户，无需再做；否则请核对号码。也可能已被其他人领取。',
      'If it was given to the customer before, nothing is to be done; otherwise check the number. Somebody else may have taken it.',
    ],
    'open-invoice',
  ),
  72043: wechatError(
    'fix-input',
    ['发票号码和发票代码错误（位数不对）', 'Invoice number or code is wrong (number of digits)'],
    checkNumbers,
    'edit-input',
  ),
  72044: wechatError(
    'wait-and-retry',
    ['发票抬头二维码超时', 'The QR code of the invoice title timed out'],
    ['请让客户重新出示二维码。', 'Have the customer show a fresh code.'],
    'retry',
  ),
  72045: wechatError(
    'fix-input',
    ['缺少校验码', 'The check code is missing'],
    [
      '旧版发票请填写 PDF 右上角的校验码；数电发票没有校验码，请确认号码是 20 位且代码为空。',
      'Older invoices need the check code at the top right of the PDF; for fully digital ones see that the number has 20 digits and the code is empty.',
    ],
    'edit-input',
  ),
  72046: wechatError('fix-input', ['PDF 地址无效', 'The address of the PDF is not valid'], originalPdf, 'choose-file'),
  72047: wechatError(
    'fix-input',
    ['填写的发票代码或号码与 PDF 里的不一致', 'Invoice code or number differ from what the PDF shows'],
    checkNumbers,
    'edit-input',
  ),
  72052: wechatError('wait-and-retry', ['领取的发票太多', 'Too many invoices were taken'], inAWhile, 'retry'),
  72054: wechatError(
    'wait-and-retry',
    ['这张发票正在插入卡包', 'The invoice is being put into Cards & Offers'],
    inAWhile,
    'retry',
  ),
  72055: wechatError('wait-and-retry', ['发票太多', 'Too many invoices'], inAWhile, 'retry'),
  72057: wechatError(
    'wait-and-retry',
    ['今天的插卡次数已达上限', "Today's limit of cards is reached"],
    ['请明天再继续；没有发出的发票都还在。', 'Go on tomorrow; what has not been sent is still there.'],
  ),
  72059: wechatError(
    'wait-and-retry',
    ['客户正在转赠这张发票', 'The customer is passing this invoice on'],
    inAWhile,
    'retry',
  ),
  72060: wechatError(
    'already-done',
    ['这张发票已经冲红', 'This invoice has already been voided (red-letter)'],
    ['无需再做，请刷新状态。', 'Nothing is to be done; refresh its status.'],
    'open-invoice',
  ),
  72061: wechatError(
    'already-done',
    ['这张发票已经报销核销', 'This invoice has already been reimbursed'],
    ['卡券已从客户卡包移除，状态不能再改。', 'The card has left Cards & Offers, its status is final.'],
    'open-invoice',
  ),
  72071: wechatError(
    'fix-input',
    ['微信识别这张发票失败', 'WeChat failed to recognise this invoice'],
    originalPdf,
    'choose-file',
  ),
  72073: wechatError(
    'fix-input',
    ['发票金额有误', 'The amounts of the invoice are wrong'],
    ['请核对价税合计、不含税金额和税额。', 'Check total, amount without tax, and tax.'],
    'edit-input',
  ),
  72081: wechatError(
    'fix-input',
    ['微信没有取到 PDF', 'WeChat did not get the PDF'],
    ['请重新上传 PDF。', 'Upload the PDF again.'],
    'choose-file',
  ),
  72082: wechatError('fix-input', ['PDF 校验没有通过', 'The PDF did not pass the check'], originalPdf, 'choose-file'),
  72083: wechatError(
    'wait-and-retry',
    ['微信获取 PDF 失败', 'WeChat failed to fetch the PDF'],
    ['请稍后再试，或重新上传 PDF。', 'Try again later, or upload the PDF again.'],
    'retry',
  ),
};
