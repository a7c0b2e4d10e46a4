import type { ErrorEntry } from '../errors/error-entry.ts';
import { wechatError } from './wechat-error.ts';

const askOwner: readonly [string, string] = [
  '请登录微信公众平台处理后再试。',
  "Log in to WeChat's console, settle it there, then try again.",
];
const reportIt: readonly [string, string] = ['请复制详情联系支持。', 'Copy the details for support.'];
const waitAMinute: readonly [string, string] = ['请等一分钟再试。', 'Wait a minute, then try again.'];

/** Access token, IP allow-list, permissions, quotas and the form of requests: errors of any call. */
export const accountErrors: Readonly<Record<number, ErrorEntry>> = {
  [-1]: wechatError(
    'wait-and-retry',
    ['微信系统繁忙', 'WeChat answered "system error"'],
    ['请稍候再试。', 'Try again in a while.'],
    'retry',
  ),
  40001: wechatError(
    'wait-and-retry',
    [
      'access_token 无效或不是最新的，更新一次后仍被拒绝',
      'The access token is not valid or not the latest, even after one renewal',
    ],
    [
      '请再试一次；如果反复出现，请检查是否有其他系统用同一账号强制刷新凭证。',
      'Try again. If it repeats, see whether another system keeps refreshing the token of this account.',
    ],
    'retry',
  ),
  40002: wechatError('bug', ['凭证类型不合法', 'The grant type is not valid'], reportIt, 'copy-details'),
  40013: wechatError(
    'fix-account',
    ['AppID 不合法', 'The AppID is not valid'],
    ['请在设置里核对 AppID，注意大小写和空格。', 'Check the AppID in Settings: case and spaces matter.'],
    'open-account',
  ),
  40014: wechatError(
    'wait-and-retry',
    ['access_token 不合法', 'The access token is not valid'],
    [
      '请再试一次；如果反复出现，请核对接口地址和 AppID。',
      'Try again. If it repeats, check the API address and the AppID.',
    ],
    'retry',
  ),
  40125: wechatError(
    'fix-account',
    ['AppSecret 不正确', 'The AppSecret is wrong'],
    [
      '请在微信公众平台重置或查看 AppSecret，然后在设置里重新填写。',
      "Look it up or reset it in WeChat's console, then enter it in Settings.",
    ],
    'open-account',
  ),
  40164: wechatError(
    'fix-account',
    [
      '这台电脑的公网 IP {ip} 不在公众号的 IP 白名单中',
      "This computer's public IP {ip} is not on the account's allow-list",
    ],
    [
      '复制这个 IP，加到微信公众平台“设置与开发 → 基本配置 → IP白名单”，约 5 分钟后生效。宽带换 IP 后要重新添加。',
      'Copy the IP and add it in the console under 设置与开发 → 基本配置 → IP白名单; it takes about 5 minutes. Do so again when your line gets a new IP.',
    ],
    'copy-ip',
  ),
  40243: wechatError(
    'fix-account',
    ['AppSecret 已被冻结，无法获取 access_token', 'The AppSecret is frozen, so there is no access token'],
    ['请在微信公众平台解冻 AppSecret。', "Unfreeze it in WeChat's console."],
    'open-console',
  ),
  41001: wechatError('bug', ['缺少 access_token 参数', 'The access token is missing'], reportIt, 'copy-details'),
  41002: wechatError(
    'fix-account',
    ['缺少 AppID', 'The AppID is missing'],
    ['请在设置里填写 AppID。', 'Enter the AppID in Settings.'],
    'open-account',
  ),
  41004: wechatError(
    'fix-account',
    ['缺少 AppSecret', 'The AppSecret is missing'],
    ['请在设置里填写 AppSecret。', 'Enter the AppSecret in Settings.'],
    'open-account',
  ),
  42001: wechatError(
    'wait-and-retry',
    ['access_token 已过期，更新一次后仍被拒绝', 'The access token has expired, even after one renewal'],
    ['请再试一次，并检查电脑的时钟。', "Try again, and check this computer's clock."],
    'retry',
  ),
  43002: wechatError('bug', ['需要 POST 请求', 'WeChat wants a POST request'], reportIt, 'copy-details'),
  44002: wechatError('bug', ['POST 的数据包为空', 'The request was empty'], reportIt, 'copy-details'),
  45009: wechatError(
    'wait-and-retry',
    ['今天的接口调用次数已用完', "Today's quota of calls is used up"],
    ['请明天再继续；没有发出的发票都还在。', 'Go on tomorrow; what has not been sent is still there.'],
  ),
  45011: wechatError('wait-and-retry', ['接口调用太频繁', 'The calls came too fast'], waitAMinute, 'retry'),
  45021: wechatError(
    'fix-input',
    ['有字段超过长度限制', 'A field is too long'],
    ['请缩短标题、按钮文字或网址后再试。', 'Shorten titles, button texts or addresses.'],
    'edit-input',
  ),
  47001: wechatError('bug', ['微信无法解析请求内容', 'WeChat could not parse the request'], reportIt, 'copy-details'),
  47002: wechatError(
    'bug',
    ['请求内容必须是 UTF-8 原文', 'The request must be plain UTF-8 text'],
    reportIt,
    'copy-details',
  ),
  48001: wechatError(
    'fix-account',
    ['这个公众号没有电子发票接口权限', 'This account has no permission for the invoice API'],
    [
      '需要服务号：微信公众平台“功能 → 添加功能插件 → 电子发票”开通并申请权限；仍不行可发邮件到 wxfapiao@tencent.com。',
      'It must be a service account 服务号: open the plug-in 电子发票 in the console and apply for the permission; if that fails write to wxfapiao@tencent.com.',
    ],
    'open-console',
  ),
  48004: wechatError(
    'fix-account',
    ['接口已被微信封禁', 'WeChat has banned this interface for the account'],
    ['请登录微信公众平台查看原因。', "Log in to WeChat's console to see why."],
    'open-console',
  ),
  48006: wechatError(
    'wait-and-retry',
    ['本月清零次数已用完', "This month's quota resets are used up"],
    ['请等到额度自然恢复。', 'Wait until the quota comes back by itself.'],
  ),
  50001: wechatError('fix-account', ['用户未授权该接口', 'The interface is not authorised'], askOwner, 'open-console'),
  50002: wechatError(
    'fix-account',
    ['账号受限，可能因违规被封禁', 'The account is restricted, perhaps for a violation'],
    askOwner,
    'open-console',
  ),
  61007: wechatError(
    'fix-account',
    ['接口没有授权给第三方平台', 'The interface is not authorised to the third-party platform'],
    [
      '请使用商户自己服务号的 AppID 和 AppSecret，不要用第三方平台的。',
      "Use the AppID and AppSecret of the merchant's own service account, not a third-party platform's.",
    ],
    'open-account',
  ),
  61024: wechatError(
    'fix-account',
    ['填写的是第三方平台的 AppID', 'This AppID belongs to a third-party platform'],
    ['请改用商户自己服务号的 AppID。', "Use the AppID of the merchant's own service account."],
    'open-account',
  ),
  76001: wechatError(
    'fix-input',
    ['找不到这个 rid', 'This rid is not found'],
    ['rid 只保留 7 天。', 'A rid is kept for 7 days.'],
  ),
  76002: wechatError('fix-input', ['rid 不正确', 'The rid is wrong'], ['请核对 rid。', 'Check the rid.'], 'edit-input'),
  76003: wechatError(
    'fix-account',
    ['没有权限查看这个 rid', 'No permission to see this rid'],
    ['请用产生它的账号查询。', 'Use the account that it came from.'],
    'open-account',
  ),
  76021: wechatError('bug', ['没有这个接口路径', 'There is no such interface path'], reportIt, 'copy-details'),
  76022: wechatError('fix-account', ['没有权限查询额度', 'No permission to query the quota'], askOwner, 'open-console'),
  89501: wechatError(
    'fix-account',
    ['公众号有未处理的确认请求', 'The account has a request waiting to be confirmed'],
    ['请管理员在微信里确认后再试。', 'Have the administrator confirm it in WeChat.'],
    'open-console',
  ),
  89502: wechatError(
    'fix-account',
    ['正在等待管理员确认', "Waiting for the administrator's confirmation"],
    ['请管理员在微信里确认后再试。', 'Have the administrator confirm it in WeChat.'],
    'retry',
  ),
  89503: wechatError(
    'fix-account',
    ['此次调用需要管理员确认', 'This call needs the administrator to confirm'],
    ['请管理员在微信里确认后再试。', 'Have the administrator confirm it in WeChat.'],
    'retry',
  ),
  89504: wechatError(
    'fix-account',
    ['正在等待管理员确认', "Waiting for the administrator's confirmation"],
    ['请管理员在微信里确认后再试。', 'Have the administrator confirm it in WeChat.'],
    'retry',
  ),
  89505: wechatError(
    'fix-account',
    ['正在等待管理员确认', "Waiting for the administrator's confirmation"],
    ['请管理员在微信里确认后再试。', 'Have the administrator confirm it in WeChat.'],
    'retry',
  ),
  89506: wechatError(
    'fix-account',
    ['这个 IP 的调用已被管理员拒绝', 'The administrator refused calls from this IP'],
    ['请 24 小时后再试，并请管理员同意。', 'Try again after 24 hours and have the administrator agree.'],
  ),
  89507: wechatError(
    'fix-account',
    ['这个 IP 的调用已被管理员拒绝', 'The administrator refused calls from this IP'],
    ['请 1 小时后再试，并请管理员同意。', 'Try again after one hour and have the administrator agree.'],
  ),
};
