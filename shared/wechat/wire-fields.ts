import type { Text } from '../text.ts';

const labels: Readonly<Record<string, Text>> = {
  order_id: { zhCN: '订单号', en: 'order number' },
  card_id: { zhCN: '卡券模板', en: 'template' },
  appid: { zhCN: 'AppID', en: 'AppID' },
  s_pappid: { zhCN: '开票平台识别码', en: 'invoicing platform ID' },
  nonce_str: { zhCN: '随机字符串', en: 'nonce' },
  payee: { zhCN: '收款方（开票方）全称', en: 'payee' },
  type: { zhCN: '发票类型', en: 'invoice type' },
  title: { zhCN: '抬头', en: 'title' },
  fee: { zhCN: '价税合计', en: 'total with tax' },
  fee_without_tax: { zhCN: '不含税金额', en: 'amount without tax' },
  tax: { zhCN: '税额', en: 'tax' },
  billing_time: { zhCN: '开票时间', en: 'invoicing time' },
  billing_no: { zhCN: '发票号码', en: 'invoice number' },
  billing_code: { zhCN: '发票代码', en: 'invoice code' },
  check_code: { zhCN: '校验码', en: 'check code' },
  s_pdf_media_id: { zhCN: '发票 PDF', en: 'invoice PDF' },
  s_media_id: { zhCN: 'PDF 编号', en: 'PDF id' },
  code: { zhCN: '卡券 code', en: 'card code' },
  logo_url: { zhCN: '商家 LOGO', en: 'logo' },
  money: { zhCN: '订单金额', en: 'amount of the order' },
  timestamp: { zhCN: '时间戳', en: 'timestamp' },
  source: { zhCN: '打开链接的地方', en: 'where the link is opened' },
  redirect_url: { zhCN: '授权后跳转的网址', en: 'address after authorising' },
  ticket: { zhCN: '授权页 ticket', en: 'ticket of the authorisation page' },
  reason: { zhCN: '拒绝原因', en: 'reason of the rejection' },
  phone: { zhCN: '联系电话', en: 'telephone' },
  time_out: { zhCN: '开票时限', en: 'time limit for invoicing' },
  contact: { zhCN: '商户联系方式', en: "merchant's contact" },
  auth_field: { zhCN: '授权页字段', en: 'fields of the authorisation page' },
  key: { zhCN: '自定义字段名', en: 'name of a custom field' },
  reimburse_status: { zhCN: '报销状态', en: 'reimbursement status' },
};

/** What a person calls a field of the API, WeChat's own name beside it. WeChat writes some with spaces ("billing no"). */
export function labelOfWireField(name: string): Text {
  const label = labels[name.trim().replaceAll(' ', '_').toLowerCase()];
  return label ? { zhCN: `${label.zhCN}（${name}）`, en: `${label.en} (${name})` } : { zhCN: name, en: name };
}
