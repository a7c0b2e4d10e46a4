import type { RecordColumn } from '../contract/record-operations.ts';
import type { Text } from '../text.ts';

/** Headings of the table of records, on the screen and in exports. */
export const recordColumnLabels: Readonly<Record<RecordColumn, Text>> = {
  state: { zhCN: '状态', en: 'State' },
  billingNo: { zhCN: '发票号码', en: 'Invoice number' },
  title: { zhCN: '发票抬头', en: 'Buyer' },
  fee: { zhCN: '价税合计', en: 'Total with tax' },
  billingTime: { zhCN: '开票日期', en: 'Invoice date' },
  orderId: { zhCN: '订单号', en: 'Order number' },
  reimburseStatus: { zhCN: '报销状态', en: 'Reimbursement' },
  account: { zhCN: '账号', en: 'Account' },
  billingCode: { zhCN: '发票代码', en: 'Invoice code' },
  buyerNumber: { zhCN: '购买方税号', en: 'Buyer tax ID' },
  feeWithoutTax: { zhCN: '不含税金额', en: 'Net amount' },
  tax: { zhCN: '税额', en: 'Tax' },
  template: { zhCN: '卡券模板', en: 'Template' },
  cardCode: { zhCN: '卡券 code', en: 'Card code' },
  remarks: { zhCN: '备注', en: 'Remarks' },
  created: { zhCN: '录入时间', en: 'Entered' },
  issued: { zhCN: '开具时间', en: 'Issued' },
};
