import type { ErrorClass, ErrorEntry, NextAction } from './error-entry.ts';

function entry(
  errorClass: ErrorClass,
  [zhCN, en]: readonly [string, string],
  [stepZhCN, stepEn]: readonly [string, string],
  action: NextAction = 'none',
  retryable = false,
): ErrorEntry {
  return {
    class: errorClass,
    text: { zhCN, en },
    nextStep: { zhCN: stepZhCN, en: stepEn },
    action,
    retryable,
  };
}

/** Every failure of the program's own, with what a shop owner is told and the next step. */
export const errorCatalogue = {
  'input.invalid': entry(
    'fix-input',
    ['输入有误：{field} {reason}', 'Not valid: {field} {reason}'],
    ['请改正后再试。', 'Correct it and try again.'],
    'edit-input',
  ),
  'input.too-much': entry(
    'fix-input',
    ['一次交给程序的内容太多', 'This is too much at once'],
    [
      '请少选一些，或分几次进行；表格和 PDF 请作为文件交给程序。',
      'Choose less, or go in several steps; hand over tables and PDFs as files.',
    ],
    'edit-input',
  ),
  'input.not-json': entry(
    'fix-input',
    ['输入不是有效的 JSON：{reason}', 'The input is not valid JSON: {reason}'],
    ['请检查引号和逗号。', 'Check quotes and commas.'],
    'edit-input',
  ),
  'operation.unknown': entry(
    'fix-input',
    ['没有名为“{name}”的操作', 'There is no operation named "{name}"'],
    ['用 operations 列出全部操作。', 'List them all with: operations'],
  ),
  'usage.wrong': entry(
    'fix-input',
    ['命令用法有误：{reason}', 'Wrong usage: {reason}'],
    ['用 --help 查看用法。', 'See --help.'],
  ),
  'invoice.invalid': entry(
    'fix-input',
    ['发票内容有 {count} 处需要改正：{reason}', 'The invoice has {count} fault(s) to correct: {reason}'],
    ['请改正标红的栏目。', 'Correct the fields marked red.'],
    'edit-input',
  ),
  'invoice.not-found': entry(
    'fix-input',
    ['找不到这张发票', 'This invoice does not exist'],
    ['它可能已被删除，请回到列表。', 'It may have been removed. Go back to the list.'],
  ),
  'invoice.duplicate-order': entry(
    'fix-input',
    [
      '订单号 {orderId} 已经用于另一张发票。微信规定一个订单号永远只能对应一张卡券。',
      'Order {orderId} is already used by another invoice. WeChat allows one card per order, for ever.',
    ],
    [
      '重开或拆分请用新的订单号，并让客户重新授权。',
      'For a re-issue or split use a new order number, authorised anew.',
    ],
    'open-invoice',
  ),
  'invoice.duplicate-number': entry(
    'fix-input',
    [
      '发票代码＋号码 {billingCode} {billingNo} 已经用于订单 {orderId}',
      'Invoice code + number {billingCode} {billingNo} is already used by order {orderId}',
    ],
    ['请核对发票号码，同一张发票不能插卡两次。', 'Check the number: one invoice can become one card only.'],
    'open-invoice',
  ),
  'invoice.wrong-state': entry(
    'fix-input',
    ['这张发票现在的状态是“{state}”，不能进行此操作', 'The invoice is in state "{state}", which does not allow this'],
    ['请刷新后查看它的状态。', 'Refresh and look at its state.'],
    'open-invoice',
  ),
  'invoice.no-card-code': entry(
    'fix-input',
    [
      '这张发票还没有卡券 code（卡券 code 不是发票代码）',
      'This invoice has no card code yet (the card code is not the 发票代码)',
    ],
    [
      '等插卡成功，或收到状态推送、解码跳转链接后再试。',
      'Wait until it is issued, or until a status push or a decoded redirect link brings the code.',
    ],
    'open-invoice',
  ),
  'invoice.pdf-missing': entry(
    'fix-input',
    ['这张发票没有 PDF 文件', 'The invoice has no PDF file'],
    ['请拖入或选择发票 PDF。', 'Drop or choose the invoice PDF.'],
    'choose-file',
  ),
  'invoice.pdf-used': entry(
    'fix-input',
    ['PDF {file} 已经用于订单 {orderId}', 'The PDF {file} is already used by order {orderId}'],
    ['一个 PDF 只能插卡一次，请核对文件。', 'One PDF can become one card only: check the file.'],
    'choose-file',
  ),
  'invoice.busy': entry(
    'wait-and-retry',
    ['这张发票正在开具中', 'This invoice is being issued right now'],
    ['请等待它完成。', 'Wait until it is finished.'],
    'none',
    true,
  ),
  'invoice.changed': entry(
    'fix-input',
    [
      '这张发票在准备开具时被改动，没有发送',
      'This invoice was changed while it was being made ready; nothing was sent',
    ],
    ['请核对内容后重新开具。', 'Check its content and issue it again.'],
    'open-invoice',
  ),
  'invoice.in-doubt': entry(
    'fix-input',
    [
      '恢复备份之后，无法确定订单 {orderId} 是否已经开具过',
      'After the restore of a backup nobody knows whether order {orderId} was issued already',
    ],
    [
      '请先在微信里确认卡券是否存在，再选择“再问微信”“卡券在”或“卡券不在”。',
      'Look in WeChat whether the card exists, then choose "ask WeChat again", "it is there" or "it is not there".',
    ],
    'ask-again',
  ),
  'issue.outcome-unknown': entry(
    'outcome-unknown',
    [
      '请求已发出，但没有收到微信的回答（{reason}）。卡券可能已经发给客户，也可能没有。',
      'The request went out but no answer came ({reason}). The card may or may not have reached the customer.',
    ],
    [
      '不要新建同一张发票。请选择“再问一次微信”，或让客户查看卡包后由您确认。',
      'Do not make the invoice again. Ask WeChat again, or have the customer look in Cards & Offers and confirm.',
    ],
    'ask-again',
  ),
  'answer.not-saved': entry(
    'fix-computer',
    [
      '微信已经回答，但写不进数据库。请记下：{answers}。{why}',
      'WeChat has answered, but that could not be saved. Note it down: {answers}. {why}',
    ],
    [
      '请腾出磁盘空间或检查权限，不要关闭程序：结果会自动补记，补记之前不会再向微信发出任何请求。',
      'Free disk space or check permissions, and keep the program open: it saves the outcome as soon as it can, and sends nothing before.',
    ],
    'open-data-folder',
    true,
  ),
  'status.illegal-move': entry(
    'fix-input',
    ['卡券现在是“{from}”，不能改为“{to}”', 'The card is "{from}", it cannot become "{to}"'],
    ['报销要先锁定；已报销、已冲红的不能再改。', 'Reimbursing needs the lock first; reimbursed and voided are final.'],
    'open-invoice',
  ),
  'status.not-confirmed': entry(
    'fix-input',
    [
      '改为“{to}”后不能撤回，需要输入发票号码确认',
      '"{to}" cannot be taken back and is confirmed by typing the invoice number',
    ],
    ['请输入这张发票的发票号码。', "Type this invoice's number."],
    'edit-input',
  ),
  'status.count-not-confirmed': entry(
    'fix-input',
    [
      '这 {count} 张发票的改动不能撤回，需要输入张数确认',
      'Changing these {count} invoices cannot be taken back and is confirmed by typing how many',
    ],
    ['请输入 {count}。', 'Type {count}.'],
    'edit-input',
  ),
  'batch.cancelled': entry(
    'fix-input',
    ['这个批次已取消', 'This batch was cancelled'],
    ['要继续开具，请重新导入表格；已开具的不会重复。', 'To go on, import the table again; nothing is issued twice.'],
  ),
  'account.not-found': entry(
    'fix-input',
    ['没有名为“{account}”的账号', 'There is no account "{account}"'],
    ['请在设置里添加账号，或核对名称。', 'Add the account in Settings, or check the name.'],
    'open-account',
  ),
  'account.name-taken': entry(
    'fix-input',
    ['已有同名账号“{account}”', 'An account named "{account}" exists already'],
    ['请换一个名称。', 'Choose another name.'],
    'edit-input',
  ),
  'account.secret-missing': entry(
    'fix-account',
    ['账号“{account}”还没有 AppSecret', 'The account "{account}" has no AppSecret yet'],
    [
      '请在设置里填写 AppSecret；无界面运行时用环境变量 FAPIAO_APP_SECRET。',
      'Enter it in Settings; for headless runs set FAPIAO_APP_SECRET.',
    ],
    'open-account',
  ),
  'account.base-url-not-allowed': entry(
    'fix-input',
    ['接口地址 {url} 不被允许', 'The API address {url} is not allowed'],
    [
      '请用 https 地址；http 只允许本机练习服务器。',
      'Use https; http is for the practice server on this computer only.',
    ],
    'edit-input',
  ),
  'secret.unreadable': entry(
    'fix-computer',
    [
      '系统密钥库现在打不开账号“{account}”的密钥',
      'The keychain of this computer does not open what it keeps for the account "{account}" just now',
    ],
    [
      '请解锁系统密钥库（或换回原来的系统用户）再试；一直打不开时，请在设置里重新填写，旧的不会被覆盖。',
      "Unlock the keychain, or sign in as the user you were, and try again. If it never opens, enter it anew in Settings: other accounts' secrets stay.",
    ],
    'open-account',
  ),
  'order.not-found': entry(
    'fix-input',
    ['找不到这个订单', 'This order does not exist'],
    ['请刷新订单列表。', 'Refresh the list of orders.'],
  ),
  'order.exists': entry(
    'fix-input',
    ['订单号 {orderId} 已经在列表里', 'Order {orderId} is in the list already'],
    ['请在列表里打开它；另一张发票请用新的订单号。', 'Open it there; for another invoice use a new order number.'],
    'edit-input',
  ),
  'order.rejected': entry(
    'fix-input',
    [
      '订单 {orderId} 已被拒绝开票，这个订单号永远不能再用',
      'Invoicing was rejected for order {orderId}; its number can never be used again',
    ],
    ['请用新的订单号，并让客户重新授权。', 'Use a new order number and have the customer authorise it.'],
    'edit-input',
  ),
  'order.has-card': entry(
    'fix-input',
    [
      '订单 {orderId} 的发票已经开具或正在开具，不能拒绝',
      'The invoice of order {orderId} is issued or on its way, so it cannot be rejected',
    ],
    ['需要作废时，请打开发票冲红。', 'To void it, open the invoice.'],
    'open-invoice',
  ),
  'order.requesting': entry(
    'wait-and-retry',
    ['正在为这个账号取链接', 'Links are being got for this account already'],
    ['请等它完成，或先停止。', 'Wait until it is done, or stop it first.'],
    'retry',
    true,
  ),
  'order.table-columns': entry(
    'fix-input',
    ['不知道哪一列是订单号、哪一列是金额', 'It is not known which columns hold order number and amount'],
    ['请在下面选出这两列。', 'Choose both columns.'],
    'edit-input',
  ),
  'template.not-found': entry(
    'fix-input',
    ['找不到这个发票卡券模板', 'This invoice card template does not exist'],
    ['请先在模板页创建模板。', 'Create a template first.'],
    'open-template',
  ),
  'file.not-found': entry(
    'fix-input',
    ['找不到文件 {file}', 'File not found: {file}'],
    ['请核对文件名和所在文件夹。', 'Check its name and folder.'],
    'choose-file',
  ),
  'file.not-readable': entry(
    'fix-computer',
    ['无法读取文件 {file}（{reason}）', 'The file {file} cannot be read ({reason})'],
    ['请检查权限，或关闭正在使用它的程序。', 'Check permissions, or close the program that uses it.'],
    'choose-file',
  ),
  'file.not-writable': entry(
    'fix-computer',
    ['无法写入 {file}（{reason}）', '{file} cannot be written ({reason})'],
    [
      '请检查磁盘空间和权限，或关闭正在使用它的程序。',
      'Check disk space and permissions, or close the program that uses it.',
    ],
  ),
  'file.is-folder': entry(
    'fix-input',
    ['{file} 是文件夹，这里需要一个文件', '{file} is a folder, a file is needed here'],
    ['请选择文件。', 'Choose a file.'],
    'choose-file',
  ),
  'file.not-folder': entry(
    'fix-input',
    ['{file} 不是文件夹', '{file} is not a folder'],
    ['请选择存放 PDF 的文件夹。', 'Choose the folder with the PDFs.'],
    'choose-file',
  ),
  'folder.too-many-files': entry(
    'fix-input',
    ['文件夹 {folder} 里的 PDF 超过 {limit} 个', 'The folder {folder} holds more than {limit} PDFs'],
    ['请只保留这一批的 PDF。', 'Keep only the PDFs of this batch in it.'],
    'choose-file',
  ),
  'folder.no-pdfs': entry(
    'fix-input',
    ['文件夹 {folder} 里没有 PDF', 'There is no PDF in the folder {folder}'],
    [
      '请选择直接放着发票 PDF 的文件夹，不看里面的子文件夹。',
      'Choose the folder in which the PDFs stand themselves; folders inside it are not looked into.',
    ],
    'choose-file',
  ),
  'file.token-unknown': entry(
    'fix-input',
    ['文件已失效，需要重新选择', 'The file handle is no longer valid'],
    ['请重新拖入或选择文件。', 'Drop or choose the file again.'],
    'choose-file',
  ),
  'file.changed': entry(
    'fix-input',
    ['文件 {file} 在选择之后被修改过', 'The file {file} was changed after it was chosen'],
    ['请重新选择文件。', 'Choose the file again.'],
    'choose-file',
  ),
  'pdf.empty': entry(
    'fix-input',
    ['{file} 是空文件（0 字节）', '{file} is empty (0 bytes)'],
    ['请重新下载或导出这张发票的 PDF。', 'Download or export the PDF again.'],
    'choose-file',
  ),
  'pdf.not-pdf': entry(
    'fix-input',
    ['{file} 不是 PDF 文件', '{file} is not a PDF file'],
    ['请选择发票 PDF；OFD 请先转换成 PDF。', 'Choose the invoice PDF. Convert OFD files to PDF first.'],
    'choose-file',
  ),
  'pdf.too-large': entry(
    'fix-input',
    ['{file} 有 {sizeMb} MB，超过上限 {limitMb} MB', '{file} has {sizeMb} MB, the limit is {limitMb} MB'],
    ['请使用税务平台导出的原始 PDF。', 'Use the original PDF from the tax platform.'],
    'choose-file',
  ),
  'pdf.is-ofd': entry(
    'fix-input',
    ['{file} 是 OFD 文件，微信只收 PDF', '{file} is an OFD file; WeChat takes PDF only'],
    [
      '请在税务平台下载 PDF 版式，或用 OFD 阅读器另存为 PDF。',
      'Download the PDF from the tax platform, or save it as PDF in an OFD reader.',
    ],
    'choose-file',
  ),
  'pdf.encrypted': entry(
    'fix-input',
    ['{file} 有打开密码，读不了', '{file} is protected by a password and cannot be read'],
    ['请向开票方要没有密码的原始 PDF。', 'Ask the issuer for the original PDF without a password.'],
    'choose-file',
  ),
  'pdf.damaged': entry(
    'fix-input',
    ['{file} 已损坏或不完整', '{file} is damaged or incomplete'],
    ['请重新下载这张发票的 PDF，再试一次。', 'Download this PDF anew and try again.'],
    'choose-file',
  ),
  'pdf.image-only': entry(
    'fix-input',
    [
      '{file} 是扫描件或图片，里面没有文字，也没有可读的二维码',
      '{file} is a scan or an image, without text and without a readable QR code',
    ],
    ['请使用税务平台导出的原始 PDF，或手工填写。', 'Use the original PDF of the tax platform, or type the fields.'],
    'choose-file',
  ),
  'pdf.red-letter': entry(
    'fix-input',
    ['{file} 是红字（负数）发票，不能插卡', '{file} is a red-letter (negative) invoice, which cannot become a card'],
    [
      '请改用蓝字发票的 PDF；已插卡的原发票请改状态。',
      'Use the PDF of the original invoice; void its card where it has one.',
    ],
    'choose-file',
  ),
  'pdf.too-complex': entry(
    'fix-input',
    [
      '{file} 太复杂，{seconds} 秒内读不完，已停止读取',
      '{file} is too complex: not read within {seconds} seconds, so it was stopped',
    ],
    ['请使用税务平台导出的原始 PDF，或手工填写。', 'Use the original PDF of the tax platform, or type the fields.'],
    'choose-file',
  ),
  'image.not-accepted': entry(
    'fix-input',
    ['{file} 不是小于 1 MB 的 JPG 或 PNG 图片', '{file} is not a JPG or PNG below 1 MB'],
    ['请换一张 LOGO 图片，建议 300×300。', 'Choose another logo, 300×300 is recommended.'],
    'choose-file',
  ),
  'table.empty': entry(
    'fix-input',
    ['表格 {file} 里没有数据行', 'The table {file} has no data rows'],
    ['请确认第一行是表头，下面至少有一行发票。', 'The first line is the header; at least one invoice must follow.'],
    'choose-file',
  ),
  'table.encoding-unknown': entry(
    'fix-input',
    ['无法判断 {file} 的文字编码', 'The text encoding of {file} cannot be recognised'],
    ['请另存为“CSV UTF-8”后再导入。', 'Save it as "CSV UTF-8" and import again.'],
    'choose-file',
  ),
  'table.not-csv': entry(
    'fix-input',
    ['{file} 第 {line} 行无法按 CSV 读取：{reason}', '{file}, line {line}, cannot be read as CSV: {reason}'],
    ['请检查该行的引号和列数。', 'Check quotes and columns of that line.'],
    'choose-file',
  ),
  'table.has-nul': entry(
    'fix-input',
    ['{file} 里有空字符（NUL），不是文本表格', '{file} holds NUL characters: it is not a text table'],
    ['请在 Excel 里另存为“CSV UTF-8”后再导入。', 'Save it in Excel as "CSV UTF-8" and import again.'],
    'choose-file',
  ),
  'table.is-workbook': entry(
    'fix-input',
    [
      '{file} 是旧版（.xls）或二进制（.xlsb）的 Excel 工作簿，读不了',
      '{file} is an old (.xls) or binary (.xlsb) Excel workbook, which cannot be read',
    ],
    ['请在 Excel 里另存为“.xlsx”后再导入。', 'Save it in Excel as ".xlsx" and import again.'],
    'choose-file',
  ),
  'table.workbook-locked': entry(
    'fix-input',
    ['Excel 工作簿 {file} 有打开密码', 'The Excel workbook {file} is protected by a password'],
    ['请在 Excel 里去掉密码，另存后再导入。', 'Take the password off in Excel, save, and import again.'],
    'choose-file',
  ),
  'table.workbook-damaged': entry(
    'fix-input',
    ['{file} 不是完好的 Excel 工作簿', '{file} is no intact Excel workbook'],
    ['请用 Excel 打开它，另存为“.xlsx”后再导入。', 'Open it in Excel, save it as ".xlsx", and import again.'],
    'choose-file',
  ),
  'table.too-large': entry(
    'fix-input',
    [
      '{file} 太大（最多 {rows} 行、{columns} 列、{megabytes} MB）',
      '{file} is too large (at most {rows} rows, {columns} columns, {megabytes} MB)',
    ],
    ['请分成几个文件导入。', 'Split it into several files.'],
    'choose-file',
  ),
  'table.duplicate-header': entry(
    'fix-input',
    ['表头“{header}”出现了不止一次', 'The header "{header}" stands more than once'],
    ['请删掉或改名多余的一列。', 'Remove or rename the extra column.'],
    'choose-file',
  ),
  'table.unknown-column': entry(
    'fix-input',
    ['不认识的列：{columns}', 'Unknown column(s): {columns}'],
    ['请按样例文件改正表头，或删掉这些列。', 'Correct the header as in the sample file, or remove these columns.'],
    'choose-file',
  ),
  'table.missing-column': entry(
    'fix-input',
    ['缺少必需的列：{columns}', 'Required column(s) missing: {columns}'],
    ['请按样例文件补上表头。', 'Add them as in the sample file.'],
    'choose-file',
  ),
  'batch.in-doubt': entry(
    'fix-input',
    [
      '恢复备份之后，这个批次有 {count} 张发票可能已经开具过',
      'After the restore of a backup, {count} invoice(s) of this batch may have been issued already',
    ],
    [
      '请先在微信里确认卡券是否存在，再选择“再问微信”“卡券在”或“卡券不在”。',
      'Look in WeChat whether their cards exist, then choose "ask WeChat again", "it is there" or "it is not there".',
    ],
    'ask-again',
  ),
  'batch.count-not-confirmed': entry(
    'fix-input',
    [
      '这会改变 {count} 张发票，不能撤回，需要输入张数确认',
      'This changes {count} invoice(s), cannot be taken back, and is confirmed by typing how many',
    ],
    ['请输入 {count}。', 'Type {count}.'],
    'edit-input',
  ),
  'batch.not-found': entry(
    'fix-input',
    ['找不到这个批次', 'This batch does not exist'],
    ['请回到批次列表。', 'Go back to the list of batches.'],
  ),
  'batch.running': entry(
    'wait-and-retry',
    ['这个批次正在运行', 'This batch is already running'],
    ['请等待它完成。', 'Wait until it is finished.'],
    'none',
    true,
  ),
  'table.check-outdated': entry(
    'wait-and-retry',
    ['表格已重新检查过', 'The table has been checked anew meanwhile'],
    ['请再检查一次。', 'Check it once more.'],
    'retry',
    true,
  ),
  'batch.import-running': entry(
    'wait-and-retry',
    ['正在导入另一个表格', 'Another table is being imported'],
    ['请等待它完成，或先取消它。', 'Wait until it is finished, or cancel it first.'],
    'none',
    true,
  ),
  'batch.day-limit': entry(
    'wait-and-retry',
    [
      '今天的微信接口次数已用完（错误码 {errcode}），批次已停止',
      "WeChat's daily limit is used up (errcode {errcode}); the batch has stopped",
    ],
    [
      '北京时间明天 0 点以后继续这个批次，其余发票不会重复开具。',
      'Resume it after midnight, Beijing time. Nothing is issued twice.',
    ],
    'retry',
    true,
  ),
  'batch.stopped-by-account': entry(
    'fix-account',
    ['批次已停止：{reason}', 'The batch was stopped: {reason}'],
    ['先解决账号问题，再继续这个批次。', 'Cure the account first, then resume the batch.'],
    'open-account',
  ),
  'network.unreachable': entry(
    'wait-and-retry',
    ['连接不到微信服务器（{reason}），请求没有发出', 'WeChat cannot be reached ({reason}); nothing was sent'],
    ['请检查网络，然后重试。', 'Check the network, then try again.'],
    'retry',
    true,
  ),
  'network.timeout': entry(
    'wait-and-retry',
    ['微信服务器没有在 {seconds} 秒内回答', 'WeChat did not answer within {seconds} seconds'],
    ['请稍后重试。', 'Try again in a while.'],
    'retry',
    true,
  ),
  'network.broken': entry(
    'wait-and-retry',
    ['与微信的连接中断（{reason}）', 'The connection to WeChat broke ({reason})'],
    ['请稍后重试。', 'Try again in a while.'],
    'retry',
    true,
  ),
  'wechat.http-status': entry(
    'wait-and-retry',
    ['微信服务器返回 HTTP {status}', 'WeChat answered with HTTP {status}'],
    ['请稍后重试；一直如此请检查接口地址。', 'Try again later; if it stays, check the API address.'],
    'retry',
    true,
  ),
  'wechat.not-understood': entry(
    'wait-and-retry',
    ['看不懂微信的回答：{reason}', "WeChat's answer cannot be understood: {reason}"],
    ['请稍后重试；如果反复出现，请复制详情联系支持。', 'Try again later; if it repeats, copy the details for support.'],
    'copy-details',
    true,
  ),
  'push.bad-signature': entry(
    'fix-input',
    ['推送消息的签名不对', 'The signature of the push is wrong'],
    ['请核对公众平台里的 Token。', "Check the Token in WeChat's console."],
    'open-account',
  ),
  'push.not-understood': entry(
    'fix-input',
    ['看不懂这条推送消息：{reason}', 'The push cannot be understood: {reason}'],
    ['请复制详情联系支持。', 'Copy the details for support.'],
    'copy-details',
  ),
  'push.decrypt-failed': entry(
    'fix-account',
    ['推送消息无法解密：{reason}', 'The push cannot be decrypted: {reason}'],
    ['请核对 EncodingAESKey 和 AppID。', 'Check EncodingAESKey and AppID.'],
    'open-account',
  ),
  'relay.not-a-code': entry(
    'fix-input',
    ['这不是中继的配对码', 'This is not the pairing code of a relay'],
    [
      '请从中继的终端完整复制以 fapiao-relay-1. 开头的那一行。',
      "Copy the whole line that begins with fapiao-relay-1. from the relay's terminal.",
    ],
    'edit-input',
  ),
  'relay.incomplete-code': entry(
    'fix-input',
    ['配对码不完整，或者不是这个中继的', 'The pairing code is incomplete, or not of this relay'],
    ['请重新完整复制一次。', 'Copy it once more, all of it.'],
    'edit-input',
  ),
  'relay.insecure-address': entry(
    'fix-input',
    [
      '中继的地址不是 https，密钥会在路上被看到',
      'The address of the relay is not https: its key could be read on the way',
    ],
    [
      '请给中继配置证书，再用 https 地址重新生成配对码。',
      'Give the relay a certificate, and make a pairing code with its https address.',
    ],
  ),
  'relay.not-paired': entry(
    'fix-input',
    ['这个账号没有接入中继', 'This account has no relay'],
    ['请先在设置的“中继”里输入配对码。', 'Enter a pairing code in Settings, Relay, first.'],
  ),
  'relay.keys-missing': entry(
    'fix-account',
    ['这台电脑上没有中继的密钥', "This computer has not the relay's keys"],
    ['请重新输入配对码。', 'Enter a pairing code again.'],
  ),
  'relay.unauthorised': entry(
    'fix-account',
    ['中继不认识这台电脑的密钥', "The relay does not know this computer's key"],
    ['请在中继上运行 pair，用新的配对码重新接入。', 'Run "pair" on the relay and connect with the new pairing code.'],
  ),
  'relay.unknown-channel': entry(
    'fix-account',
    ['中继上没有这个通道', 'The relay has no such channel'],
    [
      '请核对中继是不是换过存储；需要的话重新运行 init。',
      'Look whether the relay has another store now; if so, run "init" again.',
    ],
  ),
  'relay.unreachable': entry(
    'wait-and-retry',
    ['连不上中继（{reason}）', 'The relay is not reached ({reason})'],
    [
      '会自动再试。请检查网络，以及中继是否在运行。',
      'It is tried again by itself. Check the network, and that the relay is running.',
    ],
    'retry',
    true,
  ),
  'relay.busy': entry(
    'wait-and-retry',
    ['中继现在很忙，或正在重启', 'The relay is busy, or about to restart'],
    ['会自动再试。', 'It is tried again by itself.'],
    'retry',
    true,
  ),
  'relay.not-a-relay': entry(
    'fix-account',
    [
      '这个地址上回答的不是发票台的中继（{status}）',
      'What answers at this address is not a relay of Fapiao Desk ({status})',
    ],
    [
      '请核对地址，以及前面的代理是否转给了中继。',
      'Check the address, and that the proxy in front passes requests on to the relay.',
    ],
    'copy-details',
  ),
  'relay.refused': entry(
    'bug',
    ['中继拒绝了请求（{fault}）', 'The relay refused the request ({fault})'],
    ['请复制详情联系支持。', 'Copy the details for support.'],
    'copy-details',
  ),
  'relay.other-memory': entry(
    'wait-and-retry',
    ['中继的存储不是以前的那一个', 'The store of the relay is not the one it was'],
    ['它现有的推送会全部重新读取，重复的不会算两次。', 'Everything it has is read again; nothing counts twice.'],
    'none',
    true,
  ),
  'relay.not-stored': entry(
    'fix-computer',
    ['收到的推送没能写入磁盘（{reason}）', 'What came in could not be written to the disk ({reason})'],
    [
      '请腾出磁盘空间；推送还在中继上，会再取一次。',
      'Free some space; the pushes are still on the relay and are fetched again.',
    ],
    'open-data-folder',
    true,
  ),
  'relay.test-lost': entry(
    'wait-and-retry',
    [
      '中继收下了测试推送，但 20 秒内没有到达这里',
      'The relay took the test push, but it did not arrive here within 20 seconds',
    ],
    ['请看上面的连接状态；恢复连接后再试。', 'See the state of the connection, and try again once it is back.'],
    'retry',
    true,
  ),
  'practice.not-running': entry(
    'fix-computer',
    ['练习服务器没有启动', 'The practice server is not running'],
    ['请重新启动程序。', 'Restart the program.'],
  ),
  'practice.not-an-account': entry(
    'fix-input',
    ['“{account}”不是练习账号', '"{account}" is not a practice account'],
    ['真实账号由客户在微信里授权。', 'On a real account the customer authorises in WeChat.'],
  ),
  'practice.port-taken': entry(
    'fix-computer',
    ['端口 {port} 已被占用', 'Port {port} is taken'],
    ['请换一个端口。', 'Choose another port.'],
  ),
  'database.newer': entry(
    'fix-computer',
    [
      '数据库版本 {found} 比程序支持的版本 {supported} 新，已拒绝打开，没有改动任何内容',
      'The database has version {found}, this program knows {supported}: it was refused and left untouched',
    ],
    ['请安装新版本的发票台。', 'Install the newer Fapiao Desk.'],
  ),
  'database.damaged': entry(
    'fix-computer',
    ['数据库文件已损坏：{reason}', 'The database file is damaged: {reason}'],
    ['请不要删除任何文件，从备份恢复。', 'Do not delete any file; restore a backup.'],
    'open-data-folder',
  ),
  'database.unavailable': entry(
    'fix-computer',
    ['数据库无法写入（{reason}）', 'The database cannot be written ({reason})'],
    ['请检查磁盘空间和权限。', 'Check disk space and permissions.'],
    'open-data-folder',
    true,
  ),
  'database.locked': entry(
    'wait-and-retry',
    ['另一个发票台正在使用这个数据文件夹', 'Another Fapiao Desk is using this data folder'],
    ['请关闭另一个窗口或命令，再试一次。', 'Close the other window or command and try again.'],
    'retry',
    true,
  ),
  'backup.failed': entry(
    'fix-computer',
    ['备份没有成功（{reason}）', 'The backup could not be made ({reason})'],
    ['请检查磁盘空间和权限。已有的备份没有改动。', 'Check disk space and permissions. Earlier backups are untouched.'],
    'open-data-folder',
    true,
  ),
  'backup.not-found': entry(
    'fix-input',
    ['找不到备份 {name}', 'There is no backup {name}'],
    ['请从备份列表中选择。', 'Choose one from the list of backups.'],
  ),
  'backup.unusable': entry(
    'fix-input',
    ['备份 {name} 不完好，不能用来恢复（{reason}）', 'Backup {name} is not sound and cannot be restored ({reason})'],
    ['现有数据没有改动。请选择另一个备份。', 'The present data is untouched. Choose another backup.'],
  ),
  'restore.failed': entry(
    'fix-computer',
    ['恢复没有成功（{reason}）', 'The restore did not succeed ({reason})'],
    [
      '没有删除任何文件。请检查磁盘空间和权限，再试一次。',
      'Nothing was deleted. Check disk space and permissions, then try again.',
    ],
    'open-data-folder',
    true,
  ),
  'restore.not-confirmed': entry(
    'fix-input',
    ['恢复会换掉现在的数据库，需要确认', 'A restore replaces the present database and has to be confirmed'],
    ['核对上面的数量，再加上 --yes。', 'Compare the counts above, then add --yes.'],
  ),
  'update.off': entry(
    'fix-input',
    ['这份程序不会自动更新', 'This copy of the program does not update itself'],
    ['请从您取得它的地方下载新版本。', 'Fetch a newer version from where you got it.'],
  ),
  'update.busy': entry(
    'wait-and-retry',
    ['正在开票，现在不能更新', 'Invoices are being issued: no update now'],
    ['等批次结束，或先停止批次，再试一次。', 'Let the batch end, or stop it, and try again.'],
    'retry',
    true,
  ),
  'update.under-way': entry(
    'wait-and-retry',
    ['更新的另一步还没有结束', 'Another step of the update is not over'],
    ['请稍候。', 'Wait a moment.'],
    'none',
    true,
  ),
  'update.unreached': entry(
    'wait-and-retry',
    ['没能取得更新', 'The update could not be fetched'],
    [
      '请检查网络，稍后再试。现在的版本不受影响。',
      'Check the network and try later. The present version is not affected.',
    ],
    'retry',
    true,
  ),
  'update.refused': entry(
    'bug',
    [
      '找到的更新没有通过核对，已拒绝（{reason}）',
      'The update that was found did not pass its check and is refused ({reason})',
    ],
    [
      '没有安装任何东西，现在的版本可以照常使用。请不要手动安装它，并告诉维护者。',
      'Nothing was installed, and the present version works as before. Do not install it by hand, and tell the makers.',
    ],
    'copy-details',
  ),
  'window.needed': entry(
    'fix-input',
    ['这个操作需要窗口，命令行里不能使用', 'This operation needs a window and is not available on the command line'],
    ['命令行里用 "@路径" 直接给出文件。', 'On the command line hand a file over as "@PATH".'],
  ),
  'work.cancelled': entry(
    'cancelled',
    ['已按您的要求停止', 'Stopped as you asked'],
    ['可以随时继续。', 'You can resume at any time.'],
  ),
  'work.broken-off': entry(
    'wait-and-retry',
    ['后台任务意外中断，这一次没有做完', 'A background task ended unexpectedly before it was done'],
    [
      '数据没有丢失。请再试一次；再次出现时，请重新启动发票台。',
      'Nothing is lost. Try again; if it happens again, restart Fapiao Desk.',
    ],
    'retry',
    true,
  ),
  internal: entry(
    'bug',
    ['程序内部出错（编号 {reference}）', 'Something went wrong inside the program (reference {reference})'],
    ['数据没有丢失。请复制编号联系支持。', 'Nothing is lost. Copy the reference for support.'],
    'copy-details',
  ),
} as const satisfies Record<string, ErrorEntry>;

export type AppErrorCode = keyof typeof errorCatalogue;
