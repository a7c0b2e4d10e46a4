import { inBoth } from '../in-both.ts';

export const setupTexts = inBoth(
  {
    title: '设置真实账号',
    lead: '一共五步，随时可以离开，下次从没做完的地方接着来。',
    later: '稍后再设置',
    laterNote: '已完成的步骤会保留。',
    next: '下一步',
    check: '向微信检查',
    checkAgain: '再检查一次',
    obtain: '获取识别码',
    platformIs: '识别码 s_pappid：',
    logoThere: 'LOGO 已经上传过，可以换一张。',
    finishedTitle: '账号“{{name}}”已设置好',
    finishedText: '现在可以开票了。',
    toIssue: '去开票',
    step: {
      credentials: {
        title: '填写 AppID 和 AppSecret',
        why: '发票以您公众号的名义发出，微信凭这两项确认是您本人。它们在公众平台的“开发接口管理”里。',
      },
      check: {
        title: '检查账号',
        why: '向微信要一次凭证，确认 AppSecret 正确、这台电脑的 IP 在白名单里。IP 不在白名单时，这里会显示要添加的 IP。',
      },
      platform: {
        title: '获取开票平台识别码',
        why: '客户在微信里授权开票时，商户的系统要带上这个识别码（s_pappid），微信才知道由您来开。请把它复制给做下单系统的人。',
      },
      logo: {
        title: '上传商户 LOGO',
        why: 'LOGO 显示在客户的发票卡券上。请用 JPG 或 PNG，小于 1 MB，建议 300×300。',
      },
      template: {
        title: '创建第一个模板',
        why: '模板决定卡券的样子，开票时必须选一个。微信创建后不能修改，请看右边的样子核对。',
      },
    },
  },
  {
    title: 'Set up a real account',
    lead: 'Five steps. Leave whenever you like; next time it goes on where you stopped.',
    later: 'Later',
    laterNote: 'What is done stays done.',
    next: 'Next step',
    check: 'Check with WeChat',
    checkAgain: 'Check again',
    obtain: 'Obtain the ID',
    platformIs: 'Platform ID s_pappid:',
    logoThere: 'A logo was uploaded already; you may take another.',
    finishedTitle: 'The account {{name}} is ready',
    finishedText: 'You can issue invoices now.',
    toIssue: 'Issue an invoice',
    step: {
      credentials: {
        title: 'Enter AppID and AppSecret',
        why: "Invoices are sent in your Official Account's name; with these two WeChat knows it is you. Both stand in WeChat's console under development settings.",
      },
      check: {
        title: 'Check the account',
        why: "Asks WeChat for a token: the AppSecret is right and this computer's IP is on the allow-list. If the IP is missing there, it is shown here to be added.",
      },
      platform: {
        title: 'Obtain the platform ID',
        why: 'When a customer authorises an invoice, the shop system hands over this ID (s_pappid), so that WeChat knows you are the one to issue it. Copy it for whoever looks after that system.',
      },
      logo: {
        title: "Upload the merchant's logo",
        why: "It stands on the customer's card. JPG or PNG, under 1 MB, 300×300 is best.",
      },
      template: {
        title: 'Create the first template',
        why: 'It decides how the card looks, and each invoice needs one. WeChat lets nobody change it later, so look at the card beside it.',
      },
    },
  },
);
