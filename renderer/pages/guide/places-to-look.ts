/** Every code of the tables has a place of its own; what only WeChat knows is told about as one of those. */
const wechatCode = /^wechat\.-?\d+$/;

/** The anchors by which a place in the guide is looked for, the best first. */
export function placesToLook(anchor: string): readonly string[] {
  return wechatCode.test(anchor) ? [anchor, 'wechat.other'] : [anchor];
}
